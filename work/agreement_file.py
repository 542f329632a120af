"""The agreement as a commented TOML text, for an editor: written from any terms, read with all problems."""

from __future__ import annotations

import re
from datetime import date
from textwrap import wrap
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from connectors.clean import clean
from goals.agreement.checks import contradictions
from goals.agreement.lines import term_of
from goals.agreement.plain import from_plain, to_plain
from goals.agreement.schema import SECTIONS, Field, Section, Type
from goals.agreement.terms import Terms, is_needed
from wording.agreements.fields import field_text, questions, section_text
from wording.agreements.problems import problem_text
from wording.goals import NETWORKS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from wording.words import Words

#: Signs that are no letters but stand in ordinary texts: hard spaces, and what joins an emoji.
_RAW = frozenset("\u00a0\u202f\u200d")
#: The networks that have a name of their own and a place for content.
OWN_NETWORKS = tuple(name for name in NETWORKS if name not in {"metrika", "manual"})
#: What stands in a comment where nothing is said yet, so that the form is seen.
_EXAMPLES: Mapping[str, object] = {
    "dates.notice_days": 14,
    "accounts.address": "https://vk.com/…",
    "accounts.followers": 4812,
    "priorities.text": "…",
    "topics.topic": "…",
    "topics.amount": 12,
    "topics.period": "month",
    "content.amount": 3,
    "content.period": "week",
    "materials.what": "…",
    "materials.by_day": 25,
    "approval.plan_day": 25,
    "approval.reply_days": 2,
    "approval.rounds": 2,
    "replies.minutes": 30,
    "replies.end_time": "20:00",
    "hours.month": 30,
    "hours.end_time": "19:00",
    "hours.days_off": ["sat", "sun"],
    "ads.budget": 10000,
    "kpis.kind": "gain",
    "kpis.baseline": 4812,
    "kpis.amount": 300,
    "kpis.period": "month",
    "report.day": 3,
    "report.call_day": 5,
    "report.call_minutes": 30,
    "payment.amount": 40000,
    "payment.day": 5,
}
#: Left out of the example of a line, which has an amount already.
_INSTEAD_OF_AMOUNT = "topics.share"
#: How long a line of explanations may be, in characters.
_WIDTH = 110
_BY_TYPE: Mapping[Type, object] = {
    Type.TEXT: "",
    Type.TEXTS: [],
    Type.WHOLE: 1,
    Type.YES_NO: True,
    Type.DAY: date(2026, 12, 31),
    Type.DAYS: [date(2026, 12, 12)],
    Type.CLOCK: "10:00",
    Type.NETWORK: "vk",
}


def write_agreement(
    terms: Terms, client: str, words: Words, decided: Mapping[str, str] = MappingProxyType({})
) -> str:
    """The file for an editor; what was not said stands in comments with an example.

    `decided` is what was decided about lines since, in words by term: it stands in comments at its line.
    """
    text = words.text
    lines = [
        "# " + text("The agreement with: {client}", client=clean(client)),
        "# " + text("Keys and words like vk, post, week stay English, texts are free. * cannot stay empty."),
        "# " + text("What is not agreed stays empty or behind a # sign."),
    ]
    plain = to_plain(terms)
    notes = {term: list(_note(words, said)) for term, said in decided.items()}
    for section in SECTIONS:
        star = " *" if is_needed(section.name) else ""
        lines += ["", f"# === {section_text(words, section.name)}{star}"]
        if section.many:
            at = [notes.get(term_of(line), []) for line in getattr(terms, section.name)]
            lines += _list_lines(section, plain.get(section.name), words, at)
        else:
            lines += notes.get(section.name, [])  # the term of the hours is the name of their table
            lines += _table_lines(section, plain.get(section.name), words)
    return "\n".join(lines) + "\n"


def _note(words: Words, decided: str) -> Iterator[str]:
    """What was decided about a line since, as a comment."""
    said = words.text("Decided since: {decided}.", decided=clean(decided))
    step = words.text("Here stands what was agreed before: change it if the decision is to last.")
    return _commented(f"{said} {step}", "# ! ", "# ! ")


