"""What every form has: fields, a live check, saving in a thread with what was typed kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from goals.workcalendar import EVERYDAY
from store.errors import ConflictError, ExistsError, NotFoundError, StoreError
from tui.changes import Done
from tui.commands.command import Area, Command, bindings_of, commands_of
from tui.commands.everywhere import Help
from tui.commands.form import PickDay, ToWhatIf
from tui.failures import sentence_of
from tui.jobs import start_job
from tui.services import OtherStoreError
from tui.widgets.field import Field
from tui.widgets.heads import KeyBar
from tui.writing import Writing

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult
    from textual.timer import Timer
    from textual.widget import Widget

    from goals.model import Goal
    from goals.workcalendar import WorkCalendar
    from store.contract import Reader
    from tui.changes import Change
    from tui.services import Services

#: The dialog's border, and the fewest lines that are left for the fields.
_BORDER, _LEAST_FIELDS = 2, 3
#: The keys that are pressed while a form is being saved wait for its end, so many seconds at most.
_SAVING = 15.0
#: Saving takes no longer than this, in seconds, unless another process is writing.
_SLOW = 1.0


@dataclass(frozen=True, slots=True)
class Newest:
    """An edited goal as it is stored, and what others have changed: (old, new) as text by field."""

    goal: Goal
    changes: Mapping[str, tuple[str | None, str | None]]


def read_newest(reader: Reader, base: Goal) -> Newest:
    """Read what became of a goal since it was `base`. Raises NotFoundError."""
    changes: dict[str, tuple[str | None, str | None]] = {}
    for revision in reader.revisions(base.id):
        if revision.number >= base.version:
            for name, (old, new) in revision.changes.items():
                changes[name] = (changes.get(name, (old, new))[0], new)
    return Newest(reader.goal(base.id), changes)


@dataclass
class Saved(Message):
    """The form's change is in the store."""

    result: Done


@dataclass
class NotSaved(Message):
    """Nothing was written, for this reason; after a conflict, `newest` is the goal as it is stored."""

    error: Exception
    newest: Newest | None = None


