"""What the list of warnings reads, says and changes."""
