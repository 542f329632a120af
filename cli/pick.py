"""Clients, accounts and goals by any unique part of their name.

Case, «ё» and quotes do not matter, and an exact name wins over parts of others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from cli.exits import UserError
from wording.names import folded
from wording.words import mark

if TYPE_CHECKING:
    from goals.model import Account, Client, ClientId, Goal
    from store.contract import Reader
    from wording.words import Words

T = TypeVar("T")
_LISTED = 10


class Named(NamedTuple):
    """The words of one kind of thing: what is said when a name fits none or several."""

    missing: str
    several: str
    add: str
    choose: str = mark("Name more of it, or all")


CLIENT = Named(
    mark("There is no client «{name}»"),
    mark("Several clients fit «{name}»: {found}"),
    mark('Add it with: smm client add "{name}"'),
)
ACCOUNT = Named(
    mark("There is no account «{name}»"),
    mark("Several accounts fit «{name}»: {found}"),
    mark("Add it with: smm account add LINK --client NAME"),
    mark("Name it by its number in the list, with #, or as network:id. All: smm account list"),
)
GOAL = Named(
    mark("There is no goal «{name}»"),
    mark("Several goals fit «{name}»: {found}"),
    mark("See the goals and their numbers: smm goal list"),
)


def pick(
    items: Iterable[T],
    wanted: str,
    names: Callable[[T], Sequence[str]],
    label: Callable[[T], str],
    kind: Named,
    words: Words,
) -> T:
    """The one item that `wanted` names.

    Args:
        items: what to choose from.
        wanted: a name, or a part that only one item has.
        names: the names of an item, the first one its own.
        label: how an item is listed in an error.
        kind: the words for an error.
        words: the language of an error.

    Raises:
        UserError: nothing fits (the nearest are named), or several do (they are listed).
    """
    known = [(item, [folded(name) for name in names(item) if name]) for item in items]
    key = folded(wanted)
    exact = [item for item, own in known if key in own]
    found = exact or [item for item, own in known if key and any(key in name for name in own)]
    if len(found) == 1:
        return found[0]
    if found:
        raise _several([label(item) for item in found], wanted, kind, words)
    raise UserError(words.text(kind.missing, name=wanted), _next_step(known, key, wanted, label, kind, words))


def _several(labels: Sequence[str], wanted: str, kind: Named, words: Words) -> UserError:
    listed = ", ".join(labels[:_LISTED]) + ("…" if len(labels) > _LISTED else "")
    return UserError(words.text(kind.several, name=wanted, found=listed), words.text(kind.choose))


def _next_step(
    known: list[tuple[T, list[str]]],
    key: str,
    wanted: str,
    label: Callable[[T], str],
    kind: Named,
    words: Words,
) -> str:
    from difflib import get_close_matches

    owners: dict[str, T] = {}
    for item, own in known:
        for name in own:
            owners.setdefault(name, item)
    near = dict.fromkeys(label(owners[name]) for name in get_close_matches(key, owners, 3))
    add = words.text(kind.add, name=wanted)
    if not near:
        return add
    hint = words.text("Did you mean {names}?", names=", ".join(near))
    return f"{hint}{'' if hint.endswith('?') else '.'} {add}"


def pick_client(reader: Reader, wanted: str, words: Words, *, archived: bool = False) -> Client:
    """The client of a name or a part of it. Raises UserError."""
    clients = reader.clients(archived=archived)
    return pick(clients, wanted, lambda client: [client.name], lambda client: client.name, CLIENT, words)


def pick_account(
    reader: Reader, wanted: str, words: Words, *, client: ClientId | None = None, archived: bool = False
) -> Account:
    """The account of a link, @handle, handle, `network:handle`, id or part of its title.

    `#3` is its number in `smm account list`, and so is `3` where no name is that. Only those of
    `client` where it is given. Raises UserError.
    """
    accounts = reader.accounts(client, archived=archived)
    numbered = _by_number(accounts, wanted)
    if numbered is not None:
        return numbered
    linked = _by_link(accounts, wanted)
    if len(linked) == 1:
        return linked[0]
    owners = {owner.id: owner.name for owner in reader.clients(archived=True)}

    def label(account: Account) -> str:
        name = f"{account.network}:{account.handle or account.network_id}"
        return f"#{account.id} {name} ({owners.get(account.client_id, '?')})"

    if linked:
        raise _several([label(account) for account in linked], wanted, ACCOUNT, words)
    return pick(accounts, wanted, _account_names, label, ACCOUNT, words)


def kept_account(reader: Reader, account: Account) -> Account:
    """The account as it stands now: itself, or the live one of its client that it was merged into."""
    known = reader.accounts(account.client_id, archived=True)
    own = next(item for item in known if item.id == account.id)
    if not own.archived or own.network_id is None:
        return own
    kept = (
        item
        for item in known
        if not item.archived and (item.network, item.network_id) == (own.network, own.network_id)
    )
    return next(kept, own)


def _by_number(accounts: Sequence[Account], wanted: str) -> Account | None:
    """The account of a number in the list; a bare number may rather be a name or the network's id."""
    number = wanted.strip().removeprefix("#")
    if not (number.isascii() and number.isdigit()):
        return None
    if not wanted.strip().startswith("#"):
        key = folded(number)
        if any(key in map(folded, _account_names(account)) for account in accounts):
            return None
    return next((account for account in accounts if account.id == int(number)), None)


def _by_link(accounts: Sequence[Account], wanted: str) -> list[Account]:
    """The accounts that a link names; none where the text is no link."""
    if not any(char in wanted for char in "/.@"):
        return []
    from connectors.links import LinkError, parse_link

    try:
        link = parse_link(wanted)
    except LinkError:
        return []
    return [
        account
        for account in accounts
        if account.network == link.network
        and (
            account.handle.casefold() == link.handle.casefold()
            or (link.network_id is not None and account.network_id == link.network_id)
        )
    ]


def _account_names(account: Account) -> list[str]:
    names = [account.handle, f"@{account.handle}", f"{account.network}:{account.handle}", account.title]
    if account.network_id:
        names += [account.network_id, f"club{account.network_id}", f"{account.network}:{account.network_id}"]
    if account.url:
        names.append(account.url)
    return names


def pick_goal(
    reader: Reader,
    wanted: str,
    words: Words,
    *,
    title: Callable[[Goal], str],
    dropped: bool = False,
) -> Goal:
    """The goal of a number (as lists show it) or a part of its title. Raises UserError."""
    goals = reader.goals(dropped=dropped)
    number = wanted.removeprefix("#")
    if number.isascii() and number.isdigit():
        for goal in goals:
            if goal.id == int(number):
                return goal
    return pick(
        goals, wanted, lambda goal: [title(goal)], lambda goal: f"{goal.id} {title(goal)}", GOAL, words
    )


def pick_token(names: Iterable[str], wanted: str, words: Words) -> str:
    """The token of exactly this name (any case): a part is too little for a secret. Raises UserError."""
    known = list(names)
    for name in known:
        if name.casefold() == wanted.casefold():
            return name
    step = words.text("See the tokens with: smm token list")
    if known:
        step = words.text("There are: {names}", names=", ".join(known))
    raise UserError(words.text("There is no token «{name}»", name=wanted), step)
