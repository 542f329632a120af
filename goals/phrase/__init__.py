"""One line of speech -> goals: Russian and English as people say them (docs/phrases.md)."""

from goals.phrase.numerals import read_number
from goals.phrase.parse import parse, read, read_day

__all__ = ["parse", "read", "read_day", "read_number"]
