"""Tables of word forms: written once a meaning, looked up by form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

_Meaning = TypeVar("_Meaning")


def table(forms: Mapping[_Meaning, str]) -> dict[str, _Meaning]:
    """Each form of «meaning -> forms with spaces between» mapped to its meaning."""
    return {form: meaning for meaning, words in forms.items() for form in words.split()}


def words(text: str) -> frozenset[str]:
    """The words of a text with spaces between, as a set."""
    return frozenset(text.split())
