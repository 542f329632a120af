"""What was said in a line, read against the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goals.draft import Letter, Wish
from goals.smart import Finding, is_complete

if TYPE_CHECKING:
    from goals.forecast import Targets
    from goals.model import Goal


@dataclass(frozen=True, slots=True)
class Said:
    """One goal of a line: the wish, the goal that it would be, and how its letters stand.

    `choice` is the reading that was chosen of several.
    """

    wish: Wish
    goal: Goal | None
    findings: Mapping[Letter, Finding]
    targets: Targets | None
    choice: int | None = None

    @property
    def is_complete(self) -> bool:
        """Whether no letter is missing."""
        return is_complete(self.findings)
