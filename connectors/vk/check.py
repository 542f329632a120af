"""Trying a token with one free call."""

from __future__ import annotations

from collections.abc import Mapping

from connectors.base import Token, TokenCheck, TokenKind, Trouble, TroubleKind
from connectors.clean import clean
from connectors.counting import RequestCount
from connectors.vk.caller import Caller
from connectors.vk.calls import Call, communities
from connectors.vk.errors import Action, VkError
from connectors.vk.shapes import ShapeError

#: A community that is always there: VK's own.
_ANY_COMMUNITY = "1"


async def check_token(caller: Caller, token: Token) -> TokenCheck:
    """Try a token: whether it works and is of the kind that the config says."""
    try:
        if token.kind is TokenKind.COMMUNITY:
            await caller.ask(Call("groups.getTokenPermissions", {}, _permissions), RequestCount())
            return TokenCheck(ok=True, kind=token.kind)
        if token.kind is TokenKind.USER:
            name = await caller.ask(Call("users.get", {}, _own_name), RequestCount())
            return _wrong_kind(token) if name is None else TokenCheck(ok=True, kind=token.kind, name=name)
        if token.kind is not TokenKind.SERVICE:
            return _wrong_kind(token)
        await caller.ask(communities([_ANY_COMMUNITY]), RequestCount())
        return TokenCheck(ok=True, kind=token.kind)
    except VkError as error:
        if error.action in {Action.FORBID, Action.FORBID_HERE}:
            return _wrong_kind(token, error.detail)
        return TokenCheck(ok=False, trouble=error.trouble)


def _wrong_kind(token: Token, detail: str = "") -> TokenCheck:
    facts = {"token": token.name, "kind": token.kind.value}
    return TokenCheck(ok=False, trouble=Trouble(TroubleKind.CONFIG, "vk.wrong_kind", detail, facts))


def _permissions(response: object) -> None:
    if not isinstance(response, Mapping) or "mask" not in response:
        raise ShapeError("permissions")


def _own_name(response: object) -> str | None:
    """The name of the token's owner; None for a token that belongs to no person."""
    if not isinstance(response, list):
        raise ShapeError("users")
    if not response:
        return None
    person = response[0]
    if not isinstance(person, Mapping):
        raise ShapeError("user")
    return clean(f"{person.get('first_name', '')} {person.get('last_name', '')}")
