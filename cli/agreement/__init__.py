"""What the agreement commands have in common: reading what was typed, and telling what came of it."""
