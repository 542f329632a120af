"""Which token may read what: no kind of token reads everything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from connectors.base import Memory, Part, Route, Target, Token, TokenKind
from connectors.vk.calls import POSTPONED

#: The kinds that may read each part, the best first: a service key reads everybody's in one batch.
KINDS: Mapping[Part, tuple[TokenKind, ...]] = {
    Part.PROFILE: (TokenKind.SERVICE, TokenKind.USER, TokenKind.COMMUNITY),
    Part.POSTS: (TokenKind.SERVICE, TokenKind.USER),
    Part.PLANNED: (TokenKind.USER,),
    Part.STORIES: (TokenKind.COMMUNITY, TokenKind.USER),
    Part.STATS: (TokenKind.USER,),
}
#: The right that each part needs first, as refusals are remembered.
RIGHTS: Mapping[Part, str] = {
    Part.PROFILE: "groups.getById",
    Part.POSTS: "wall.get",
    Part.PLANNED: POSTPONED,
    Part.STORIES: "stories.get",
    Part.STATS: "stats.get",
}


def routes(target: Target, shared: Sequence[Token], memory: Memory, now: datetime) -> tuple[Route, ...]:
    """By which token each part of an account is read."""
    found = []
    for part, kinds in KINDS.items():
        if part not in target.parts:
            continue
        tokens = candidates(part, target, shared, memory, now)
        found.append(Route(part, tokens[0]) if tokens else Route(part, None, kinds))
    return tuple(found)


def candidates(
    part: Part, target: Target, shared: Sequence[Token], memory: Memory, now: datetime
) -> list[Token]:
    """The tokens that may read a part, the best first; of one kind, the account's own come first."""
    ordered = {
        token.name: token for kind in KINDS[part] for token in (*target.tokens, *shared) if token.kind is kind
    }
    right, here = RIGHTS[part], target.network_id or ""
    return [
        token
        for token in ordered.values()
        if not _refused(memory, token.name, right, ("", here) if here else ("",), now)
    ]


def _refused(memory: Memory, token: str, right: str, scopes: Iterable[str], now: datetime) -> bool:
    for scope in scopes:
        until = memory.blocked_until(token, right, scope)
        if until is not None and until > now:
            return True
    return False
