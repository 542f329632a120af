"""What the list of posts reads, says and changes."""
