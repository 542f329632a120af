"""The goal editor: one line as people say it, its five letters, and what if."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from connectors.clean import clean
from goals.phrase.parse import MOST_CHARACTERS
from tui.changes import Done
from tui.commands.command import Area, Command, bindings_of, commands_of
from tui.commands.editor import TAKES, LeaveEditor, NextPart, PreviousPart, SaveGoal
from tui.commands.everywhere import Help
from tui.commands.what_if import Faster, Later, Less, More
from tui.goal.editor_texts import letters_text, next_question_text, understood_text
from tui.goal.figures import FiguresRead, LookUp
from tui.goal.new_goals import new_goals_change, twin_text
from tui.goal.offers import Offer, offer_key, offers_of
from tui.keyed import first_key, keys_of
from tui.keys import is_alt
from tui.screens.form import FormScreen
from tui.widgets.heads import KeyBar
from tui.widgets.what_if import WhatIf
from tui.writing import Writing
from work.goal_draft import Answers, Known, Said, said_goals

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from textual.app import ComposeResult
    from textual.events import Key, Resize

    from tui.changes import Change
    from tui.screens.goal_form import FormFacts
    from tui.services import Services
    from tui.widgets.field import Field

#: The dialog's border and padding, and those of the screen's narrowest form.
_FRAME = 4
#: The lines of a step through the letters, and those of a screen on which the dialog begins at the top.
_STEP, _WHOLE = 3, 24


class GoalLine(Input):
    """Where the goal is said. Alt with a digit is a choice, no text."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key is typed into the line, so that it does nothing else."""
        return not is_alt(key) and super().check_consume_key(key, character)

    async def _on_key(self, event: Key) -> None:
        if is_alt(event.key):
            event.prevent_default()
            return
        await super()._on_key(event)


class Told(Static):
    """What is told under the letters; it takes their room, so that the screen has to know of its size."""

    @dataclass
    class Resized(Message):
        """It takes more or fewer lines than before."""

    def on_resize(self) -> None:
        """Say so."""
        self.post_message(self.Resized())


