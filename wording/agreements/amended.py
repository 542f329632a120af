"""What was decided since the agreement was written, in words: «по созвону 23.11: 8 вместо 12»."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from goals.agreement.amended import Amendment
    from wording.words import Words


def amendment_text(words: Words, amendment: Amendment, today: date) -> str:
    """«по созвону 23.11: 8 вместо 12, до 10.12 вместо 30.11», «снята на созвоне 23.11»."""
    text, day = words.text, words.day(amendment.on, today)
    if amendment.dropped:
        dropped = text("dropped at the call on {day}", day=day)
        return dropped if amendment.by_call else text("dropped with the client's yes of {day}", day=day)
    parts = []
    if amendment.amount is not None:
        new, old = (words.number(amount, 2) for amount in amendment.amount)
        said = text("{new} instead of {old}", new=new, old=old)
        last = None if amendment.deadline else amendment.until
        parts.append(f"{said} ({text('until {day}', day=words.day(last, today))})" if last else said)
    if amendment.deadline is not None:
        until, was = (words.day(each, today) for each in amendment.deadline)
        parts.append(text("until {new} instead of {old}", new=until, old=was))
    said = ", ".join(parts)
    if amendment.by_call:
        return text("by the call on {day}: {said}", day=day, said=said)
    return text("with the client's yes of {day}: {said}", day=day, said=said)


def amendment_texts(words: Words, amended: Mapping[str, Amendment], today: date) -> dict[str, str]:
    """The same of every line, by its term."""
    return {term: amendment_text(words, each, today) for term, each in amended.items()}
