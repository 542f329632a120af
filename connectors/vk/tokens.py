"""Which token may read what: no kind of token reads everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from connectors.base import Memory, Part, Route, Target, Token, TokenKind
from connectors.vk.calls import POSTPONED
from connectors.vk.errors import VkError

#: The kinds that may read each part, the best first: a service key reads everybody's in one batch.
KINDS: Mapping[Part, tuple[TokenKind, ...]] = {
    Part.PROFILE: (TokenKind.SERVICE, TokenKind.USER, TokenKind.COMMUNITY),
    Part.POSTS: (TokenKind.SERVICE, TokenKind.USER),
    Part.PLANNED: (TokenKind.USER,),
    Part.STORIES: (TokenKind.COMMUNITY, TokenKind.USER),
    Part.STATS: (TokenKind.USER,),
    Part.REACH: (TokenKind.USER,),
    Part.SALES: (TokenKind.COMMUNITY, TokenKind.USER),
}
#: The right that each part needs first, as refusals are remembered.
RIGHTS: Mapping[Part, str] = {
    Part.PROFILE: "groups.getById",
    Part.POSTS: "wall.get",
    Part.PLANNED: POSTPONED,
    Part.STORIES: "stories.get",
    Part.STATS: "stats.get",
    Part.REACH: "stats.getPostReach",
    Part.SALES: "market.getGroupOrders",
}


#: Of these kinds each token may read as much as another: where one is refused, all are.
_ALIKE = frozenset({TokenKind.SERVICE})


def routes(target: Target, shared: Sequence[Token], memory: Memory) -> tuple[Route, ...]:
    """By which token each part of an account is read."""
    found = []
    for part, kinds in KINDS.items():
        if part not in target.parts:
            continue
        asked = _of_kinds(part, target, shared)
        denials = {token.name: denial for token in asked if (denial := _denial(token, part, target, memory))}
        refused = tuple(denial.trouble for denial in denials.values())
        token = next((token for token in asked if token.name not in denials), None)
        useless = _ALIKE.intersection(token.kind for token in asked)
        needs = () if token else tuple(kind for kind in kinds if kind not in useless)
        found.append(Route(part, token, needs, refused))
    return tuple(found)


def candidates(part: Part, target: Target, shared: Sequence[Token], memory: Memory) -> list[Token]:
    """The tokens that may read a part, the best first; of one kind, the account's own come first."""
    return [
        token for token in _of_kinds(part, target, shared) if _denial(token, part, target, memory) is None
    ]


def denials(part: Part, target: Target, shared: Sequence[Token], memory: Memory) -> list[VkError]:
    """The remembered refusals of the tokens that are of a fitting kind, the best token's first."""
    known = (_denial(token, part, target, memory) for token in _of_kinds(part, target, shared))
    return [denial for denial in known if denial is not None]


def _of_kinds(part: Part, target: Target, shared: Sequence[Token]) -> list[Token]:
    named = {
        token.name: token for kind in KINDS[part] for token in (*target.tokens, *shared) if token.kind is kind
    }
    return list(named.values())


def _denial(token: Token, part: Part, target: Target, memory: Memory) -> VkError | None:
    """The refusal that is remembered of a token: everywhere, or for this community."""
    right = RIGHTS[part]
    for scope in dict.fromkeys(("", target.network_id or "")):
        code = memory.blocked_by(token.name, right, scope)
        if code is not None:
            facts = {"token": token.name, "method": right.partition(" ")[0]}
            return VkError(code, facts=facts)
    return None
