"""The warnings as they stand now, with what was said of each before, in the words that people read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from goals.model import ClientKind
from goals.warnings.settle import settle, worth_storing
from store.days import today_of
from store.refresh import refresh_accounts
from store.situation import all_warnings
from wording.warnings import next_step, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from goals.model import Client
    from goals.records import WarningState
    from goals.warnings.finding import Warning  # noqa: A004 - the word of the trade
    from store.contract import Reader, Writer
    from wording.words import Words


class SeenWarning(NamedTuple):
    """A warning in the list of all: its place there, whom it concerns, and what is known of it."""

    number: int
    warning: Warning
    clients: tuple[Client, ...]
    state: WarningState
    shown: bool
    new: bool


def look(reader: Reader, now: datetime, today: date) -> tuple[list[SeenWarning], list[WarningState]]:
    """All warnings as they are now, and the states to be stored; `today` is the specialist's day."""
    found, known = all_warnings(reader, now), reader.warning_states()
    settled = settle([one.warning for one in found], known, now, today)
    states = {state.key: state for state in settled.states}
    shown, new = ({warning.key for warning in some} for some in (settled.shown, settled.tell))
    lines = [
        SeenWarning(
            number=number,
            warning=one.warning,
            clients=one.clients,
            state=states[one.warning.key],
            shown=one.warning.key in shown,
            new=one.warning.key in new,
        )
        for number, one in enumerate(found, 1)
    ]
    return lines, worth_storing(settled.states, known)


def merged(states: Iterable[WarningState], newer: Iterable[WarningState]) -> list[WarningState]:
    """The states, the newer ones in the place of those of the same key."""
    return list({state.key: state for state in (*states, *newer)}.values())


def acknowledge(writer: Writer, warning: Warning, *, author: str, now: datetime) -> None:
    """Note that somebody knows of a warning; that confirms a jump, so that chances are told with it again."""
    writer.acknowledge_warning(warning.key, author=author, now=now)
    judge_anew(writer, warning, now)


def judge_anew(writer: Writer, warning: Warning, now: datetime) -> None:
    """Judge the goals whose chance hangs on whether somebody knows of the warning: those of a jump."""
    if warning.rule == "jump" and warning.account_id is not None:
        refresh_accounts(writer, [warning.account_id], now)


def sentence_of(words: Words, line: SeenWarning, now: datetime) -> str:
    """What is wrong, in a sentence."""
    return sentence(words, line.warning, today_of(line.clients[0], now))


def next_step_of(words: Words, line: SeenWarning) -> str:
    """What to do about it."""
    client = line.clients[0]
    return next_step(words, line.warning, client.name, own=client.kind is ClientKind.SELF)


def told_line(words: Words, line: SeenWarning, now: datetime) -> str:
    """The sentence behind the name of its client; what is about no single client goes without."""
    told = sentence_of(words, line, now)
    return told if line.warning.client_id is None else f"{line.clients[0].name} · {told}"


def count_shown(reader: Reader, now: datetime, today: date) -> int:
    """How many warnings are told as they are now: those that nobody has acknowledged or put off."""
    lines, _ = look(reader, now, today)
    return sum(line.shown for line in lines)
