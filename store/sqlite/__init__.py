"""The store in one SQLite file. Only this package knows SQL and PRAGMAs."""
