"""What the list of accounts reads and says."""
