"""The chance that a goal is met: recent pace with honest doubt.

`series` is for levels and running totals, `means` for means per post, `attain` for the targets that a
history allows. The method in words, with its measured figures, is docs/forecast.md.
"""

from __future__ import annotations

from goals.forecast.attain import (
    BestMonth,
    PaceFacts,
    Targets,
    best_month,
    mean_facts,
    mean_targets,
    pace_facts,
    targets,
)
from goals.forecast.means import Counted, mean_band, mean_probability, posts_left
from goals.forecast.series import (
    FLOOR,
    MIN_CHANGES,
    WINDOW_DAYS,
    History,
    band,
    changes_of,
    probability,
)

__all__ = [
    "FLOOR",
    "MIN_CHANGES",
    "WINDOW_DAYS",
    "BestMonth",
    "Counted",
    "History",
    "PaceFacts",
    "Targets",
    "band",
    "best_month",
    "changes_of",
    "mean_band",
    "mean_facts",
    "mean_probability",
    "mean_targets",
    "pace_facts",
    "posts_left",
    "probability",
    "targets",
]
