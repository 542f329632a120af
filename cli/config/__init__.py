"""The settings: one TOML file, what it may hold, how it is read and written."""
