"""What goes over between priorities, in words: what is taken off, what is added, how many hours that is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from connectors.clean import TEXT_LIMIT, clean
from goals.agreement.terms import CONTENT_METRICS
from goals.model import PostKind
from wording.agreements.phrases import days_span, percent_text
from wording.content import post_kind_word
from wording.goals import PERIODS, counted, network_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goals.agreement.shift import Lot, Move, Shift
    from wording.words import Words


def off_text(words: Words, move: Move) -> str:
    """«Старая партия: 5 постов (было 12, вышло 3, остаётся 7)»."""
    off = move.off
    parts = [words.text("was {n}", n=_figure(words, off, off.amount))]
    if off.done is not None:
        parts.append(words.text("came out {n}", n=words.number(off.done)))
    parts.append(words.text("leaves {n}", n=_figure(words, off, off.amount - move.amount)))
    return f"{_amount(words, off, move.amount)} ({', '.join(parts)})"


def on_text(words: Words, move: Move) -> str:
    """«Дегустации: 5 постов до 31 декабря 2026», or with «было 4, станет 9» where there were some."""
    on = move.on
    if not on.amount:
        said = _amount(words, on, move.amount)
        return f"{said} {days_span(words, None, on.until)}" if on.until else said
    said = _amount(words, on, move.amount, more=True)
    before, after = (_figure(words, on, amount) for amount in (on.amount, on.amount + move.amount))
    return words.text("{amount} (was {before}, becomes {after})", amount=said, before=before, after=after)


def nothing_texts(words: Words, shift: Shift) -> list[str]:
    """Why nothing is taken off or added, where that is so; what has another rhythm is always named."""
    found = [
        words.text("No line and no goal says how much content serves «{name}»", name=clean(name, TEXT_LIMIT))
        for name in shift.bare
    ]
    found += [
        words.text("{amount}: another rhythm, say yourself how much goes over", amount=_whole(words, lot))
        for lot in shift.unmoved
    ]
    found += [
        words.text(
            "«{name}» is told by figures: there is nothing to swap in topics", name=clean(name, TEXT_LIMIT)
        )
        for name in shift.figures
    ]
    if shift.lost and not (found or shift.moves):
        found.append(words.text("The amounts stand in the new order already: nothing to take off or to add"))
    return found


def hours_text(words: Words, shift: Shift, each: float | None) -> str:
    """«По часам: снимаем ≈ 6, добавляем ≈ 6 (1,2 часа на публикацию)»; empty where no pieces move."""
    pieces = sum(move.a_month for move in shift.moves)
    if not pieces:
        return ""
    if each is None:
        return words.text("How many hours that is cannot be reckoned: neither agreed nor logged")
    hours = words.number(pieces * each)
    return words.text(
        "In hours a month: ≈ {hours} off, ≈ {hours} on ({each} h a piece of content)",
        hours=hours,
        each=words.number(each, 1),
    )


def uneven_texts(
    words: Words, found: Mapping[date | None, tuple[float, float]], each: float | None
) -> list[str]:
    """«В целях до 30 ноября 2026: публикаций снимаем 6 (≈ 9 ч), добавляем 8 (≈ 12 ч)», by the last day."""

    def pieces_text(pieces: float) -> str:
        said = words.number(pieces, 1)
        hours = words.text("≈ {hours} h", hours=words.number(pieces * each, 1)) if each and pieces else ""
        return f"{said} ({hours})" if hours else said

    return [
        words.text(
            "In the goals {days}: {off} posts off, {on} on",
            days=days_span(words, None, last) or words.text("with no last day"),
            off=pieces_text(off),
            on=pieces_text(on),
        )
        for last, (off, on) in sorted(found.items(), key=lambda pair: pair[0] or date.max)
    ]


def more_hours_text(words: Words, pieces: float, each: float | None) -> str:
    """«По часам: добавляем ≈ 6 в месяц (1,2 часа на публикацию)»; empty where nothing tells it."""
    if each is None or not round(pieces, 6):
        return ""
    hours, one = words.number(abs(pieces) * each, 1), words.number(each, 1)
    if pieces > 0:
        return words.text(
            "In hours a month: ≈ {hours} on ({each} h a piece of content)", hours=hours, each=one
        )
    return words.text("In hours a month: ≈ {hours} off ({each} h a piece of content)", hours=hours, each=one)


def _whole(words: Words, lot: Lot) -> str:
    return _amount(words, lot, lot.amount)


def _amount(words: Words, lot: Lot, amount: float, *, more: bool = False) -> str:
    """So much of a lot: «Старая партия (ВК): 2 поста в неделю», «Дегустации: 10 % контента (посты)»."""
    network = network_name(words, lot.network) if lot.network else ""
    if lot.is_share:
        said = words.text("{percent} of content", percent=percent_text(words, amount))
        kind = post_kind_word(words, PostKind(lot.format)) if lot.format else ""
        where = ", ".join(part for part in (kind, network) if part)
        said += f" ({where})" if where else ""
        network = ""
    else:
        said = counted(words, CONTENT_METRICS[lot.format or ""], amount)
        said += f" {words.text(PERIODS[lot.period])}" if lot.period else ""
    if more:
        said = words.text("{amount} more", amount=said)
    topic = clean(lot.topic, TEXT_LIMIT) if lot.topic else ""
    head = f"{topic} ({network})" if topic and network else topic or network
    return f"{head}: {said}" if head else said


def _figure(words: Words, lot: Lot, amount: float) -> str:
    return percent_text(words, amount) if lot.is_share else words.number(amount)
