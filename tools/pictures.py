"""`python -m tools.pictures`: draw the pictures of the docs anew, from the demo store at a frozen hour.

The program is opened without a terminal on the fictional clients of `smm demo`, walked to each screen and
saved as SVG into docs/pictures. Nothing outside is asked: the clock stands, nothing moves, and a picture
names no font that would have to be fetched. Names may be given: `python -m tools.pictures goal today`.
"""

from __future__ import annotations

import argparse
import asyncio
import html
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from goals.model import ClientId, GoalId

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tui.app import SmmApp
    from tui.services import ExitState

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
#: Monday morning, 9 o'clock in Moscow: what SMM_NOW=2026-11-23T09:00+03:00 says.
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
SIZE = (100, 30)
#: The largest picture that a page should have to load, in bytes.
MOST_BYTES = 150_000
#: Terminal fonts of the usual systems; the picture itself brings none.
_FONTS = 'ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace'
#: The client and the goal of the demo store that are shown: a coffee shop, and its 300 followers.
_CLIENT, _GOAL = ClientId(1), GoalId(3)
_LINES = {
    "ru": "+300 подписчиков в ВК до 20 декабря, чтобы продать новогодние наборы",
    "en": "+300 followers in VK until 2026-12-20 to sell the gift boxes",
}

#: A cell's width, a blank, and a piece of text, as Rich writes them into a picture.
_CELL, _BLANK = 12.2, "&#160;"
_TEXT = re.compile(
    r'(?P<start><text class="[^"]*" )x="(?P<x>[\d.]+)" (?P<y>y="[\d.]+") '
    r'textLength="[\d.]+"(?P<end>[^>]*>)(?P<body>[^<]*)</text>'
)

Walk = Callable[["SmmApp", "Pilot[ExitState]"], Awaitable[None]]


async def _nowhere(app: SmmApp, pilot: Pilot[ExitState]) -> None:
    """What the program opens with."""


def _key(*keys: str) -> Walk:
    async def walk(app: SmmApp, pilot: Pilot[ExitState]) -> None:
        await _client(app, pilot)
        await pilot.press(*keys)

    return walk


async def _client(app: SmmApp, pilot: Pilot[ExitState]) -> None:
    from tests.support.dashboard import until
    from tui.screens.client import ClientScreen
    from tui.screens.work import OpenClient

    app.post_message(OpenClient(_CLIENT))
    await until(pilot, lambda: isinstance(app.screen, ClientScreen))
    await _steady(app, pilot)


async def _goal(app: SmmApp, pilot: Pilot[ExitState]) -> None:
    from tests.support.dashboard import until
    from tui.screens.goal import GoalScreen
    from tui.screens.work import OpenGoal

    app.post_message(OpenGoal(_GOAL))
    await until(pilot, lambda: isinstance(app.screen, GoalScreen))


async def _editor(app: SmmApp, pilot: Pilot[ExitState]) -> None:
    from tests.support.dashboard import until
    from tui.screens.goal_editor import GoalEditor

    await _client(app, pilot)
    await pilot.press("n")
    await until(pilot, lambda: isinstance(app.screen, GoalEditor))
    editor = app.screen
    if not isinstance(editor, GoalEditor):
        raise TypeError(f"not the goal editor: {editor}")
    editor.line.cursor_blink = False
    editor.line.value = _LINES[app.services.words.lang]
    editor.line.cursor_position = len(editor.line.value)
    await until(pilot, lambda: bool(editor.goals))


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its file's name without the ending, the language, and the way to the screen."""

    name: str
    walk: Walk
    lang: str = "ru"
    empty: bool = False

    @property
    def path(self) -> Path:
        """Its file."""
        return FOLDER / f"{self.name}.svg"


PICTURES: tuple[Picture, ...] = (
    Picture("overview", _nowhere),
    Picture("client", _client),
    Picture("goal", _goal),
    Picture("goal-editor", _editor),
    Picture("today", _key("1")),
    Picture("warnings", _key("3")),
    Picture("agreement", _key("5")),
    Picture("posts", _key("4")),
    Picture("welcome", _nowhere, empty=True),
    Picture("overview.en", _nowhere, "en"),
    Picture("goal-editor.en", _editor, "en"),
)


def main(argv: list[str] | None = None) -> int:
    """Draw the pictures that `argv` names, all where it names none, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.pictures", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these pictures")
    names = parser.parse_args(argv).names
    unknown = sorted(set(names) - {picture.name for picture in PICTURES})
    if unknown:
        known = ", ".join(picture.name for picture in PICTURES)
        print(f"There is no picture named {', '.join(unknown)}. There are: {known}", file=sys.stderr)
        return 2
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    os.environ.pop("NO_COLOR", None)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="smm-pictures-") as folder:
        drawn = asyncio.run(
            _draw_all([one for one in PICTURES if not names or one.name in names], Path(folder))
        )
    for picture, svg in drawn:
        picture.path.write_text(svg, encoding="utf-8")
        print(f"{picture.path}: {len(svg.encode()) // 1000} KB")
    large = [picture.name for picture, svg in drawn if len(svg.encode()) > MOST_BYTES]
    if large:
        print(f"Larger than {MOST_BYTES // 1000} KB: {', '.join(large)}", file=sys.stderr)
    return 1 if large else 0


async def _draw_all(pictures: list[Picture], folder: Path) -> list[tuple[Picture, str]]:
    from cli.demo.files import create_demo
    from store.opening import prepare

    demo, empty = folder / "demo.db", folder / "empty.db"
    create_demo(demo, NOW)
    prepare(empty)
    drawn = []
    for picture in pictures:
        store = folder / picture.name / "smm.db"
        store.parent.mkdir()
        shutil.copyfile(empty if picture.empty else demo, store)
        drawn.append((picture, await draw(picture, store)))
    return drawn


async def draw(picture: Picture, store: Path) -> str:
    """The picture, of the store at `store`, as SVG."""
    from tests.support.dashboard import services_on, until
    from tui.app import SmmApp

    app = SmmApp(replace(services_on(store, picture.lang), author="Анна", now=lambda: NOW))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: app.feed.is_watching)
        await _steady(app, pilot)
        await picture.walk(app, pilot)
        await _steady(app, pilot)
        return plain(app.export_screenshot(title="smm"))


async def _steady(app: SmmApp, pilot: Pilot[ExitState]) -> None:
    """Let the app work until nothing on the screen changes any more."""
    from tests.support.dashboard import screen_text

    before = ""
    while (now := screen_text(app)) != before:
        before = now
        await app.workers.wait_for_complete()
        await pilot.pause(0.4)


def plain(svg: str) -> str:
    """The picture without fonts from elsewhere and without spaces at the ends of lines."""
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = svg.replace("font-family: Fira Code, monospace;", f"font-family: {_FONTS};")
    svg = _TEXT.sub(_apart, svg)
    return "\n".join(line.rstrip() for line in svg.splitlines() if line.strip()) + "\n"


def _apart(found: re.Match[str]) -> str:
    """A piece of text, each run of words where it stands: not every viewer keeps the blanks between."""
    from rich.cells import cell_len

    x, pieces = float(found["x"]), []
    for part in re.split(f"((?:{_BLANK}){{2,}}|^{_BLANK}|{_BLANK}$)", found["body"]):
        width = cell_len(html.unescape(part)) * _CELL
        if part.replace(_BLANK, ""):
            place = f'x="{x:g}" {found["y"]} textLength="{width:g}"'
            pieces.append(f"{found['start']}{place}{found['end']}{part}</text>")
        x += width
    return "".join(pieces)


if __name__ == "__main__":
    sys.exit(main())
