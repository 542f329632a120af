"""What the goal commands have in common: reading lines and options, and telling goals."""
