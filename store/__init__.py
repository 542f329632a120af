"""The store: its contract, what is worked out over it, and SQLite behind it."""
