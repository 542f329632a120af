"""The check-in: one goal after another that needs an answer, the rest confirmed with one key."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input

from connectors.clean import clean
from goals.records import Confidence
from tui.commands.checkin import AtRisk, ConfirmRest, Later, NextManager, OffTrack, OnTrack
from tui.commands.command import Area, bindings_of, commands_of
from tui.commands.everywhere import NewGoal, Overview, Undo
from tui.keyed import first_key
from tui.rewriting import Rereader, Rewritten, telling
from tui.rhythm.checkin_changes import answer_change, confirm_change
from tui.rhythm.checkin_lines import (
    AnswerKeys,
    CheckLine,
    card_rows,
    draw,
    is_asked,
    line_of,
    said_today,
    to_confirm,
)
from tui.screens.work import SectionScreen, Selection, row_of
from tui.widgets.block import Block
from tui.widgets.heads import Crumbs, KeyBar
from tui.widgets.row_list import RowList
from tui.widgets.said import Said
from wording.names import folded
from wording.rhythm import confidence_word
from work.check_ins import goal_checks, said_of

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from goals.board import Board
    from goals.model import ClientId
    from tui.services import Services
    from work.check_ins import GoalCheck

_LONGEST_WHY = 200
_ANSWERS = {Confidence.ON_TRACK: OnTrack, Confidence.RISK: AtRisk, Confidence.OFF: OffTrack}


@dataclass
class ChecksRead(Message):
    """The goals of all clients, with what was said of each."""

    goals: tuple[GoalCheck, ...]


class CheckInScreen(SectionScreen):
    """Asks how sure one is of each goal that needs an answer; begins with the client under the cursor."""

    AREA: ClassVar[Area | None] = Area.CHECK_IN
    BINDINGS: ClassVar[list[BindingType]] = list(bindings_of(Area.CHECK_IN))
    AUTO_FOCUS = "RowList"
    DEFAULT_CSS = """
    CheckInScreen {
        overflow: hidden;
        & #card { margin: 0; padding: 0 2; min-height: 7; }
        & RowList { border-top: solid $panel; }
        & #why { display: none; width: 1fr; padding: 0 2; }
        & #why.-asked { display: block; }
    }
    """

    def __init__(self, services: Services, client_id: ClientId | None) -> None:
        super().__init__(services, client_id)
        words = services.words
        self.goals: tuple[GoalCheck, ...] | None = None
        self.reading = Rereader(
            self, self._read_checks, group="checks", description="reading what needs an answer"
        )
        self.manager: str | None = None
        self.chosen: Confidence | None = None
        self._about = 0
        self._sent: set[int] = set()
        self.crumbs = Crumbs(words)
        self.card = Block(words, id="card")
        self.card.can_focus = False
        self.why = Input(id="why", compact=True, max_length=_LONGEST_WHY)
        self.list: RowList[CheckLine] = RowList(words, draw)
        self.rest = Said(words)

    def compose(self) -> ComposeResult:
        """The goal that is asked about, under it all that are."""
        yield self.crumbs
        yield self.card
        yield self.why
        yield self.list
        yield self.rest
        yield KeyBar(self.services.words, commands_of(Area.CHECK_IN, Area.EVERYWHERE))

    def watch_board(self, board: Board | None) -> None:
        """Something was written: read the answers again."""
        if board is not None:
            self.crumbs.demo = board.demo
            self._read()

    @on(Rewritten)
    def _read(self) -> None:
        self.reading.ask()

    def _read_checks(self) -> Message:
        services = self.services
        with services.open_reader() as reader:
            return ChecksRead(tuple(goal_checks(reader, reader.clients(), services.now())))

    @on(ChecksRead)
    def _take(self, message: ChecksRead) -> None:
        first = self.goals is None
        self.reading.taken()
        self.goals = message.goals
        self._sent.clear()
        self._show()
        if first and not self._begin_with(self.client_id):
            self._begin_with(None)

    def _begin_with(self, client_id: ClientId | None) -> bool:
        """Put the cursor on the first open goal, of a client if one is given; whether there is one."""
        for goal in self.asked():
            if said_today(goal) is None and client_id in {None, goal.client.id}:
                return self.list.move_to_key(goal.row.goal_id)
        return False

    def mine(self) -> list[GoalCheck]:
        """The goals of the manager that is looked at, else all."""
        goals = self.goals or ()
        if self.manager is None:
            return list(goals)
        return [goal for goal in goals if folded(goal.client.manager or "") == folded(self.manager)]

    def asked(self) -> list[GoalCheck]:
        """The goals that take part in today's questions."""
        return [goal for goal in self.mine() if is_asked(goal)]

    def current(self) -> GoalCheck | None:
        """The goal under the cursor."""
        row = self.list.current
        return next((goal for goal in self.asked() if row and goal.row.goal_id == row.key), None)

    def _show(self) -> None:
        words, asked = self.services.words, self.asked()
        self.list.show([line_of(words, goal) for goal in asked], self._nothing())
        answered = sum(said_today(goal) is not None for goal in asked)
        done = words.text("{n} of {total}", n=words.number(answered), total=words.number(len(asked)))
        parts = [
            words.text("Check-in"),
            *([self.manager] if self.manager else []),
            *([done] if asked else []),
        ]
        self.crumbs.parts = tuple(parts)
        self._describe()

    def _nothing(self) -> str:
        text = self.services.words.text
        if self.board is not None and not self.board.goal_count:
            return text("No goal yet: {key} adds one", key=first_key(self, NewGoal))
        return text("No goal needs an answer: {key} shows all goals", key=first_key(self, Overview))

    @on(RowList.Moved)
    def _moved(self) -> None:
        """The question why is about one goal: it ends where the cursor leaves it."""
        row = self.list.current
        if self.chosen is not None and (row is None or row.key != self._about):
            self._close_why()
        else:
            self._describe()

    def _describe(self) -> None:
        """Show the goal under the cursor, and what the rest is."""
        words, goal = self.services.words, self.current()
        self.card.display = goal is not None
        if goal is not None:
            self.card.show(partial(card_rows, words, goal, self.chosen, self._keys()))
        self.rest.said = tuple(self._rest())

    def _keys(self) -> AnswerKeys:
        keys = {answer: first_key(self, command) for answer, command in _ANSWERS.items()}
        return AnswerKeys(keys, first_key(self, Later))

    def _rest(self) -> list[tuple[str, str]]:
        words, asked, rest = self.services.words, self.asked(), to_confirm(self.mine())
        spans: list[tuple[str, str]] = []
        if asked and all(said_today(goal) is not None for goal in asked):
            spans.append((words.text("Every goal has its answer"), "good"))
        if rest:
            said = words.plural("{n} goal is on track", "{n} goals are on track", len(rest))
            key = first_key(self, ConfirmRest)
            spans += [
                (" · " if spans else "", "dim"),
                (f"{said}: ", ""),
                (f"{key} ", "key"),
                (words.text("confirms"), ""),
            ]
        elif self.goals:
            spans += [(" · " if spans else "", "dim"), (words.text("the rest is confirmed"), "dim")]
        return spans

    def selection(self) -> Selection:
        """The goal under the cursor."""
        goal = self.current()
        if goal is None:
            return Selection(self.client_id, None)
        return Selection(goal.client.id, row_of(self.board, goal.row.goal_id) or goal.row)

    def action_answer(self, confidence: str) -> None:
        """Choose how sure one is of the goal under the cursor (empty: as offered), then ask why."""
        goal = self.current()
        if goal is None:
            return
        said, self._about = said_today(goal), goal.row.goal_id
        self.chosen = Confidence(confidence) if confidence else said.confidence if said else goal.suggested
        self._describe()
        before = self._why_before(goal)
        words = self.services.words
        self.why.value = ""
        question = words.text("Why «{answer}»?", answer=confidence_word(words, self.chosen))
        keeps = words.text("Enter keeps: {why}", why=before) if before else words.text("in one line")
        if not before and self.chosen is Confidence.ON_TRACK:
            keeps = words.text("Enter leaves it empty")
        self.why.placeholder = f"{question} {keeps}"
        self.why.add_class("-asked")
        self.why.focus()

    def _why_before(self, goal: GoalCheck) -> str:
        """What was given as the reason of the same answer, today or the time before."""
        earlier = [said for said in goal.history if said.day != goal.today][-1:]
        today = [said for said in goal.history if said.day == goal.today]
        known = [said for said in (*today, *earlier) if not said.by_rule]
        return clean(next((said.why for said in known if said.confidence is self.chosen), ""))

    @on(Input.Submitted, "#why")
    def _answered(self) -> None:
        goal, chosen = self.current(), self.chosen
        if goal is None or chosen is None:
            return
        why = clean(self.why.value) or self._why_before(goal)
        if not why and chosen is not Confidence.ON_TRACK:
            self.writing.tell(self.services.words.text("Why? One line is enough"), severity="warning")
            return
        services = self.services
        said = said_of(goal, chosen, why, author=services.author, now=services.now())
        self.writing.change(telling(self, answer_change(services, goal, said)))
        self._sent.add(goal.row.goal_id)
        self._close_why()
        self._go_on()

    def _close_why(self) -> None:
        self.chosen = None
        self.why.remove_class("-asked")
        self.list.focus()
        self._describe()

    def _go_on(self) -> None:
        """To the next goal that waits for its answer."""
        open_goals = {g.row.goal_id for g in self.asked() if said_today(g) is None} - self._sent
        self.list.jump(lambda line: line.key in open_goals)

    @on(RowList.Opened)
    def _opened(self) -> None:
        self.action_answer("")

    def action_later(self) -> None:
        """Leave the goal under the cursor without an answer for now."""
        self._go_on()

    def action_confirm_rest(self) -> None:
        """Note that everything that is on track is on track."""
        rest, text = to_confirm(self.mine()), self.services.words.text
        if not rest:
            self.writing.tell(
                text("Nothing is left to confirm: {key} takes it back", key=first_key(self, Undo))
            )
            return
        self.writing.change(telling(self, confirm_change(self.services, rest)))

    def action_next_manager(self) -> None:
        """Only the clients of the next manager; after the last, all again."""
        known: dict[str, str] = {}
        for goal in self.goals or ():
            if goal.client.manager:
                known.setdefault(folded(goal.client.manager), goal.client.manager)
        every = [None, *(known[name] for name in sorted(known))]
        if len(every) == 1:
            key, text = first_key(self, NextManager), self.services.words.text
            self.writing.tell(text("No client has a manager, so {key} has nothing to choose from", key=key))
            return
        place = every.index(self.manager) if self.manager in every else 0
        self.manager = every[(place + 1) % len(every)]
        self._show()
        self._begin_with(None)

    def go_back(self) -> None:
        """Leave the question why, else the screen."""
        if self.chosen is not None:
            self._close_why()
        else:
            self.dismiss()
