"""Text and colours in terminal cells: what several screens draw with."""
