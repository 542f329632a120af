"""What the last look told, without the rules: a store too large to be looked at while it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goals.warnings.settle import is_hidden

if TYPE_CHECKING:
    from datetime import date

    from store.contract import Reader


def count_stored(reader: Reader, today: date) -> int:
    """How many warnings were told at the last look, without looking again."""
    return sum(state.gone_at is None and not is_hidden(state, today) for state in reader.warning_states())
