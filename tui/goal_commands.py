"""The commands that change things: each reads what its form offers in a thread, then opens the form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.screen import Screen

from goals.model import ClientId, GoalId
from tui.jobs import start_job
from tui.screens.work import Selection, WorkScreen
from tui.writing import Writing

if TYPE_CHECKING:
    from store.contract import Reader
    from tui.screens.form import FormScreen
    from tui.screens.goal_form import FormFacts
    from work.goal_draft import Known


@dataclass
class FormReady(Message):
    """What a form needs has been read: `make` builds it."""

    make: Callable[[], FormScreen]


class GoalCommands(Writing):
    """What the app can do to clients and goals."""

    def selection(self) -> Selection:
        """What the cursor is on, on the screen that shows."""
        screen: Screen[object] = self.screen
        return screen.selection() if isinstance(screen, WorkScreen) else Selection(None, None)

    def _needs_goal(self) -> GoalId | None:
        row = self.selection().goal
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
        await self.push_screen(message.make(), self.finished)
        self.typeahead.release()

    def action_new_client(self) -> None:
        """Add a client."""
        from tui.screens.client_form import ClientForm

        self.push_screen(ClientForm(self.services), self.finished)

    def action_new_goal(self) -> None:
        """Add a goal for the selected client; in an empty store, a client first."""
        selected = self.selection().client_id
        if selected is None:
            self.action_new_client()
            return
        self._open_editor(ClientId(selected))

    def action_edit_goal(self) -> None:
        """Change the selected goal."""
        selection, goal_id = self.selection(), self._needs_goal()
        if goal_id is not None and selection.client_id is not None:
            self._open_goal_form(ClientId(selection.client_id), goal_id)

    def _open_editor(self, client_id: ClientId) -> None:
        from tui.screens.goal_editor import GoalEditor
        from tui.screens.goal_form import read_form_facts

        def read(reader: Reader) -> Callable[[], FormScreen]:
            facts = read_form_facts(reader, client_id, None)
            known = self._known(reader, facts, client_id)
            return lambda: GoalEditor(self.services, known, facts)

        self._open(read)

    def _open_goal_form(self, client_id: ClientId, goal_id: GoalId) -> None:
        from tui.screens.goal_form import GoalForm, read_form_facts

        def read(reader: Reader) -> Callable[[], FormScreen]:
            facts = read_form_facts(reader, client_id, reader.goal(goal_id))
            known = self._known(reader, facts, client_id)
            return lambda: GoalForm(self.services, facts, client_id, known=known)

        self._open(read)

    def _known(self, reader: Reader, facts: FormFacts, client_id: ClientId) -> Known:
        """What the goals of a client are judged by."""
        from store.days import today_of
        from work.goal_draft import read_known

        client = next(client for client in facts.clients if client.id == client_id)
        return read_known(reader, client, today_of(client, self.services.now()), self.services.offers)

    def action_log(self) -> None:
        """Log a figure or a post for the selected goal or client."""
        from tui.screens.goal_form import read_form_facts
        from tui.screens.log_form import LogForm

        selection = self.selection()
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

        row, goal_id = self.selection().goal, self._needs_goal()
        if goal_id is None or row is None:
            return

        def read(reader: Reader) -> Callable[[], FormScreen]:
            goal = reader.goal(goal_id)
            return lambda: DropForm(self.services, goal, row)

        self._open(read)
