"""The lines of the agreement screen, block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from goals.agreement.diff import diff
from goals.agreement.terms import Terms, lacking
from tui.drawing.cells import cell, fit
from tui.widgets.block import Row, folded
from wording.agreement import agreement_text
from wording.agreements.fields import field_text, section_text
from work.agreement_change import change_text

if TYPE_CHECKING:
    from goals.agreement.terms import Agreement
    from tui.agreement.details import AgreementDetail
    from wording.words import Words


def page_text(words: Words, detail: AgreementDetail, agreement: Agreement) -> str:
    """The page for the client, as it is sent in a messenger."""
    decided = detail.decided if agreement is detail.holding else None
    return agreement_text(words, detail.client, agreement, decided).rstrip("\n")


def page_rows(words: Words, detail: AgreementDetail, agreement: Agreement, width: int) -> list[Row]:
    """The whole agreement, line by line; under it what it still lacks."""
    rows: list[Row] = []
    for line in page_text(words, detail, agreement).split("\n")[3:]:
        rows += _page_line(line, width, len(rows))
    empty = lacking(agreement.terms)
    if empty:
        rows += [Row((("", ""),)), Row(((words.text("Not said yet"), "trouble"),), "lacking")]
        for path in empty:
            said = fit(f"· {field_text(words, path)}", width).rstrip()
            rows.append(Row(((said, "dim"),), path))
    return rows


def _page_line(line: str, width: int, place: int) -> list[Row]:
    """A heading, or a line with its mark; what is too long goes on under itself."""
    if not line:
        return [Row((("", ""),))]
    mark, _, rest = line.partition(" ")
    if mark == "•" or mark.rstrip(".").isdigit():
        label, colon, text = rest.partition(": ") if mark == "•" else ("", "", rest)
        lines = folded(cell(rest), width - len(mark) - 1)
        first = lines[0]
        head = label + colon if colon and first.startswith(label + colon) and len(label) < 24 else ""
        spans = ((f"{mark} ", "key" if mark != "•" else "dim"), (head, "dim"), (first[len(head) :], ""))
        indent = " " * (len(mark) + 1)
        return [
            Row(spans, f"line:{place}"),
            *(Row(((indent + more, ""),)) for more in lines[1:] if text or more),
        ]
    is_heading = line.endswith(":")
    return [
        Row(((more, "strong" if is_heading else "dim"),), None if is_heading else f"line:{place}:{number}")
        for number, more in enumerate(folded(cell(line), width))
    ]


def version_note(words: Words, agreement: Agreement, detail: AgreementDetail) -> str:
    """Which version is shown, and whether it holds."""
    if agreement is detail.holding:
        state = words.text("in force") if agreement.acceptance else words.text("no yes yet")
    elif agreement is detail.agreements[-1]:
        state = words.text("waits for a yes")
    else:
        state = words.text("an earlier one")
    return words.text("version {n}, {state}", n=agreement.version, state=state)


def version_rows(words: Words, detail: AgreementDetail, width: int) -> list[Row]:
    """Each version, the newest first: when, who made it, why, the yes, and what it changed."""
    zone, today = ZoneInfo(detail.client.timezone), detail.today
    rows: list[Row] = []
    for place in range(len(detail.agreements) - 1, -1, -1):
        agreement = detail.agreements[place]
        made = words.day(agreement.made_at.astimezone(zone).date(), today)
        yes = agreement.acceptance
        sign, ink = ("✓", "good") if yes else ("◌", "calm")
        said = f"{made}  {cell(agreement.author)}"
        if agreement.reason:
            said += f": {cell(agreement.reason)}"
        number = f"{agreement.version:>2} "
        rows.append(
            Row(
                ((f"{sign}{number}", ink), (fit(said, max(8, width - 4)).rstrip(), "")),
                agreement.version,
            )
        )
        agreed = (
            words.text("yes: {name}, {day}", name=cell(yes.by), day=words.day(yes.on, today))
            if yes
            else words.text("no yes yet: y notes it")
        )
        rows.append(Row(((f"    {fit(agreed, width - 4).rstrip()}", "good" if yes else "calm"),)))
        before = detail.agreements[place - 1].terms if place else Terms()
        changed = _changed(words, before, agreement.terms) if place else ""
        rows += [Row(((f"    {line}", "dim"),)) for line in folded(changed, width - 4) if changed]
    return rows


def _changed(words: Words, before: Terms, after: Terms) -> str:
    """The parts that a version changed, in a few words."""
    names = dict.fromkeys(
        section_text(words, change.section).partition(":")[0] for change in diff(before, after)
    )
    listed = ", ".join(name[:1].lower() + name[1:] for name in names)
    return words.text("changed: {parts}", parts=listed) if listed else words.text("nothing changed")


def waiting_rows(words: Words, detail: AgreementDetail, width: int) -> list[Row]:
    """What the newest version changes, as long as it waits for a yes."""
    if detail.waiting is None:
        return []
    return draft_rows(change_text(words, detail.waiting), width)


def draft_rows(draft: str, width: int) -> list[Row]:
    """A draft for the client's yes in lines; headings stand out."""
    rows: list[Row] = []
    for number, line in enumerate(draft.split("\n")):
        is_heading = line.endswith(":") and not line.startswith("•")
        for place, more in enumerate(folded(cell(line), width - 2)):
            text = more if not place else f"  {more}"
            rows.append(Row(((text, "strong" if is_heading else ""),), f"{number}:{place}" if more else None))
    return rows