class GoalEditor(FormScreen, inherit_bindings=False):
    """A new goal, from what one says."""

    AREA: ClassVar[Area] = Area.EDITOR
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Area.EDITOR), Help.binding()]
    commands: ClassVar[tuple[type[Command], ...]] = tuple(commands_of(Area.EDITOR))
    AUTO_FOCUS = "GoalLine"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - declared so by Textual
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012 - declared so by Textual
    scrolled: ClassVar[str] = "page"
    DEFAULT_CSS = """
    GoalEditor {
        & #said { height: 1; }
        & #prompt { width: 2; color: $text-accent; }
        & GoalLine { width: 1fr; }
        & #page { height: auto; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
        & #page Static { height: auto; }
        & #question { color: $text-accent; }
        & #letters {
            margin: 1 0 0 0; link-style: none; link-color: $foreground; link-background: transparent;
        }
        & #notice, & #verdict { margin: 0; }
        & #verdict, & #question { display: none; }
        & #verdict.-shown, & #question.-shown { display: block; }
        &.-wide #dialog { width: 104; }
        &.-low, &.-high { align-vertical: top; }
        &.-low #letters, &.-low WhatIf { margin: 0; }
    }
    """

    def __init__(self, services: Services, known: Known, fields: FormFacts) -> None:
        super().__init__(services, services.words.text("New goal: {client}", client=known.client.name))
        self.known = known
        self.form_facts = fields
        self.goals: tuple[Said, ...] = ()
        self.offers: list[Offer] = []
        self.at = 0
        self._answers: list[Answers] = []
        self._told_twin_for = ""
        self._look_up = LookUp(self, services, known)
        self._next: Callable[[], None] | None = None
        self.line = GoalLine(
            placeholder=services.words.text("for example: +300 followers in VK by the end of the month"),
            compact=True,
            max_length=MOST_CHARACTERS,
            select_on_focus=False,
        )
        self.what_if = WhatIf(services.words, known.today)
        self.keys = KeyBar(services.words, self.commands)

    def verdict(self, sentence: str, *, wrong: bool = False) -> None:
        """Say something about the whole line; nothing takes no place."""
        super().verdict(sentence, wrong=wrong)
        self.query_one("#verdict").set_class(bool(sentence), "-shown")

    def build(self) -> list[Field]:
        """No fields: they are a form of their own."""
        return []

    @property
    def is_ready(self) -> bool:
        """A line can be judged from the start."""
        return True

    @property
    def said(self) -> Said | None:
        """The goal that is selected; None before anything is said."""
        return self.goals[self.at] if self.goals else None

    def compose(self) -> ComposeResult:
        """The line, what was understood, the letters, what if."""
        with Vertical(id="dialog") as dialog:
            dialog.border_title = Content(self.heading).markup
            with Horizontal(id="said"):
                yield Static("›", id="prompt")
                yield self.line
            with VerticalScroll(id="page", can_focus=False):
                yield Static(id="understood", markup=False)
                yield Static(id="letters", markup=False)
                yield Static(id="question", markup=False)
            yield self.what_if
            yield Told(id="notice", markup=False)
            yield Static(id="verdict", markup=False)
            yield self.keys

    def on_mount(self) -> None:
        """Say what each letter asks for."""
        self.call_after_refresh(self._show)

    def on_resize(self, event: Resize) -> None:
        """Break the lines anew; the dialog's top stays where it is, however much is told."""
        self.top = max(0, (event.size.height - _WHOLE) // 4)
        self.query_one("#dialog").styles.margin = (self.top, 0, 0, 0)
        self.query_one("#page").styles.min_height = 0
        self.call_after_refresh(self._show)

    @on(Input.Changed)
    def _typed(self) -> None:
        self._next = None
        self.verdict("")
        self._judge()

    def _judge(self) -> None:
        """What the line means now; what is not known of its history yet is looked up beside."""
        line, before = clean(self.line.value, MOST_CHARACTERS), self.goals
        self.goals = said_goals(self.known, line, self._answers) if line else ()
        missing = len(self.goals) - len(self._answers)
        self._answers += [Answers()] * missing
        kept = [
            _still(answers, old, new)
            for answers, old, new in zip(self._answers, before, self.goals, strict=False)
        ]
        if kept != self._answers[: len(kept)]:
            self._answers[: len(kept)] = kept
            self.goals = said_goals(self.known, line, self._answers)
        self.at = max(0, min(self.at, len(self.goals) - 1))
        self._show()
        topics = {said.spoken.topic for said in self.goals if said.spoken.topic}
        self._look_up.soon(topics - self.known.names.keys())

    @on(FiguresRead)
    def _take_figures(self, message: FiguresRead) -> None:
        self.known.figures.take(message.found)
        self.known.names.update(message.names)
        self._judge()
        if self._next is not None:
            self._once_known(self._next)

    def _once_known(self, act: Callable[[], None]) -> None:
        """Act when the history is there that the line is judged by: without it another reading may hold."""
        if self.known.figures.wanted:
            self._next = act
            self._look_up.soon()
            self._let_keys(wait=True)
        else:
            self._next = None
            self._let_keys(wait=False)
            act()

    def _let_keys(self, *, wait: bool) -> None:
        """Let the next keys wait for what comes, or take effect."""
        if isinstance(self.app, Writing):
            typeahead = self.app.typeahead
            (typeahead.hold if wait else typeahead.release)()

    def _show(self) -> None:
        """Draw what is known of the selected goal."""
        words, today, said = self.services.words, self.known.today, self.said
        width = self.query_one("#letters").size.width or self.size.width - _FRAME
        answers = self._answers[self.at] if said is not None else Answers()
        self.offers = offers_of(words, said, answers, today) if said is not None else []
        typing = not self.what_if.has_focus
        self.query_one("#understood", Static).update(
            understood_text(words, self.goals, self.at, today, width)
        )
        self.query_one("#letters", Static).update(
            letters_text(words, said, self.offers, today, width, self._key_of)
        )
        question = next_question_text(words, said, today) if said is not None else ""
        asked = self.query_one("#question", Static)
        asked.update(Content(f"→ {question}"))
        asked.set_class(bool(question), "-shown")
        self.what_if.said = said
        self.keys.offered = () if typing else (SaveGoal, Less, More, Later, Faster, LeaveEditor)
        self._tell_twin()
        self.call_after_refresh(self._settle)

    @on(Told.Resized)
    def _settle(self) -> None:
        """Fit the letters in; what stands under them does not jump up again when they take fewer lines."""
        page = self.query_one("#page", VerticalScroll)
        self._fit()
        most = page.styles.max_height
        page.styles.min_height = min(page.outer_size.height, int(most.value) if most else 0)
        self.call_after_refresh(self._tell_hidden)

    def _tell_hidden(self) -> None:
        """Say in the frame how many lines stand below, where not all has room."""
        page, words = self.query_one("#page", VerticalScroll), self.services.words
        below = round(page.max_scroll_y - page.scroll_target_y)
        told = ""
        if below > 0:
            key = first_key(self, NextPart)
            told = words.plural("{n} more line: {key}", "{n} more lines: {key}", below, key=key)
        elif page.max_scroll_y > 0:
            told = words.text("the end, back: {key}", key=first_key(self, PreviousPart))
        self.query_one("#dialog").border_subtitle = told

    def _tell_twin(self) -> None:
        """Say so where such a goal lives already."""
        told = twin_text(self.services.words, self.known, self.goals)
        notice = self.query_one("#notice", Static)
        notice.update(Content(told))
        notice.set_class(bool(told), "-shown")

    def on_descendant_focus(self) -> None:
        """Name the keys as they are where the cursor is now."""
        self._show()

    def _key_of(self, place: int) -> str:
        """The key of a choice as it stands before it; empty where it has none."""
        if place >= len(TAKES):
            return ""
        return offer_key(keys_of(self, TAKES[place]), typing=not self.what_if.has_focus)

    def _answer(self, answers: Answers) -> None:
        """Take other answers for the selected goal."""
        self._answers[self.at] = answers
        self._judge()

    def action_take(self, place: int) -> None:
        """Take a choice by its place."""
        if place < len(self.offers):
            self._answer(self.offers[place].answers)

    def action_what_if(self) -> None:
        """Go to «what if», where there is a goal to move."""
        if self.said is not None:
            self.what_if.focus()

    @on(WhatIf.Moved)
    def _moved(self, message: WhatIf.Moved) -> None:
        answers = self._answers[self.at]
        amount = answers.amount if message.amount is None else message.amount
        self._answer(replace(answers, amount=amount, deadline=message.deadline or answers.deadline))

    def action_select(self, step: int) -> None:
        """Through the letters that are not in sight; after these, to another goal of the line."""
        page = self.query_one("#page", VerticalScroll)
        is_end = page.scroll_target_y >= page.max_scroll_y if step > 0 else page.scroll_target_y <= 0
        if not is_end or len(self.goals) < 2:
            page.scroll_relative(y=_STEP * step, animate=False)
            self.call_after_refresh(self._tell_hidden)
            return
        self.at = (self.at + step) % len(self.goals)
        page.scroll_to(y=0, animate=False)
        self._show()

    def action_pick_day(self) -> None:
        """Choose the deadline in a calendar."""
        from tui.screens.date_picker import DatePicker

        if self.said is not None:
            day, today = self.said.draft.deadline, self.known.today
            picker = DatePicker(self.services.words, today, day or today, self.known.working)
            self.app.push_screen(picker, self._picked)

    def _picked(self, day: date | None) -> None:
        if day is not None:
            self._answer(replace(self._answers[self.at], deadline=day))

    def action_save(self) -> None:
        """Save what the line says."""
        self._once_known(super().action_save)

    def action_fields(self) -> None:
        """Show the goal as fields."""
        self._once_known(self._open_fields)

    def _open_fields(self) -> None:
        from tui.screens.goal_form import GoalForm

        seed = self.said.goal if self.said is not None else None
        client_id = self.known.client.id
        form = GoalForm(self.services, self.form_facts, client_id, seed=seed, known=self.known)
        self.app.push_screen(form, self._from_fields)

    def _from_fields(self, done: Done | None) -> None:
        if done is not None:
            self.dismiss(done)

    def action_cancel(self) -> None:
        """From «what if» back to the line, from there away."""
        if self.what_if.has_focus:
            self.line.focus()
        else:
            self.dismiss(None)

    def check(self) -> Change | None:
        """What saves the goals of the line; None where nothing is said, or a twin was not confirmed."""
        if not self.goals:
            if self._tried:
                self.verdict(
                    self.services.words.text("Say what is to be reached, as you would say it"), wrong=True
                )
            return None
        if self._told_twin_for != self.line.value and twin_text(self.services.words, self.known, self.goals):
            self._told_twin_for = self.line.value
            self.verdict(self.services.words.text("Press Enter again to add one more"))
            return None
        return new_goals_change(self.services, self.known, self.goals)


def _still(answers: Answers, old: Said, new: Said) -> Answers:
    """The answers that stand: a figure that was chosen goes when the words name another one."""
    if old.spoken.amount != new.spoken.amount:
        answers = replace(answers, amount=None)
    if old.spoken.deadline != new.spoken.deadline:
        answers = replace(answers, deadline=None)
    return answers
