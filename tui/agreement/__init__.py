"""What the agreement screen reads, says and saves."""
