"""The collecting run: which accounts are read, how far back, and what is written of them."""
