"""The texts of the client screen."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from store.values import UnitStatus
from tui.cells import cell, fit
from tui.goal_texts import heading, post_line
from wording.freshness import read_phrase
from wording.goals import network_name
from wording.troubles import trouble_sentence

if TYPE_CHECKING:
    from goals.model import Account
    from tui.details import ClientDetail
    from wording.words import Words

_PLANNED_SHOWN = 20
_GOOD = frozenset({UnitStatus.OK, UnitStatus.PARTIAL})


def accounts_text(words: Words, detail: ClientDetail, now: datetime) -> Content:
    """Each account with the age of its figures, and its last trouble with the next step."""
    lines = [heading(words.text("Accounts"))]
    if not detail.accounts:
        lines.append(Content(words.text("none yet: smm account add LINK --client NAME")))
    for account in detail.accounts:
        lines += _account(words, account, detail, now)
    return Content("\n").join(lines)


def _account(words: Words, account: Account, detail: ClientDetail, now: datetime) -> list[Content]:
    unit, read_at = detail.units.get(account.id), detail.read_at.get(account.id)
    imported = detail.imported.get(account.id)
    fresh = read_phrase(words, account, read_at, now, imported=imported, today=detail.today)
    name = account.title or account.handle
    known = read_at is not None or imported is not None
    good = known and (unit is None or unit.status in _GOOD)
    lines = [
        Content.assemble(
            ("● " if good else "▲ ", "$text-success" if good else "$text-warning"),
            (fit(network_name(words, account.network), 10), ""),
            (fit(cell(name), 30), "bold"),
            (f"  {fresh}", "$text-muted"),
        )
    ]
    if unit is not None and unit.trouble is not None:
        trouble = unit.trouble
        told = trouble_sentence(words, trouble.kind, trouble.code, trouble.detail, trouble.facts)
        lines.append(Content.assemble((f"    {cell(told.message)}", "$text-warning")))
        lines.append(Content.assemble((f"    → {cell(told.next_step)}", "")))
    return lines


def planned_text(words: Words, detail: ClientDetail) -> Content:
    """What is planned for the next days."""
    lines = [heading(words.text("Planned for the next two weeks"))]
    if not detail.planned:
        lines.append(Content(words.text("nothing yet: + adds a post or a story")))
    lines += [post_line(words, post, detail.today) for post in detail.planned[:_PLANNED_SHOWN]]
    more = len(detail.planned) - _PLANNED_SHOWN
    if more > 0:
        lines.append(Content(words.plural("and {n} post more", "and {n} posts more", more)))
    return Content("\n").join(lines)


def days_off_text(words: Words, detail: ClientDetail) -> Content:
    """Days off to come."""
    if not detail.days_off:
        return Content("")
    lines = [heading(words.text("Days off"))]
    for off in detail.days_off:
        days = words.day(off.first, detail.today)
        if off.last != off.first:
            days += f" – {words.day(off.last, detail.today)}"
        lines.append(Content.assemble((fit(days, 16), "$text-muted"), (cell(off.reason), "")))
    return Content("\n").join(lines)
