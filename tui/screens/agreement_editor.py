"""The editor of an agreement: all of it as a commented text, every problem beside it while one types."""

from __future__ import annotations

import re
import tomllib
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import TextArea

from goals.agreement.terms import Terms
from tui.commands.command import Area, bindings_of
from tui.commands.everywhere import Help
from tui.commands.form import Cancel, NextField, Save
from tui.drawing.cells import cell
from tui.keyed import first_key
from tui.screens.agreement_forms import SaveForm
from tui.widgets.block import Block, Row, folded
from tui.widgets.heads import Crumbs, KeyBar
from work.agreement_file import OWN_NETWORKS, line_of, read_tree, typed_problems, write_agreement
from work.agreements import written_first

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult

    from tui.agreement.details import AgreementDetail
    from tui.changes import Done
    from tui.services import Services
    from wording.words import Words

#: How long nobody types before the text is looked through, in seconds.
_PAUSE = 0.2
#: Where the parser of TOML says that it stopped.
_AT = re.compile(r"\(at line (\d+), column \d+\)")


class Problem(NamedTuple):
    """A mistake: its line in the text (from 0, None: none), where, and what is expected."""

    line: int | None
    path: str
    text: str


def read_text(
    words: Words,
    text: str,
    networks: tuple[str, ...] = OWN_NETWORKS,
    written: date | None = None,
    today: date | None = None,
) -> Terms | list[Problem]:
    """Read the text of the editor: the terms, or every problem with its line.

    `written` is the day of the first version: what names no start is about no day before it. `today` tells
    which days nobody can mean.
    """
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT.search(str(error))
        line = int(found[1]) - 1 if found else max(0, len(text.splitlines()) - 1)
        said = words.text("this is no TOML: a text stands in quotes, a list in [ ]")
        return [Problem(line, "", said)]
    except (ValueError, RecursionError):  # what Python itself does not take: endless digits, endless nesting
        return [Problem(None, "", words.text("this cannot be read: a number or a nesting without end"))]
    read = read_tree(tree, words, networks)
    wrong = typed_problems(read, words, written, today) if isinstance(read, Terms) else read
    if isinstance(read, Terms) and not wrong:
        return read
    problems = [Problem(line_of(text, each.path), each.path, each.text) for each in wrong]
    return sorted(problems, key=lambda each: -1 if each.line is None else each.line)


class AgreementEditor(Screen["Done | None"]):
    """A text with its problems; saving asks why, and makes a new version. Gives back what was done."""

    AREA: ClassVar[Area] = Area.FORM
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Area.FORM), Help.binding()]
    AUTO_FOCUS = "TextArea"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 - declared so by Textual
    DEFAULT_CSS = """
    AgreementEditor {
        & #editor { layout: vertical; height: 1fr; }
        & TextArea, & TextArea:focus { height: 1fr; width: 1fr; border: none; padding: 0; }
        & #problems { max-height: 8; margin: 0; background: $surface; }
        &.-wide #editor { layout: horizontal; }
        &.-wide #problems { width: 44; max-height: 100%; height: 1fr; }
    }
    """

    def __init__(self, services: Services, detail: AgreementDetail) -> None:
        super().__init__()
        words = services.words
        self.services = services
        self.detail = detail
        self.text = write_agreement(detail.newest, detail.client.name, words, detail.decided_newest)
        self.written = written_first(detail.agreements, detail.client, detail.today)
        self.crumbs = Crumbs(words)
        self.area = TextArea(self.text, show_line_numbers=True, id="text")
        self.problems = Block(words, id="problems")
        self.found: Terms | list[Problem] = detail.newest
        self._leaving = False

    def compose(self) -> ComposeResult:
        """The text, its problems, the keys."""
        yield self.crumbs
        with Vertical(id="editor"):
            yield self.area
            yield self.problems
        yield KeyBar(self.services.words, (Save, NextField, Cancel))

    def on_mount(self) -> None:
        """Name the place and look the text through."""
        text = self.services.words.text
        self.crumbs.parts = (self.detail.client.name, text("Agreement"), text("a new version"))
        self._check()

    @on(TextArea.Changed)
    def _typed(self) -> None:
        self._leaving = False
        self.set_timer(_PAUSE, self._check)

    def _check(self) -> None:
        self.found = read_text(
            self.services.words, self.area.text, self.detail.networks, self.written, self.detail.today
        )
        problems = self.found if isinstance(self.found, list) else []
        title = self.services.words.text("Problems: {n}", n=len(problems))
        self.problems.title = title if problems else ""
        self.problems.show(partial(_problem_rows, self.services.words, problems, first_key(self, Save)))

    @on(Block.Opened)
    def _jump(self, message: Block.Opened) -> None:
        problems = self.found if isinstance(self.found, list) else []
        place = message.key if isinstance(message.key, int) else 0
        if place < len(problems):
            self._go_to(problems[place])

    @on(Block.Left)
    def _back_to_text(self) -> None:
        self.area.focus()

    def _go_to(self, problem: Problem) -> None:
        self.area.focus()
        if problem.line is not None:
            self.area.move_cursor((problem.line, 0), center=True)

    def action_save(self) -> None:
        """Ask why, where nothing is wrong; else go to the first problem."""
        self._check()
        text = self.services.words.text
        if not isinstance(self.found, Terms):
            self.notify(text("Nothing is saved yet: mend what is told beside the text"), markup=False)
            self._go_to(self.found[0])
        elif self.found == self.detail.newest and self.detail.agreements:
            self.notify(text("Nothing has changed"), markup=False)
        else:
            self.app.push_screen(SaveForm(self.services, self.detail, self.found), self._saved)

    def _saved(self, done: Done | None) -> None:
        if done is not None:
            self.dismiss(done)

    def action_next_field(self) -> None:
        """From the text to its problems, and back."""
        self.focus_next()

    def action_previous_field(self) -> None:
        """The same the other way round."""
        self.focus_previous()

    def action_cancel(self) -> None:
        """Leave; where something was typed, only when asked twice."""
        if self.area.text == self.text or self._leaving:
            self.dismiss(None)
            return
        self._leaving = True
        said = self.services.words.text(
            "The text is not saved: {leave} again leaves it, {save} saves it",
            leave=first_key(self, Cancel),
            save=first_key(self, Save),
        )
        self.notify(said, severity="warning", markup=False)


def _problem_rows(words: Words, problems: list[Problem], save_key: str, width: int) -> list[Row]:
    """Each problem with its line; or that there is none."""
    if not problems:
        said = words.text("nothing is wrong: {key} saves a new version", key=save_key)
        first, *rest = folded(said, width - 2)
        return [Row((("✓ ", "good"), (first, ""))), *(Row(((f"  {line}", ""),)) for line in rest)]
    rows: list[Row] = []
    for place, problem in enumerate(problems):
        where = "" if problem.line is None else words.text("line {n}", n=problem.line + 1)
        head = " ".join(part for part in (where, cell(problem.path)) if part)
        lines = folded(f"{head}: {cell(problem.text)}" if head else cell(problem.text), width - 2)
        rows.append(Row((("▲ ", "bad"), (lines[0], "")), place))
        rows += [Row(((f"  {line}", ""),)) for line in lines[1:]]
    return rows
