"""The dashboard's app: owns the board, the sync and the stack of screens."""

from __future__ import annotations

import gc
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.events import Key
from textual.message import Message
from textual.reactive import reactive
from textual.worker import Worker, WorkerState

from goals.model import ClientId, GoalId
from tui.commands.everywhere import Quit
from tui.copying import Copying
from tui.failures import sentence_of
from tui.feed import BoardApp, BoardChanged, DaysJudged, Feed, StoreTrouble, read_top
from tui.jobs import start_job
from tui.keyed import first_key
from tui.screens.overview import OverviewScreen
from tui.screens.work import OpenClient, OpenGoal, OpenSection, SectionScreen, WorkScreen
from tui.services import EVERYTHING, ExitState, SyncScope
from tui.sync_state import SyncState
from tui.themes import DARK, LIGHT, theme_after
from tui.typeahead import TypeAhead
from wording.sync import DEMO
from wording.words import Words

if TYPE_CHECKING:
    from textual.events import Event, Resize
    from textual.notifications import SeverityLevel
    from textual.screen import Screen

    from tui.screens.too_small import TooSmallScreen
    from tui.services import Services


#: How long after the start the store is watched, in seconds: the first picture comes first.
_FIRST_LOOK = 0.3
#: How long a sentence stays on the screen, in seconds: one about a trouble, and the bounds of any other.
_TROUBLE_TOLD = 8.0
_LEAST_TOLD, _MOST_TOLD = 3.0, 6.0
#: So many characters of a sentence are read in a second.
_READ_IN_SECOND = 15
#: The least that the screens can be used in, in cells: width and height.
LEAST = (60, 15)


def told_seconds(text: str, severity: SeverityLevel) -> float:
    """How long a sentence stays: as long as it takes to read, of a trouble longer."""
    if severity == "error":
        return _TROUBLE_TOLD
    return min(_MOST_TOLD, max(_LEAST_TOLD, len(text) / _READ_IN_SECOND))


@dataclass
class SyncMoved(Message):
    """The running sync has told something new."""

    state: SyncState

    def can_replace(self, message: Message) -> bool:
        """Only the newest state counts, but an end is never skipped."""
        return isinstance(message, SyncMoved) and message.state.running


