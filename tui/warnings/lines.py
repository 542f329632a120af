"""The rows of the list of warnings and what is said of the one under the cursor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from goals.model import ClientKind
from goals.warnings.finding import Severity, Step
from store.errors import StoreBusyError
from tui.drawing.cells import cell, fit
from tui.widgets.block import Row, folded
from wording.freshness import read_phrase
from wording.goals import chance_cell, network_name
from wording.messenger import goal_message
from wording.warnings import GLYPHS
from wording.words import mark
from work.warnings import look, sentence_of

if TYPE_CHECKING:
    from datetime import date

    from goals.model import AccountId, Client, ClientId
    from goals.warnings.finding import Warning  # noqa: A004 - the word of the trade
    from store.contract import Reader
    from tui.services import Services
    from tui.widgets.line import Span
    from wording.words import Words
    from work.warnings import SeenWarning

#: A list narrower than this has no room for long names.
_WIDE = 96
_CLIENT_NARROW, _CLIENT_WIDE = 16, 26

SEVERITY_WORDS = {
    Severity.HIGH: mark("urgent"),
    Severity.MEDIUM: mark("important"),
    Severity.LOW: mark("can wait"),
}
SEVERITY_INKS = {Severity.HIGH: "bad", Severity.MEDIUM: "behind", Severity.LOW: "dim"}


class Cause(StrEnum):
    """Where Enter leads."""

    GOAL = "goal"
    POSTS = "posts"
    ACCOUNT = "account"
    AGREEMENT = "agreement"
    CALL = "call"
    CLIENT = "client"


CAUSE_PHRASES = {
    Cause.GOAL: mark("{key} opens the goal"),
    Cause.POSTS: mark("{key} opens the posts on the topic"),
    Cause.ACCOUNT: mark("{key} opens the account"),
    Cause.AGREEMENT: mark("{key} opens the agreement"),
    Cause.CALL: mark("{key} opens the page for a call"),
    Cause.CLIENT: mark("{key} opens the client"),
}
_IN_AGREEMENT = frozenset({Step.ADD_GOAL, Step.RENEW, Step.AGREE_HOURS, Step.AGREE_WORK})


def cause_of(warning: Warning, *, own: bool) -> Cause:
    """What a warning is about; `own` says that it is about the specialist himself."""
    if warning.topic is not None and warning.step is Step.PLAN_TOPIC:
        return Cause.POSTS
    if warning.step in _IN_AGREEMENT and not own:
        return Cause.AGREEMENT
    if warning.account_id is not None:
        return Cause.ACCOUNT
    if warning.goal is not None:
        return Cause.GOAL
    if warning.step is Step.RENEGOTIATE and not own:
        return Cause.CALL
    return Cause.CLIENT


@dataclass(frozen=True, slots=True)
class WarningRow:
    """A warning as the list draws it; `hidden` says why it is quiet, empty where it is not."""

    key: str
    client_id: ClientId
    severity: Severity
    client: str
    sentence: str
    hidden: str

    @property
    def is_head(self) -> bool:
        """A warning is no head."""
        return False


@dataclass(frozen=True, slots=True)
class Seen:
    """A warning with all that is told of it; `about` are its figures, a line each, `haystack` its words."""

    line: SeenWarning
    row: WarningRow
    cause: Cause
    about: tuple[str, ...]
    since: str
    haystack: str

    @property
    def client(self) -> Client:
        """The client that it concerns; of several the first."""
        return self.line.clients[0]


class WarningsData(NamedTuple):
    """All warnings, the most urgent first, by their keys."""

    seen: Mapping[str, Seen]
    today: date


def read_warnings(services: Services) -> WarningsData:
    """Look at the warnings of all clients; what became of them is written down, as `smm warnings` does."""
    now = services.now()
    today = now.astimezone(services.zone).date()
    with services.open_reader() as reader:
        lines, states = look(reader, now, today)
        told = [_seen(services, reader, line, today) for line in lines]
    if states:
        try:
            with services.open_writer() as writer:
                writer.put_warning_states(states)
        except StoreBusyError:
            pass  # the next look writes it down
    return WarningsData({seen.row.key: seen for seen in told}, today)


def _seen(services: Services, reader: Reader, line: SeenWarning, today: date) -> Seen:
    words, now, client = services.words, services.now(), line.clients[0]
    names = ", ".join(one.name for one in line.clients)
    said = sentence_of(words, line, now)
    row = WarningRow(
        line.warning.key,
        client.id,
        line.warning.severity,
        cell(names),
        cell(said),
        hidden_word(words, line, today),
    )
    managers = " ".join(one.manager or "" for one in line.clients)
    severity = words.text(SEVERITY_WORDS[line.warning.severity])
    return Seen(
        line,
        row,
        cause_of(line.warning, own=client.kind is ClientKind.SELF),
        tuple(_about(services, reader, line, today)),
        words.day(line.state.first_seen.astimezone(services.zone).date(), today),
        f"{names} {managers} {severity} {said}".replace("\xa0", " ").casefold(),
    )


def _about(services: Services, reader: Reader, line: SeenWarning, today: date) -> list[str]:
    """The figures of the goal, and of the account, that the warning is about."""
    words, warning = services.words, line.warning
    told = []
    if warning.goal is not None:
        figures = goal_message(words, warning.goal, (), today)
        if warning.goal.chance is not None:
            figures += ", " + words.text("chance {chance}", chance=chance_cell(words, warning.goal))
        told.append(cell(figures))
    if warning.account_id is not None:
        told += _account(services, reader, warning.account_id, line.clients, today)
    return told


def _account(
    services: Services, reader: Reader, account_id: AccountId, clients: tuple[Client, ...], today: date
) -> list[str]:
    words = services.words
    found = [one for client in clients for one in reader.accounts(client.id) if one.id == account_id]
    reads = reader.last_reads() if found else {}
    return [
        f"{network_name(words, one.network)} {cell(one.title or one.handle)}: "
        + read_phrase(words, one, reads.get(one.id), services.now(), today=today)
        for one in found
    ]


def hidden_word(words: Words, line: SeenWarning, today: date) -> str:
    """Why a warning is quiet; empty for one that is not."""
    if line.shown:
        return ""
    if line.state.acknowledged_by is not None:
        return words.text("known to {name}", name=cell(line.state.acknowledged_by))
    until = line.state.snoozed_until
    return "" if until is None else words.text("until {day}", day=words.day(until, today))


class WarningPainter:
    """Draws the rows; `every_client` gives each its client's name."""

    def __init__(self, words: Words, *, every_client: bool) -> None:
        self.words = words
        self.every_client = every_client
        self._label = 2 + max(cell_len(words.text(word)) for word in SEVERITY_WORDS.values())

    def titles(self, width: int) -> list[Span]:
        """The names of the columns."""
        text = self.words.text
        client = f"{fit(text('client'), self._client(width))}  " if self.every_client else ""
        return [(" " * (self._label + 2) + client + text("what is wrong"), "")]

    def _client(self, width: int) -> int:
        return _CLIENT_WIDE if width >= _WIDE else _CLIENT_NARROW

    def draw(self, row: WarningRow, width: int) -> list[Span]:
        """How grave it is, whose it is, and what is wrong."""
        ink = "dim" if row.hidden else ""
        label = f"{GLYPHS[row.severity]} {self.words.text(SEVERITY_WORDS[row.severity])}"
        spans: list[Span] = [(fit(label, self._label) + "  ", ink or SEVERITY_INKS[row.severity])]
        room = width - self._label - 2
        if self.every_client:
            size = self._client(width)
            spans.append((fit(row.client, size) + "  ", ink or "strong"))
            room -= size + 2
        hidden = f"[{row.hidden}] " if row.hidden else ""
        return [*spans, (fit(hidden + row.sentence, room), ink)]


def pane_rows(words: Words, seen: Seen, step: str, key: str, width: int) -> list[Row]:
    """All about the warning under the cursor: the whole sentence, the next step, the figures.

    `key` leads to the cause.
    """
    row = seen.row
    severity = words.text(SEVERITY_WORDS[row.severity])
    head: tuple[Span, ...] = (
        (f"{GLYPHS[row.severity]} {severity}", SEVERITY_INKS[row.severity]),
        (f" · {fit(row.client, width - cell_len(severity) - 6).rstrip()}", "strong"),
    )
    lines = [Row(head), *(Row(((line, ""),)) for line in folded(row.sentence, width))]
    first, *rest = folded(cell(step), width - 2)
    lines += [Row((("→ ", "good"), (first, "good"))), *(Row(((f"  {line}", "good"),)) for line in rest)]
    lines += [Row(((line, "dim"),)) for about in seen.about for line in folded(about, width)]
    said = [words.text("since {day}", day=seen.since)]
    said += [row.hidden] if row.hidden else []
    said.append(words.text(CAUSE_PHRASES[seen.cause], key=key))
    return [*lines, Row(((fit(" · ".join(said), width), "dim"),))]
