"""What a check-in writes: an answer, or that the rest is on track; each with its undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.changes import ChangedSinceError, Done, Undo
from wording.rhythm import confidence_word
from work.check_ins import confirmed, goal_head

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goals.records import CheckIn
    from store.contract import Reader, Writer
    from tui.changes import Change
    from tui.services import Services
    from work.check_ins import GoalCheck


def answer_change(services: Services, goal: GoalCheck, said: CheckIn) -> Change:
    """What keeps an answer; taken back, what was said before on the same day holds again."""
    words = services.words
    sentence = f"{goal_head(words, goal)}: {confidence_word(words, said.confidence)}"
    if goal.falls_again(said):
        sentence += f" · ⚠ {words.text('confidence falls for the second time running')}"

    def work(writer: Writer) -> Done:
        before = _of_day(writer, said)
        writer.add_check_ins([said])

        def undo(later: Writer) -> str:
            now = _of_day(later, said)
            if now is None or _words_of(now) != _words_of(said):
                raise ChangedSinceError(now.author if now else words.text("somebody else"))
            with later.together():
                later.remove_check_in(said.goal_id, said.day)
                later.add_check_ins([before] if before else [])
            return words.text("{what}: taken back", what=sentence)

        return Done(sentence, Undo(undo))

    return work


def confirm_change(services: Services, goals: Sequence[GoalCheck]) -> Change:
    """What notes that these goals are on track, for which nobody had to be asked."""
    words = services.words
    sentence = words.plural(
        "{n} goal is on track: confirmed", "{n} goals are on track: confirmed", len(goals)
    )

    def work(writer: Writer) -> Done:
        sure = [confirmed(goal, author=services.author, now=services.now()) for goal in goals]
        writer.add_check_ins(sure)

        def undo(later: Writer) -> str:
            with later.together():
                for each in sure:
                    now = _of_day(later, each)
                    if now is not None and now.by_rule:
                        later.remove_check_in(each.goal_id, each.day)
            return words.text("{what}: taken back", what=sentence)

        return Done(sentence, Undo(undo))

    return work


def _of_day(reader: Reader, said: CheckIn) -> CheckIn | None:
    """What is stored of the goal for the same day."""
    found = reader.last_check_ins([said.goal_id]).get(said.goal_id, [])
    return next((each for each in found if each.day == said.day), None)


def _words_of(said: CheckIn) -> tuple[str, str, str]:
    return said.author, said.confidence, said.why