def _commented(text: str, first: str, further: str) -> Iterator[str]:
    yield from wrap(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=further,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _table_lines(section: Section, table: Mapping[str, object] | None, words: Words) -> Iterator[str]:
    """`[table]` and its keys, each under a comment that says what it is."""
    said = table or {}
    yield f"[{section.name}]"
    for field in section.fields:
        yield "# " + _explained(section, field, words)
        if field.name in said:
            yield f"{field.name} = {_value(said[field.name])}"
        elif field.type is Type.TEXT:
            yield f'{field.name} = ""'
        else:
            yield f"# {field.name} = {_value(_example(section, field, words))}"


def _list_lines(
    section: Section, lines: list[Mapping[str, object]] | None, words: Words, notes: Iterable[list[str]]
) -> Iterator[str]:
    """What the keys are, once; then `[[table]]` for each line with its notes, or an example in comments."""
    width = max(map(len, section.keys))
    for field in section.fields:
        first, further = f"#   {field.name:<{width}}  ", f"#{'':<{width + 5}}"
        yield from _commented(_explained(section, field, words), first, further)
    for line, note in zip(lines or (), notes, strict=True):
        yield from note
        yield f"[[{section.name}]]"
        yield from (f"{key} = {_value(value)}" for key, value in line.items())
    if not lines:
        yield f"# [[{section.name}]]"
        for field in section.fields:
            if f"{section.name}.{field.name}" == _INSTEAD_OF_AMOUNT:
                continue
            yield f"# {field.name} = {_value(_example(section, field, words))}"


def _explained(section: Section, field: Field, words: Words) -> str:
    path = f"{section.name}.{field.name}"
    star = " *" if field.needed or is_needed(path) else ""
    choices = OWN_NETWORKS if field.type is Type.NETWORK else field.choices
    return field_text(words, path) + star + (f" ({', '.join(choices)})" if choices else "")


def _example(section: Section, field: Field, words: Words) -> object:
    path = f"{section.name}.{field.name}"
    if path == "report.questions":
        return list(questions(words))
    if path in _EXAMPLES:
        return _EXAMPLES[path]
    return field.choices[0] if field.choices else _BY_TYPE[field.type]


def _value(value: object) -> str:
    """A plain value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(_value(item) for item in value)}]"
    if isinstance(value, date):
        return value.isoformat()
    return _quoted(value) if isinstance(value, str) else repr(value)


def _quoted(text: str) -> str:
    return '"' + "".join(map(_written, text)) + '"'


def _written(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char == "\n":
        return "\\n"
    return char if char.isprintable() or char in _RAW else f"\\U{ord(char):08x}"


class TextProblem(NamedTuple):
    """One mistake in the text: the path of the value (empty: none), and what is expected there."""

    path: str
    text: str


def read_tree(
    tree: Mapping[str, object], words: Words, networks: Collection[str]
) -> Terms | list[TextProblem]:
    """Read parsed TOML: the terms, or every problem with its path, in the order of the text's sections.

    Args:
        tree: what the text says.
        words: the language of the problems.
        networks: the networks that may be named: `OWN_NETWORKS`, and those of plug-ins.
    """
    found = from_plain(tree, networks)
    if isinstance(found, Terms):
        return found
    place = {section.name: index for index, section in enumerate(SECTIONS)}
    ordered = sorted(found, key=lambda problem: place.get(_section_of(problem.path), -1))
    return [
        TextProblem(clean(problem.path), problem_text(words, problem.code, problem.facts))
        for problem in ordered
    ]


def typed_problems(
    terms: Terms, words: Words, written: date | None, today: date | None = None
) -> list[TextProblem]:
    """What lines that can each be read cannot mean together (see `goals.agreement.checks.contradictions`)."""
    return [
        TextProblem(each.path, problem_text(words, each.code, each.facts))
        for each in contradictions(terms, written, today)
    ]


def _section_of(path: str) -> str:
    return re.split(r"[.\[]", path, maxsplit=1)[0]


def line_of(text: str, path: str) -> int | None:
    """The line, from 0, on which the value of a problem stands, or else its table; None for neither."""
    name, index, key = _parts(path)
    head = re.compile(rf"\s*\[\[?\s*{re.escape(name)}\s*\]\]?")
    tables = [number for number, line in enumerate(text.splitlines()) if head.match(line)]
    if index >= len(tables):
        return None
    start = tables[index]
    for number, line in enumerate(text.splitlines()[start + 1 :], start + 1):
        if re.match(r"\s*\[", line):
            break
        if key and re.match(rf'\s*"?{re.escape(key)}"?\s*=', line):
            return number
    return start


def _parts(path: str) -> tuple[str, int, str]:
    """`content[2].amount` -> content, 2, amount; a table is the first of its name."""
    found = re.match(r"([^.\[]*)(?:\[(\d+)\])?(?:\.([^.\[]*))?", path)
    if found is None:
        return path, 0, ""
    return found[1], int(found[2] or 0), (found[3] or "").strip('"')
