"""What the list of topics reads, says and changes."""
