"""`smm import`: reading a file, whose its rows are, what is written, and the answer."""
