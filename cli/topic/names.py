"""A topic as it was said, told as the client's own topic or in its dictionary form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cli.topic.lemmas import lemmatize, nominative

if TYPE_CHECKING:
    from goals.model import ClientId
    from store.contract import Reader

_WORD = re.compile(r"\w+")


def topic_named(reader: Reader, client_id: ClientId, said: str) -> str:
    """The client's topic that is meant («про старую партию»: «Старая партия»), or a name for a new one."""
    meant = _lemmas(said)
    for topic in reader.topics(client_id):
        if _lemmas(topic.name) == meant:
            return topic.name
    name = nominative(said)
    return name[:1].upper() + name[1:]


def _lemmas(text: str) -> list[str]:
    return sorted(lemmatize(word) for word in _WORD.findall(text.lower().replace("ё", "е")))