class FormScreen(ModalScreen[Done | None]):
    """A form over the screen. Gives back what was done, or None."""

    AREA: ClassVar[Area] = Area.FORM
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Area.FORM), Help.binding()]
    #: What the footer offers.
    commands: ClassVar[tuple[type[Command], ...]] = tuple(commands_of(Area.FORM))
    #: The part that scrolls where not all has room, and the rows that stay free above the dialog.
    scrolled: ClassVar[str] = "fields"
    top = 0
    AUTO_FOCUS = "Field Input, Field Select"
    DEFAULT_CSS = """
    FormScreen {
        align: center middle;
        & #dialog {
            width: 78; max-width: 100%; height: auto; max-height: 100%;
            background: $surface; border: round $primary; padding: 0 1;
        }
        & #fields { height: auto; scrollbar-size-vertical: 1; }
        & #notice { display: none; height: auto; margin-top: 1; color: $text-warning; }
        & #notice.-shown { display: block; }
        & #verdict { height: auto; margin-top: 1; color: $text-accent; }
        & #verdict.-wrong { color: $text-error; }
    }
    """

    def __init__(self, services: Services, title: str) -> None:
        super().__init__()
        self.services = services
        self.heading = title
        self.fields: dict[str, Field] = {}
        self._store = services.store_identity()
        self._saving = False
        self._slow: Timer | None = None
        self._typed_in: Widget | None = None
        self._tried = False
        self._touched: set[str] = set()

    def build(self) -> list[Field]:
        """The form's fields, from top to bottom."""
        raise NotImplementedError

    def check(self) -> Change | None:
        """Look at what was typed, say what is wrong under the fields; what saves it, or None."""
        raise NotImplementedError

    def newest(self, reader: Reader) -> Newest | None:  # noqa: ARG002 - for those that change a goal
        """What became of the goal that the form changes; None where it changes none."""
        return None

    def compose(self) -> ComposeResult:
        """The dialog."""
        words = self.services.words
        with Vertical(id="dialog") as dialog:
            dialog.border_title = Content(self.heading).markup
            with VerticalScroll(id="fields", can_focus=False):
                for field in self.build():
                    self.fields[field.key] = field
                    yield field
            yield from self.under_fields()
            yield Static(id="notice", markup=False)
            yield Static(id="verdict", markup=False)
            yield KeyBar(words, self.footer())

    def under_fields(self) -> ComposeResult:
        """What stands between the fields and what is told of them; usually nothing."""
        return iter(())

    def footer(self) -> list[type[Command]]:
        """What the footer offers: the commands for which there is something in this form."""
        has_day = any(field.is_day for field in self.fields.values())
        lacking = {ToWhatIf} if has_day else {ToWhatIf, PickDay}
        return [command for command in self.commands if command not in lacking]

    def on_mount(self) -> None:
        """The first check."""
        self.call_after_refresh(self._check_when_ready)

    def _check_when_ready(self) -> Change | None:
        self.call_after_refresh(self._fit)
        return self.check() if self.is_ready else None

    @on(Resize)
    def _resized(self) -> None:
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """Let what may scroll do so where not all has room: what is told and the keys stay in sight."""
        for scrolled in self.query(f"#{self.scrolled}"):
            around = [
                each for each in self.query_one("#dialog").children if each.display and each is not scrolled
            ]
            taken = sum(each.outer_size.height + each.styles.margin.height for each in around)
            scrolled.styles.max_height = max(_LEAST_FIELDS, self.size.height - self.top - _BORDER - taken)

    @property
    def is_ready(self) -> bool:
        """Whether every choice has its value; a choice has none before it is drawn for the first time."""
        return bool(self.fields) and all(field.is_ready for field in self.fields.values())

    def value(self, name: str) -> str:
        """What a field holds, without spaces around it; empty for a field that is not shown."""
        field = self.fields[name]
        is_hidden = field.styles.display == "none"  # `display` is false for a closing widget too
        return "" if is_hidden else field.value.strip()

    def verdict(self, sentence: str, *, wrong: bool = False) -> None:
        """Say something about the whole form."""
        widget = self.query_one("#verdict", Static)
        widget.update(Content(sentence))
        widget.set_class(wrong, "-wrong")

    def notice(self, sentence: str) -> None:
        """Say what happened meanwhile; it stays, whatever is typed."""
        widget = self.query_one("#notice", Static)
        widget.update(Content(sentence))
        widget.add_class("-shown")

    def judge(self, name: str, problem: str) -> None:
        """Say what is wrong with a field, once it was touched or saving was tried; empty: nothing."""
        touched = self._tried or name in self._touched
        self.fields[name].judge(problem, told=touched)

    @on(Field.Changed)
    def _recheck(self, message: Field.Changed) -> None:
        if message.field.widget.has_focus:
            self._touched.add(message.field.key)
        self._check_when_ready()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """Save, where nothing is wrong."""
        if self._saving:
            return
        self._tried = True
        change = self._check_when_ready()
        if change is None:
            self._focus_first_problem()
            return
        self._hold_still()

        def work() -> Message:
            try:
                with self.services.open_writer() as writer:
                    if self.services.store_identity() != self._store:
                        return NotSaved(OtherStoreError())
                    try:
                        return Saved(change(writer))
                    except ConflictError as error:
                        return NotSaved(error, self.newest(writer))
            except (StoreError, ExistsError, NotFoundError) as error:
                return NotSaved(error)
            except Exception as error:
                self.post_message(NotSaved(error))
                raise

        start_job(self, work, group="save", description="saving", writes=True)

    def _hold_still(self) -> None:
        """Take nothing more until it is known whether it was saved; the next keys are for what follows."""
        self.freeze(self.services.words.text("Saving…"))
        self._slow = self.set_timer(_SLOW, self._tell_busy)
        if isinstance(self.app, Writing):
            self.app.typeahead.hold(_SAVING)

    def _tell_busy(self) -> None:
        if self._saving:
            self.verdict(
                self.services.words.text(
                    "Still waiting: another process seems to be writing. Nothing is lost"
                )
            )

    def freeze(self, sentence: str) -> None:
        """Say what is being done, and take no edits meanwhile."""
        self._saving, self._typed_in = True, self.focused
        self.query_one("#dialog").disabled = True
        self.verdict(sentence)

    def thaw(self) -> None:
        """Take edits again, where one was."""
        self._saving = False
        if self._slow is not None:
            self._slow.stop()
        self.query_one("#dialog").disabled = False
        typed_in = self._typed_in
        if typed_in is not None:
            self.set_focus(typed_in)
        if isinstance(typed_in, Input):  # the focus selects the whole text, which the next key would replace
            typed_in.call_later(setattr, typed_in, "selection", typed_in.selection)

    def _let_go(self) -> None:
        """Go on where one was: nothing was saved, and the keys for what should have followed are void."""
        self.thaw()
        if isinstance(self.app, Writing):
            self.app.typeahead.drop()

    def _focus_first_problem(self) -> None:
        for field in self.fields.values():
            if field.display and field.is_wrong:
                field.widget.focus()
                return

    @on(Saved)
    def _saved(self, message: Saved) -> None:
        self.dismiss(message.result)
        if isinstance(self.app, Writing):
            self.app.typeahead.release()

    @on(NotSaved)
    def _not_saved(self, message: NotSaved) -> None:
        self._let_go()
        self.refused(message)

    def refused(self, message: NotSaved) -> None:
        """Tell why nothing was saved."""
        self.verdict(sentence_of(self.services.words, message.error, self.services.author), wrong=True)

    def action_next_field(self) -> None:
        """To the next field."""
        self.focus_next()

    def action_previous_field(self) -> None:
        """To the field before."""
        self.focus_previous()

    def day_choice(self) -> tuple[date, WorkCalendar]:
        """The day that it is, and the working days, for the calendar of a field."""
        return self.services.now().astimezone(self.services.zone).date(), EVERYDAY

    def action_pick_day(self) -> None:
        """Choose the day of the field with the focus in a calendar."""
        from tui.screens.date_picker import DatePicker
        from wording.typed import day_text, read_day

        focused = [field for field in self.fields.values() if field.is_day and field.widget.has_focus]
        for field in focused:
            today, calendar = self.day_choice()
            chosen = read_day(field.value, today) or today

            def put(day: date | None, field: Field = field) -> None:
                if day is not None:
                    field.put(day_text(day))

            self.app.push_screen(DatePicker(self.services.words, today, chosen, calendar), put)

    def action_cancel(self) -> None:
        """Leave without saving; what is being saved just now is waited for."""
        if not self.query_one("#dialog").disabled:
            self.dismiss(None)
