"""What developers run by hand; no part of the program that is installed."""
