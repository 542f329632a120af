"""The key tables of docs/dashboard.md and docs/dashboard.ru.md, made from the commands.

`python -m tui.keytable` writes them into the two pages, between the two marks.
"""

from __future__ import annotations

from pathlib import Path

from tui.commands.command import AREA_TITLES, Area, commands_of
from tui.keys import shown, twin
from wording.words import Words, mark

DOCS = Path(__file__).parent.parent / "docs"
PAGES = {"en": "dashboard.md", "ru": "dashboard.ru.md"}
BEGIN, END = "<!-- keys: python -m tui.keytable -->", "<!-- /keys -->"
_HEADS = (mark("key"), mark("in the Russian layout"), mark("what it does"), mark("id"))


def table(words: Words) -> str:
    """All commands by area, as Markdown."""
    heads = [words.text(each) for each in _HEADS]
    parts: list[str] = []
    for area in Area:
        commands = commands_of(area)
        if not commands:
            continue
        parts += [
            f"### {words.text(AREA_TITLES[area])}",
            "",
            "| {} | {} | {} | {} |".format(*heads),
            "|---|---|---|---|",
        ]
        for command in commands:
            keys = " ".join(f"`{shown(key)}`" for key in command.keys)
            twins = " ".join(f"`{other}`" for key in command.keys if (other := twin(key)))
            what = f"**{words.text(command.title)}.** {words.text(command.help)}"
            parts.append(f"| {keys} | {twins} | {what} | `{command.id}` |")
        parts.append("")
    return "\n".join(parts).rstrip()


def with_table(page: str, words: Words) -> str:
    """A page with its table made anew."""
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n{table(words)}\n{END}{tail}"


def main() -> None:
    """Write the tables into the pages."""
    for lang, name in PAGES.items():
        path = DOCS / name
        path.write_text(with_table(path.read_text("utf-8"), Words(lang)), "utf-8")


if __name__ == "__main__":
    main()
