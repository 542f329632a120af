"""What the screens of the day, the check-in, the call and own goals read, say and write."""
