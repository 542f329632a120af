"""What matching finds: facts and codes, never sentences."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Certainty(StrEnum):
    """`ABOUT` counts at once; a `SUGGESTION` counts when a person has confirmed it."""

    ABOUT = "about"
    SUGGESTION = "suggestion"


class Sign(StrEnum):
    """By what a topic was found."""

    WORD = "word"
    HASHTAG = "hashtag"
    LINK = "link"


class Doubt(StrEnum):
    """Why a find is only a suggestion."""

    TYPO = "typo"
    DENIED = "denied"
    PASSING = "passing"
    OTHER_SENSE = "other_sense"
    APART = "apart"
    RELATED = "related"
    GLUED = "glued"
    NAME = "name"


class Evidence(NamedTuple):
    """What in the text (folded: small letters, е for ё) stands for which entry of the topic."""

    sign: Sign
    found: str
    entry: str
    doubt: Doubt | None = None


class Match(NamedTuple):
    """How sure it is that a text is about a topic, with the evidence in the order of the text.

    Of an `ABOUT` only the evidence without a doubt is kept.
    """

    certainty: Certainty
    evidence: tuple[Evidence, ...]
