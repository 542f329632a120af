"""How the update goes: a bar, what is being read, and at the end what failed and what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.widgets import Static

from store.values import UnitStatus
from tui.accounts.running import WHEEL, NetworkRun, read_running, running_text
from tui.commands.command import Area, bindings_of, commands_of
from tui.commands.everywhere import Quit
from tui.commands.sync import StopSync
from tui.drawing import bar
from tui.drawing.cells import cell
from tui.jobs import start_job
from tui.sync_state import Ending, SyncState, ending_sentence, eta_text
from tui.widgets.heads import KeyBar
from wording.goals import network_name
from wording.troubles import trouble_sentence

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.worker import Worker

    from store.contract import Reader
    from tui.services import Services, SyncScope
    from wording.words import Words

_BAR = 40
_FAILURES_SHOWN = 12
#: The lines of the panel around what failed: its frame, the bar, how it ended, the keys.
_AROUND = 5
#: How often the wheels of the networks turn, in seconds.
_TURN = 0.12


@dataclass
class RunningRead(Message):
    """How far the running update is, network by network."""

    networks: tuple[NetworkRun, ...]


@dataclass
class Outcome(Message):
    """What the last run left behind: pairs of a line and its style."""

    lines: tuple[tuple[str, str], ...]


class SyncScreen(ModalScreen[None]):
    """The panel of an update. Closing it leaves the update running."""

    AREA: ClassVar[Area] = Area.SYNC
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Area.SYNC), Quit.binding()]
    DEFAULT_CSS = """
    SyncScreen {
        & Vertical {
            width: 74; max-width: 100%; height: auto; max-height: 100%;
            background: $surface; border: round $primary; padding: 0 1;
        }
        & VerticalScroll { height: auto; scrollbar-size-vertical: 1; }
        & Static { height: auto; }
    }
    """

    sync_state: reactive[SyncState] = reactive(SyncState)

    def __init__(self, services: Services, stop: Callable[[], None]) -> None:
        super().__init__()
        self.services = services
        self._stop = stop
        self.networks: tuple[NetworkRun, ...] = ()
        self._turns = 0
        self._job: Worker[None] | None = None
        self._read_again = False
        self.progress = Static(markup=False)
        self.outcome = Static(markup=False)
        keys = [*commands_of(Area.SYNC), Quit]
        self.running_keys = KeyBar(services.words, keys)
        self.ended_keys = KeyBar(services.words, [key for key in keys if key is not StopSync])

    def compose(self) -> ComposeResult:
        """The panel."""
        with Vertical() as box:
            box.border_title = Content(self.services.words.text("Update of the figures")).markup
            yield self.progress
            with VerticalScroll():
                yield self.outcome
            yield self.running_keys
            yield self.ended_keys

    def on_mount(self) -> None:
        """Wheels turn where the terminal is to show motion."""
        if self.app.animation_level != "none":
            self.set_interval(_TURN, self._turn)

    def _turn(self) -> None:
        if self.sync_state.running and self.networks:
            self._turns += 1
            self._show_networks()

    def on_resize(self) -> None:
        """What failed takes the height that frame, bar, sentence and keys leave."""
        self.query_one(VerticalScroll).styles.max_height = max(1, self.size.height - _AROUND)
        if self.sync_state.running:
            self._show_networks()

    def watch_sync_state(self, state: SyncState) -> None:
        """Draw how it goes, account by account; at the end, read what failed."""
        self.progress.update(progress_text(self.services.words, state))
        self.running_keys.display = state.running
        self.ended_keys.display = not state.running
        if state.running and state.total:
            self._read_running()
        if state.ended is not None and state.ended not in {Ending.LOCKED, Ending.STOPPED}:
            read = partial(self._read, state)
            start_job(self, read, group="outcome", description="reading how the update ended")

    def _read_running(self) -> None:
        """Read what is done in a thread; while that lasts, another reading waits for its end."""
        if self._job is not None and not self._job.is_finished:
            self._read_again = True
            return
        self._read_again = False
        read = partial(self._read_networks, self.sync_state.scope)
        self._job = start_job(self, read, group="running", description="reading how far the update is")

    def _read_networks(self, scope: SyncScope) -> Message:
        with self.services.open_reader() as reader:
            return RunningRead(read_running(self.services, reader, scope))

    @on(RunningRead)
    def _take(self, message: RunningRead) -> None:
        self._job = None
        if not self.sync_state.running:
            return
        self.networks = message.networks
        self._show_networks()
        if self._read_again:
            self._read_running()

    def _show_networks(self) -> None:
        wheel = WHEEL[self._turns % len(WHEEL)]
        width = self.query_one(VerticalScroll).size.width - 1
        self.outcome.update(running_text(self.services.words, self.networks, wheel, width))

    def _read(self, state: SyncState) -> Message:
        """What the run has left; of one that never began, what its process said."""
        words = self.services.words
        if not state.total:
            return Outcome(_said(words, state))
        with self.services.open_reader() as reader:
            return Outcome(failures(words, reader) or _said(words, state))

    @on(Outcome)
    def _show(self, message: Outcome) -> None:
        self.outcome.update(Content("\n").join(Content.styled(text, style) for text, style in message.lines))

    def action_stop(self) -> None:
        """End the update."""
        self._stop()

    def action_hide(self) -> None:
        """Close the panel."""
        self.dismiss()


def progress_text(words: Words, state: SyncState) -> Content:
    """The bar with what is being read, or how it ended."""
    line = "".join(piece.text for piece in bar.draw(state.fraction, None, _BAR))
    counted = f"{state.done}/{state.total}" if state.total else ""
    if state.running:
        tail = " · ".join(part for part in (cell(state.unit), eta_text(words, state)) if part)
        return Content(f"{line} {counted}\n" + (tail or words.text("starting…")))
    return Content(f"{line} {counted}\n{ending_sentence(words, state)}")


def _said(words: Words, state: SyncState) -> tuple[tuple[str, str], ...]:
    """What the process of a failed update said of itself."""
    if state.ended in set(Ending):
        return ()
    said = [cell(line) for line in state.said.splitlines()]
    return tuple((line, "") for line in said or [words.text("smm doctor tells what is wrong")])


def failures(words: Words, reader: Reader) -> tuple[tuple[str, str], ...]:
    """What the newest run could not read, and the next step for each."""
    runs = reader.runs(1)
    if not runs:
        return ()
    accounts = {account.id: account for account in reader.accounts(archived=True)}
    lines: list[tuple[str, str]] = []
    troubled = [
        unit for unit in reader.units(runs[0].id) if unit.trouble and unit.status is not UnitStatus.OK
    ]
    for unit in troubled[:_FAILURES_SHOWN]:
        account, trouble = accounts.get(unit.account_id), unit.trouble
        if account is None or trouble is None:
            continue
        told = trouble_sentence(words, trouble.kind, trouble.code, trouble.detail, trouble.facts)
        name = f"{network_name(words, account.network)} «{cell(account.title or account.handle)}»"
        lines.append((f"▲ {name}: {cell(told.message)}", "$text-warning"))
        lines.append((f"  → {cell(told.next_step)}", ""))
    more = len(troubled) - _FAILURES_SHOWN
    if more > 0:
        lines.append(
            (words.plural("and {n} account more", "and {n} accounts more", more), "$foreground-muted")
        )
    return tuple(lines)
