"""What a person says of a warning: that he knows, that it may wait; and how that is taken back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.changes import ChangedSinceError, Done, Undo
from work.warnings import acknowledge, judge_anew

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from goals.records import WarningState
    from store.contract import Reader, Writer
    from tui.changes import Change
    from tui.services import Services
    from work.warnings import SeenWarning


def acknowledging(services: Services, line: SeenWarning) -> Change:
    """Somebody knows: quiet until it grows or comes again."""

    def say(writer: Writer) -> None:
        acknowledge(writer, line.warning, author=services.author, now=services.now())

    said = services.words.text("Noted: quiet until it grows or comes again")
    return partial(_said, services, line, say, said)


def snoozing(services: Services, line: SeenWarning, until: date, today: date) -> Change:
    """It may wait until a day."""

    def say(writer: Writer) -> None:
        writer.snooze_warning(line.warning.key, until, author=services.author)

    words = services.words
    return partial(_said, services, line, say, words.text("Hidden until {day}", day=words.day(until, today)))


def showing_again(services: Services, line: SeenWarning) -> Change:
    """It is to be seen again."""

    def say(writer: Writer) -> None:
        writer.unacknowledge_warning(line.warning.key)
        writer.snooze_warning(line.warning.key, None, author=services.author)
        judge_anew(writer, line.warning, services.now())

    return partial(_said, services, line, say, services.words.text("The warning is shown again"))


def _said(
    services: Services, line: SeenWarning, say: Callable[[Writer], None], sentence: str, writer: Writer
) -> Done:
    with writer.together():
        writer.put_warning_states([line.state])
        before = _state(writer, line.warning.key)
        say(writer)
        made = _state(writer, line.warning.key)
    return Done(sentence, Undo(partial(_taken_back, services, line, before, made)))


def _taken_back(
    services: Services, line: SeenWarning, before: WarningState, made: WarningState, later: Writer
) -> str:
    """What was said of the warning before. Raises ChangedSinceError."""
    now = _state(later, made.key)
    if _words_of(now) != _words_of(made):
        raise ChangedSinceError(now.acknowledged_by or now.snoozed_by or services.author)
    with later.together():
        if before.acknowledged_by is None or before.acknowledged_at is None:
            later.unacknowledge_warning(before.key)
        else:
            later.acknowledge_warning(before.key, author=before.acknowledged_by, now=before.acknowledged_at)
        later.snooze_warning(before.key, before.snoozed_until, author=before.snoozed_by or services.author)
        judge_anew(later, line.warning, services.now())
    return services.words.text("Taken back: the warning is as it was")


def _words_of(state: WarningState) -> tuple[object, ...]:
    return state.acknowledged_by, state.acknowledged_at, state.snoozed_by, state.snoozed_until


def _state(reader: Reader, key: str) -> WarningState:
    return next(state for state in reader.warning_states() if state.key == key)
