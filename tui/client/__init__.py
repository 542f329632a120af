"""What the client screen reads and says: the month, the promises, days off."""
