"""What the list of clients and goals shows: rows, columns, cells, and the counts above it."""
