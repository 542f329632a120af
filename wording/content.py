"""Content in words: its formats and states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goals.metrics import ENGAGEMENT_PARTS
from goals.model import PostKind, PostState
from wording.words import mark

if TYPE_CHECKING:
    from wording.words import Words

#: The figures of a post that are told beside it, in the order in which people meet them.
POST_FIGURES = ("views", *ENGAGEMENT_PARTS)

KINDS = {
    PostKind.POST: mark("post"),
    PostKind.STORY: mark("story"),
    PostKind.CLIP: mark("clip"),
    PostKind.VIDEO: mark("video"),
    PostKind.STREAM: mark("stream"),
    PostKind.ARTICLE: mark("article"),
}

STATES = {
    PostState.PLANNED: mark("planned"),
    PostState.PUBLISHED: mark("published"),
    PostState.DELETED: mark("deleted"),
}


def post_kind_word(words: Words, kind: PostKind) -> str:
    """The format of a piece of content: «история»."""
    return words.text(KINDS[kind])


def post_state_word(words: Words, state: PostState) -> str:
    """Where a piece of content is in its life: «в плане»."""
    return words.text(STATES[state])
