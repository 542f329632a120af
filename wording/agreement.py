"""The agreement on one page, to be sent to the client for his yes: as Markdown and as plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from connectors.clean import TEXT_LIMIT, clean
from goals.agreement.lines import HOURS_TERM, term_of
from wording.agreements.conditions import conditions
from wording.agreements.lists import content_line, kpi_line, priority_line, topic_line
from wording.agreements.phrases import cleaned, day_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goals.agreement.terms import Agreement
    from goals.model import Client
    from wording.words import Words

#: What Markdown could take for its own inside a line, and at its beginning.
_MARKUP = re.compile(r"[\\`*_\[\]<>|]|~(?=~)|&(?=#?\w+;)|(?<!\S)#(?=#*(?:\s|$))")
_OPENING = re.compile(r"^(?:[-+=~]|\d+(?=[.)]))")
_SIGNATURE = "…" * 12


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its lines; `numbered` lines have an order."""

    title: str
    lines: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on the page, apart from how it is written: single lines have a label each."""

    title: str
    under: str
    parts: tuple[Part, ...]
    conditions_title: str
    conditions: tuple[tuple[str, str], ...]
    closing: str


def agreement_markdown(
    words: Words, client: Client, agreement: Agreement, decided: Mapping[str, str] | None = None
) -> str:
    """The page as Markdown; nothing that stands in a value can change its structure.

    Args:
        words: the language.
        client: whose agreement it is.
        agreement: the version.
        decided: what was decided about lines since, by term: it is told beside them.
    """
    page = _page(words, client, agreement, decided or {})
    lines = [f"# {_escaped(page.title)}", "", _escaped(page.under)]
    for part in page.parts:
        lines += ["", f"## {_escaped(part.title)}", ""]
        marks = [f"{n}." if part.numbered else "-" for n in range(1, len(part.lines) + 1)]
        lines += [f"{mark} {_escaped(line)}" for mark, line in zip(marks, part.lines, strict=True)]
    if page.conditions:
        lines += ["", f"## {_escaped(page.conditions_title)}", ""]
        lines += [f"- **{_escaped(label)}:** {_escaped(text)}" for label, text in page.conditions]
    return "\n".join([*lines, "", _escaped(page.closing), ""])


def agreement_text(
    words: Words, client: Client, agreement: Agreement, decided: Mapping[str, str] | None = None
) -> str:
    """The page as plain text, for a messenger; the arguments are those of `agreement_markdown`."""
    page = _page(words, client, agreement, decided or {})
    lines = [page.title, page.under]
    for part in page.parts:
        lines += ["", f"{part.title}:"]
        marks = [f"{n}." if part.numbered else "•" for n in range(1, len(part.lines) + 1)]
        lines += [f"{mark} {line}" for mark, line in zip(marks, part.lines, strict=True)]
    if page.conditions:
        lines += ["", f"{page.conditions_title}:"]
        lines += [f"• {label}: {text}" for label, text in page.conditions]
    return "\n".join([*lines, "", page.closing, ""])


def _page(words: Words, client: Client, agreement: Agreement, decided: Mapping[str, str]) -> Page:
    raw, terms = agreement.terms, cleaned(agreement.terms)

    def part(title: str, lines: tuple[Any, ...], safe: tuple[Any, ...], said: Any) -> Part:  # noqa: ANN401
        pairs = zip(lines, safe, strict=True)
        return Part(
            title, tuple(_with(said(words, each), decided.get(term_of(line))) for line, each in pairs)
        )

    parts = (
        part(
            words.text("What for, the most important first"), raw.priorities, terms.priorities, priority_line
        ),
        part(words.text("What content is about"), raw.topics, terms.topics, topic_line),
        part(words.text("Content"), raw.content, terms.content, content_line),
        part(words.text("Figures we look at"), raw.kpis, terms.kpis, kpi_line),
    )
    hours = decided.get(HOURS_TERM)
    return Page(
        title=words.text("Agreement: {client}", client=clean(client.name)),
        under=_under(words, client, agreement),
        parts=tuple(part for part in (replace(parts[0], numbered=True), *parts[1:]) if part.lines),
        conditions_title=words.text("How we work"),
        conditions=tuple(
            (label, _with(line, hours) if label == words.text("Hours") else line)
            for label, line in conditions(words, terms)
        ),
        closing=_closing(words, agreement),
    )


def _with(line: str, decided: str | None) -> str:
    """The line with what was decided about it since."""
    return f"{line} — {decided}" if decided else line


def _under(words: Words, client: Client, agreement: Agreement) -> str:
    made_on = agreement.made_at.astimezone(ZoneInfo(client.timezone)).date()
    version = words.text("Version {n} of {day}", n=agreement.version, day=day_text(words, made_on))
    reason = clean(agreement.reason, TEXT_LIMIT)
    return f"{version}: {reason}" if reason else version


def _closing(words: Words, agreement: Agreement) -> str:
    if agreement.acceptance is None:
        return words.text("Agreed (name, day): {line}", line=_SIGNATURE)
    day = day_text(words, agreement.acceptance.on)
    return words.text("Agreed: {name}, {day}", name=clean(agreement.acceptance.by), day=day)


def _escaped(line: str) -> str:
    """The line as Markdown shows it letter by letter."""
    escaped = _MARKUP.sub(r"\\\g<0>", line)
    opening = _OPENING.match(escaped)
    if opening is None:
        return escaped
    end = opening.end()
    return f"\\{escaped}" if not escaped[0].isdigit() else f"{escaped[:end]}\\{escaped[end:]}"
