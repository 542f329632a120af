"""The commands that change things: each reads what its form offers in a thread, then opens the form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import App
from textual.message import Message
from textual.screen import Screen

from goals.model import ClientId, GoalId
from tui.jobs import start_job
from tui.screens.work import Selection, WorkScreen
from tui.services import ExitState

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from goals.model import Goal
    from store.contract import Reader
    from tui.screens.form import FormScreen
    from tui.services import Services
    from tui.typeahead import TypeAhead


@dataclass
class FormReady(Message):
    """What a form needs has been read: `make` builds it."""

    make: Callable[[], FormScreen]


class GoalCommands(App[ExitState]):
    """What the app can do to clients and goals."""

    services: Services
    typeahead: TypeAhead

    def tell(self, text: str, severity: SeverityLevel = "information") -> None:
        """Show a sentence for some seconds."""
        raise NotImplementedError

    def saved(self) -> None:
        """Something was written: show it."""
        raise NotImplementedError

    def _selection(self) -> Selection:
        screen: Screen[object] = self.screen
        return screen.selection() if isinstance(screen, WorkScreen) else Selection(None, None)

    def _needs_goal(self) -> GoalId | None:
        row = self._selection().goal
        if row is None:
            self.tell(self.services.words.text("Put the cursor on a goal first"), severity="warning")
            return None
        return GoalId(row.goal_id)

    def _open(self, read: Callable[[Reader], Callable[[], FormScreen]]) -> None:
        """Read in a thread what a form offers, then show it."""

        def work() -> Message:
            with self.services.open_reader() as reader:
                return FormReady(read(reader))

        self.typeahead.hold()
        start_job(self, work, group="form", description="reading what the form offers")

    @on(FormReady)
    async def _show_form(self, message: FormReady) -> None:
        await self.push_screen(message.make(), self._form_closed)
        self.typeahead.release()

    def _form_closed(self, sentence: str | None) -> None:
        if sentence is not None:
            self.saved()
            self.tell(sentence)

    def action_new_client(self) -> None:
        """Add a client."""
        from tui.screens.client_form import ClientForm

        self.push_screen(ClientForm(self.services), self._form_closed)

    def action_new_goal(self) -> None:
        """Add a goal for the selected client; in an empty store, a client first."""
        selected = self._selection().client_id
        if selected is None:
            self.action_new_client()
            return
        self._open_goal_form(ClientId(selected), None)

    def action_edit_goal(self) -> None:
        """Change the selected goal."""
        selection, goal_id = self._selection(), self._needs_goal()
        if goal_id is not None and selection.client_id is not None:
            self._open_goal_form(ClientId(selection.client_id), goal_id)

    def _open_goal_form(self, client_id: ClientId, goal_id: GoalId | None) -> None:
        from tui.screens.goal_form import GoalForm, read_form_facts

        def read(reader: Reader) -> Callable[[], FormScreen]:
            goal: Goal | None = reader.goal(goal_id) if goal_id is not None else None
            facts = read_form_facts(reader, client_id, goal)
            return lambda: GoalForm(self.services, facts, client_id)

        self._open(read)

    def action_log(self) -> None:
        """Log a figure or a post for the selected goal or client."""
        from tui.screens.goal_form import read_form_facts
        from tui.screens.log_form import LogForm

        selection = self._selection()
        if selection.client_id is None:
            self.tell(self.services.words.text("Add a client first: press c"), severity="warning")
            return
        client_id = ClientId(selection.client_id)

        def read(reader: Reader) -> Callable[[], FormScreen]:
            facts = read_form_facts(reader, client_id, None)
            return lambda: LogForm(self.services, facts, client_id, selection.goal)

        self._open(read)

    def action_drop_goal(self) -> None:
        """Drop the selected goal, after a question."""
        from tui.screens.drop_form import DropForm

        row, goal_id = self._selection().goal, self._needs_goal()
        if goal_id is None or row is None:
            return

        def read(reader: Reader) -> Callable[[], FormScreen]:
            goal = reader.goal(goal_id)
            return lambda: DropForm(self.services, goal, row)

        self._open(read)
