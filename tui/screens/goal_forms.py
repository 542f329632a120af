"""The small forms of the goal screen: the client's yes, how sure one is, which priority it serves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on

from connectors.clean import clean
from goals.records import Confidence
from store.days import today_of
from tui.changes import Done, goal_undo
from tui.drawing.cells import cell
from tui.rhythm.checkin_changes import answer_change
from tui.screens.form import FormScreen, Newest, NotSaved, read_newest
from tui.widgets.field import Field, choice_field, day_field, text_field
from wording.goals import goal_title
from wording.rhythm import check_in_text, confidence_word, read_confidence
from wording.typed import day_problem, day_text, read_day
from work.check_ins import said_of
from work.goal_yes import is_said, wrong_yes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from goals.model import Client, Goal
    from goals.revision import Revision
    from store.contract import Reader, Writer
    from tui.changes import Change
    from tui.services import Services
    from work.check_ins import GoalCheck

_NONE = "none"


class _GoalChangeForm(FormScreen):
    """A form that changes one goal; after a conflict, the next save changes it as it has become."""

    def __init__(self, services: Services, title: str, goal: Goal) -> None:
        super().__init__(services, title)
        self.goal = goal

    def newest(self, reader: Reader) -> Newest:
        """What became of the goal."""
        return read_newest(reader, self.goal)

    @on(NotSaved)
    def _take_newest(self, message: NotSaved) -> None:
        if message.newest is not None:
            self.goal = message.newest.goal

    def saved(self, writer: Writer, goal: Goal, why: str, agreed_on: date | None = None) -> Goal:
        """The goal as it is stored after the change, judged anew."""
        from store.refresh import refresh_goals

        now = self.services.now()
        stored = writer.update_goal(goal, author=self.services.author, now=now, why=why, agreed_on=agreed_on)
        refresh_goals(writer, [stored], now)
        return stored


class AgreeForm(_GoalChangeForm):
    """Asks who said yes to the goal, and on which day."""

    def __init__(self, services: Services, goal: Goal, client: Client, revisions: Sequence[Revision]) -> None:
        title = goal_title(services.words, goal)
        super().__init__(services, services.words.text("The client says yes: {goal}", goal=cell(title)), goal)
        self.revisions = revisions
        self.today = today_of(client, services.now())

    def build(self) -> list[Field]:
        """Who, and when."""
        text = self.services.words.text
        known = cell(self.goal.agreed_by or "")
        return [
            text_field("by", text("who said yes"), known, text("the client's name, for example Olga")),
            day_field("on", text("on which day"), day_text(self.today)),
        ]

    def check(self) -> Change | None:
        """Check the name and the day; what notes the yes, or None."""
        words = self.services.words
        by, on = clean(self.value("by")), self._day()
        self.judge("by", "" if by else words.text("say who said yes: it stays in the goal's history"))
        if not by or on is None:
            self.verdict("")
            return None
        told = words.text("Agreed: {name}, {day}", name=by, day=words.day(on, self.today))
        if is_said(self.goal, self.revisions, by, on):
            self.verdict(words.text("It is so already. {agreed}", agreed=told))
            return None
        self.verdict(told)

        def save(writer: Writer) -> Done:
            agreed = replace(self.goal, agreed_by=by, agreed_on=on)
            self.saved(writer, agreed, words.text("the client said yes"), on)
            return Done(told, goal_undo(self.services, writer, self.goal.id))

        return save

    def _day(self) -> date | None:
        words, said = self.services.words, self.value("on")
        day = read_day(said, self.today)
        problem = "" if day else day_problem(words, said, self.today)
        if day is not None and day > self.today:
            problem = words.text("a yes cannot come from a day that has not come yet")
        wrong = wrong_yes(words, self.goal, day, self.today) if day is not None else None
        if wrong is not None:
            problem = wrong.text
        self.judge("on", problem)
        return None if problem else day


class PriorityForm(_GoalChangeForm):
    """Asks which of the client's priorities the goal serves."""

    def __init__(self, services: Services, goal: Goal, priorities: Sequence[str]) -> None:
        super().__init__(services, services.words.text("What the client needs it for"), goal)
        self.priorities = priorities

    def build(self) -> list[Field]:
        """The priorities by their ranks."""
        text = self.services.words.text
        ranked = [(str(rank), f"{rank} {name}") for rank, name in enumerate(self.priorities, 1)]
        now = str(self.goal.priority) if self.goal.priority else "1"
        return [choice_field("priority", text("priority"), [*ranked, (_NONE, text("none of these"))], now)]

    def check(self) -> Change | None:
        """What links the goal to the priority; None where it is linked so already."""
        words, chosen = self.services.words, self.value("priority")
        rank = None if chosen == _NONE else int(chosen)
        if rank == self.goal.priority:
            self.verdict(words.text("It is so already"))
            return None
        name = words.text("none of these") if rank is None else cell(self.priorities[rank - 1])
        told = words.text("{goal}: {name}", goal=goal_title(words, self.goal), name=name)
        self.verdict(told)

        def save(writer: Writer) -> Done:
            linked = replace(self.goal, priority=rank)
            self.saved(writer, linked, words.text("said more exactly"))
            return Done(told, goal_undo(self.services, writer, self.goal.id))

        return save


class SureForm(FormScreen):
    """Asks how sure one is of the goal, and why; `telling` makes the change tell the screen behind."""

    def __init__(
        self, services: Services, check: GoalCheck, goal: Goal, telling: Callable[[Change], Change]
    ) -> None:
        title = goal_title(services.words, goal)
        super().__init__(services, services.words.text("How sure are you: {goal}", goal=cell(title)))
        self.goal_check = check
        self._telling = telling

    def build(self) -> list[Field]:
        """One of three answers, and a line why."""
        words, last = self.services.words, self.goal_check.last
        text = words.text
        before = "" if last is None or last.by_rule else check_in_text(words, last, self.goal_check.today)
        number = str(list(Confidence).index(self.goal_check.suggested) + 1)
        return [
            text_field("sure", text("1 on track 2 risk 3 off"), number),
            text_field(
                "why",
                text("why"),
                placeholder=text("last time {said}", said=before) if before else text("in a few words"),
            ),
        ]

    def check(self) -> Change | None:
        """Check the answer; what keeps it, or None."""
        words = self.services.words
        confidence, why = read_confidence(self.value("sure")), clean(self.value("why"))
        choices = words.text("1: on track, 2: at risk, 3: off track")
        self.judge("sure", "" if confidence else choices)
        if confidence is None:
            self.verdict("")
            return None
        needs_why = confidence is not Confidence.ON_TRACK and not why
        self.judge("why", words.text("say why in a few words: it is read at the call") if needs_why else "")
        self.verdict(f"{confidence_word(words, confidence)} · {choices}")
        if needs_why:
            return None
        services, check = self.services, self.goal_check
        said = said_of(check, confidence, why, author=services.author, now=services.now())
        return self._telling(answer_change(services, check, said))
