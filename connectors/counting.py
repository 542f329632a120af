"""Counting the requests that were made for one result."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class RequestCount:
    """The requests made for one result, tries included."""

    made: int = 0

    def add(self) -> None:
        """One more request."""
        self.made += 1

    def take(self) -> int:
        """The requests made so far, counted from now on anew."""
        taken, self.made = self.made, 0
        return taken
