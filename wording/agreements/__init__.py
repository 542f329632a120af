"""The parts of an agreement in words: its sections and fields, and what is wrong with them."""
