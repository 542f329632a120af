"""Writing from the dashboard: each change in a thread, told in a sentence, taken back with a key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from store.errors import ConflictError, ExistsError, NotFoundError, NothingToUndoError, StoreError
from tui.changes import ChangedSinceError, Done
from tui.jobs import start_job
from tui.keyed import KeyedApp
from tui.services import OtherStoreError

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from store.contract import Writer
    from tui.changes import Change, Undo
    from tui.typeahead import TypeAhead

#: How many changes of this sitting can be taken back.
_DEPTH = 100


@dataclass
class Changed(Message):
    """A change is in the store."""

    done: Done


@dataclass
class NotChanged(Message):
    """Nothing was written, for this reason; `undo` is the one that was tried."""

    error: Exception
    undo: Undo | None = None


#: What may happen to a change without a fault of the program.
_EXPECTED = (StoreError, ConflictError, ExistsError, NotFoundError, NothingToUndoError, ChangedSinceError)
#: What leaves a change that was to be taken back as it is, however often one tries.
_OVERTAKEN = (ChangedSinceError, NotFoundError, NothingToUndoError, ExistsError)


class Writing(KeyedApp):
    """What the app does with changes."""

    typeahead: TypeAhead

    def __init__(self) -> None:
        super().__init__()
        self._undos: list[Undo] = []

    def tell(self, text: str, severity: SeverityLevel = "information") -> None:
        """Show a sentence for some seconds."""
        raise NotImplementedError

    def tell_error(self, error: BaseException | None) -> None:
        """Show what went wrong, with the next step."""
        raise NotImplementedError

    def saved(self) -> None:
        """Something was written: show it."""
        raise NotImplementedError

    def change(self, change: Change) -> None:
        """Make a change in a thread; it waits for a busy store, then says so."""
        self._write(change, None)

    def action_undo(self) -> None:
        """Take back the newest change of this sitting."""
        if not self._undos:
            self.tell(self.services.words.text("There is nothing to take back"))
            return
        undo = self._undos.pop()
        self._write(lambda writer: _taken_back(undo, writer), undo)

    def _write(self, change: Change, undo: Undo | None) -> None:
        store = self.services.store_identity()

        def work() -> Message:
            try:
                with self.services.open_writer() as writer:
                    if self.services.store_identity() != store:
                        return NotChanged(OtherStoreError(), undo)
                    return Changed(change(writer))
            except _EXPECTED as error:
                return NotChanged(error, undo)

        start_job(self, work, group=f"change-{id(change)}", description="changing the store", writes=True)

    @on(Changed)
    def _changed(self, message: Changed) -> None:
        self.finished(message.done)

    @on(NotChanged)
    def _not_changed(self, message: NotChanged) -> None:
        if message.undo is not None and not isinstance(message.error, _OVERTAKEN):
            self._undos.append(message.undo)
        self.tell_error(message.error)

    def finished(self, done: Done | None) -> None:
        """A change was made, by a form or by a key; None: the form was left without one."""
        if done is None:
            return
        if done.undo is not None:
            self._undos = [*self._undos, done.undo][-_DEPTH:]
        self.saved()
        self.tell(done.sentence)


def _taken_back(undo: Undo, writer: Writer) -> Done:
    """Take it back. Raises ChangedSinceError."""
    try:
        return Done(undo.work(writer))
    except ConflictError as error:
        raise ChangedSinceError(error.author) from error
