"""The dashboard: what a specialist keeps open all day. Textual stays within this package."""