class SmmApp(Copying, BoardApp):
    """SMART SMM in the terminal."""

    TITLE = "SMART SMM"
    ENABLE_COMMAND_PALETTE = False
    CSS: ClassVar[str] = """
    Screen { background: $background; }
    ModalScreen { align: center middle; background: $background 60%; }
    ToastRack { margin: 0; }
    Toast { width: auto; max-width: 100%; margin: 0; padding: 0 1; }
    """

    sync_state: reactive[SyncState] = reactive(SyncState)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self.typeahead = TypeAhead(self)
        self.feed = Feed(self, services)
        self._too_small: TooSmallScreen | None = None
        self._sync: Worker[None] | None = None
        self._last_told = ("", 0.0)
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = services.theme or DARK.name
        if services.keys:
            from tui.keymap import keymap_of

            self.set_keymap(keymap_of(services.keys))
        self.set_reactive(SmmApp.board, read_top(services))

    @on(OpenClient)
    def _open_client(self, message: OpenClient) -> None:
        from tui.screens.client import ClientScreen

        self._show(ClientScreen(self.services, ClientId(message.client_id)))

    @on(OpenGoal)
    def _open_goal(self, message: OpenGoal) -> None:
        from tui.screens.goal import GoalScreen

        self._show(GoalScreen(self.services, GoalId(message.goal_id)))

    @on(OpenSection)
    def _open_section(self, message: OpenSection) -> None:
        from tui.sections import make_section

        client_id = None if message.client_id is None else ClientId(message.client_id)
        self._show(make_section(message.name, self.services, client_id))

    def _show(self, screen: WorkScreen) -> None:
        self.push_screen(screen.data_bind(SmmApp.board, SmmApp.sync_state))

    def action_smm_back(self) -> None:
        """Back to the screen before."""
        if isinstance(self.screen, WorkScreen):
            self.screen.go_back()

    def get_default_screen(self) -> Screen[None]:
        """The overview."""
        screen = OverviewScreen(self.services, self.board)
        return screen.data_bind(SmmApp.board, SmmApp.sync_state)

    def on_mount(self) -> None:
        """Begin to watch the store once the first picture is on the screen."""
        self.set_timer(_FIRST_LOOK, self._settle)

    def _settle(self) -> None:
        """What was made for the first picture stays: the garbage collector need not look at it again."""
        gc.freeze()
        gc.enable()
        self.feed.start()
        if self.services.greeting:
            self.tell(self.services.greeting)

    async def on_event(self, event: Event) -> None:
        """Keys take effect one after another; everything else as always."""
        if isinstance(event, Key) and not event.is_forwarded:
            await self.typeahead.take(event, super().on_event)
        else:
            await super().on_event(event)

    def on_resize(self, event: Resize) -> None:
        """Say so where the screens do not fit, as long as they do not."""
        small = event.size.width < LEAST[0] or event.size.height < LEAST[1]
        if small and self._too_small is None:
            from tui.screens.too_small import TooSmallScreen

            self._too_small = TooSmallScreen(self.services.words, LEAST)
            self.push_screen(self._too_small)
        elif not small and self._too_small is not None:
            self._too_small.dismiss()
            self._too_small = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the window is too small nothing is done unseen: one can only leave."""
        if self._too_small is not None and action != Quit.action.removeprefix("app."):
            return False
        return super().check_action(action, parameters)

    def on_unmount(self) -> None:
        """Let go of the store."""
        self.feed.stop()

    @on(BoardChanged)
    def _show_board(self, message: BoardChanged) -> None:
        self.feed.loaded()
        self.board = message.board

    @on(DaysJudged)
    def _take_verdicts(self, message: DaysJudged) -> None:
        self.feed.judged(message.now)

    @on(StoreTrouble)
    def _tell_trouble(self, message: StoreTrouble) -> None:
        self.feed.loaded()
        self.tell_error(message.error)

    @on(Worker.StateChanged)
    def _job_ended(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR:
            self.typeahead.release()
            self.feed.loaded()
            self.log.error(event.worker.error)
            self.tell_error(event.worker.error)

    def tell_error(self, error: BaseException | None) -> None:
        """Show what went wrong, with the next step."""
        self.tell(sentence_of(self.services.words, error, self.services.author), severity="error")

    def tell(self, text: str, severity: SeverityLevel = "information") -> None:
        """Show a sentence for some seconds, never twice at once; what it quotes is no markup."""
        last, until = self._last_told
        if text == last and monotonic() < until:
            return
        seconds = told_seconds(text, severity)
        self._last_told = (text, monotonic() + seconds)
        self.notify(text, severity=severity, timeout=seconds, markup=False)

    def saved(self) -> None:
        """Something was written: show it at once."""
        self.feed.reload()

    def start_sync(self, scope: SyncScope = EVERYTHING) -> None:
        """Collect figures now, all or those of a part, unless that is being done already."""
        if self.sync_state.running:
            return
        if self.board is not None and self.board.demo:
            self.tell(self.services.words.text(DEMO))
            return
        self.sync_state = SyncState(running=True, scope=scope)
        self._sync = self.run_worker(
            self._collect(scope),
            group="sync",
            description="collecting figures",
            exclusive=True,
            exit_on_error=False,
        )

    def stop_sync(self) -> None:
        """End the running sync; what has arrived is kept."""
        if self._sync is not None and self.sync_state.running:
            self._sync.cancel()

    async def _collect(self, scope: SyncScope) -> None:
        """Follow one run; posts what it tells, and an end in any case."""
        state = SyncState(running=True, scope=scope)
        try:
            async with aclosing(self.services.sync(scope)) as events:
                async for event in events:
                    state = state.after(event)
                    self.post_message(SyncMoved(state))
        finally:
            if state.running:
                self.post_message(SyncMoved(state.stopped()))

    @on(SyncMoved)
    def _show_sync(self, message: SyncMoved) -> None:
        self.sync_state = message.state

    def action_sync(self) -> None:
        """Start a sync and show how it goes."""
        from tui.screens.sync import SyncScreen

        self.start_sync()
        if not self.sync_state.running:
            return
        screen = SyncScreen(self.services, self.stop_sync)
        self.push_screen(screen.data_bind(SmmApp.sync_state))

    def action_section(self, name: str) -> None:
        """Open a section for the client under the cursor; the overview is what lies under all."""
        from tui.sections import make_section

        client_id = self.selection().client_id
        while isinstance(self.screen, SectionScreen) or (name == "overview" and len(self.screen_stack) > 1):
            self.pop_screen()
        if name != "overview":
            self._show(make_section(name, self.services, ClientId(client_id) if client_id else None))

    def action_next_language(self) -> None:
        """Russian to English and back, for everything that is shown from now on."""
        words = self.services.words
        self.services = replace(self.services, words=Words(words.other))
        self._remember_look()
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if isinstance(self.screen, OverviewScreen):
            self.screen.call_next(self.screen.speak, self.services)

    def action_next_theme(self) -> None:
        """Dark to light and back."""
        self.theme = theme_after(self.theme)
        self._remember_look()

    def _remember_look(self) -> None:
        """Language and colours that were chosen hold at the next start too."""
        from tui.choices import Look, choices_path, keep_look

        services = self.services
        if services.settings is None:
            return
        path = choices_path(services.own_folder())

        def chosen() -> Look:
            return Look(self.services.words.lang, self.theme)

        keep = partial(keep_look, path, services.settings, chosen)
        start_job(self, keep, group="look", description="remembering language and colours", writes=True)

    def action_smm_help(self) -> None:
        """Help for where the cursor is."""
        from tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.services.words, self.screen))

    def action_command_palette(self) -> None:
        """Every command by its name."""
        from tui.palette import open_palette

        open_palette(self, self.services.words)

    def action_help_quit(self) -> None:
        """Ctrl+C, which is for copying here: say how to leave."""
        self.tell(self.services.words.text("To leave, press {key}", key=first_key(self, Quit)))

    async def action_quit(self) -> None:
        """Close at once."""
        self.exit(ExitState(sync_stopped=self.sync_state.running))

    def _fatal_error(self) -> None:
        """A crash: the traceback without the values of variables, which may be anybody's."""
        from rich.traceback import Traceback

        self.bell()
        self.panic(Traceback(show_locals=False, width=None))
