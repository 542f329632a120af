"""The answer to an import: what was new, and what was skipped and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wording.troubles import trouble_sentence
from wording.words import mark

if TYPE_CHECKING:
    import argparse

    from cli.context import Context
    from cli.importing.reading import Brought
    from connectors.base import Trouble
    from wording.troubles import Sentence
    from wording.words import Words

_REASONS_SHOWN = 10
_NAMES_SHOWN = 8

#: By whether the file holds figures and posts: what of it was new and what not.
_COUNTED = {
    (True, False): mark("{head}: {new} new figures, {changed} changed, {unchanged} known already"),
    (False, True): mark("{head}: {new} new posts, {changed} changed, {unchanged} known already"),
    (True, True): mark("{head}: {new} new figures and posts, {changed} changed, {unchanged} known already"),
    (False, False): mark("{head}: {new} new accounts, {changed} changed, {unchanged} known already"),
}


def tell(ctx: Context, args: argparse.Namespace, brought: Brought, number: int | None) -> None:
    """Say what came of the file; `number` is that of the import, None where it changed nothing."""
    words = ctx.words
    _tell_skipped(ctx, brought)
    for message, names in (
        (mark("Columns not used: {names}"), brought.columns),
        (mark("Channels that are none of the accounts: {names}"), brought.channels),
    ):
        if names:
            shown = ", ".join(names[:_NAMES_SHOWN]) + (" …" if len(names) > _NAMES_SHOWN else "")
            ctx.say(words.text(message, names=shown))
    if args.json:
        ctx.write_json(_record(words, brought, number))
        return
    ctx.write(_summary(words, brought))
    if args.dry_run:
        ctx.say(words.text("Nothing was written: this was a dry run"))
    elif number is not None:
        ctx.say(f"→ {words.text('To take it back: smm import undo {number}', number=number)}")


def _tell_skipped(ctx: Context, brought: Brought) -> None:
    """Each row that was skipped, where they are few; where they are many, how many for each reason."""
    words, skipped = ctx.words, brought.gathering.skipped
    one = mark("Message {line}: {reason}") if brought.is_chat else mark("Line {line}: {reason}")
    if len(skipped) <= _REASONS_SHOWN:
        for row in skipped.rows:
            ctx.say(words.text(one, line=row.line, reason=_sentence(words, row.trouble).message))
    else:
        several = mark("{n} (lines {lines}): {reason}")
        if brought.is_chat:
            several = mark("{n} (messages {lines}): {reason}")
        for reason in skipped.reasons.values():
            lines = ", ".join(map(str, reason.lines)) + (" …" if reason.count > len(reason.lines) else "")
            said = _sentence(words, reason.first.trouble).message
            ctx.say(words.text(several, n=words.number(reason.count), lines=lines, reason=said))
    if skipped.rows:
        ctx.say(f"→ {_sentence(words, skipped.rows[-1].trouble).next_step}")


def _record(words: Words, brought: Brought, number: int | None) -> dict[str, object]:
    gathering = brought.gathering
    rows = gathering.skipped.rows
    return {
        "import": number,
        "read": gathering.read,
        **gathering.counts._asdict(),
        "skipped": [{"line": row.line, "reason": _sentence(words, row.trouble).message} for row in rows],
        "reasons": {code: reason.count for code, reason in gathering.skipped.reasons.items()},
        "unused_columns": list(brought.columns),
        "unknown_channels": list(brought.channels),
    }


def _sentence(words: Words, trouble: Trouble) -> Sentence:
    return trouble_sentence(words, trouble.kind, trouble.code, trouble.detail, trouble.facts)


def _summary(words: Words, brought: Brought) -> str:
    """What came of the file: its figures and posts, then the rows and figures that are not in them."""
    gathering = brought.gathering
    counts = gathering.counts
    if brought.is_chat:
        parts = [words.plural("{n} message read", "{n} messages read", gathering.read)]
    else:
        parts = [words.plural("{n} row read", "{n} rows read", gathering.read)]
    if any(counts) or not len(gathering.skipped):
        numbers = {name: words.number(count) for name, count in counts._asdict().items()}
        message = _COUNTED[gathering.holds_figures, gathering.holds_posts]
        parts = [words.text(message, head=parts[0], **numbers)]
    if gathering.superseded:
        n = words.number(gathering.superseded)
        parts[0] += words.text(" (of them {n} replaced by another row of the file)", n=n)
    if gathering.unused:
        parts.append(words.text("rows skipped: {n}", n=words.number(gathering.unused)))
    if gathering.left_out:
        parts.append(words.text("figures left out: {n}", n=words.number(gathering.left_out)))
    return " · ".join(parts)
