"""A fake of Yandex Metrica's API: `python -m tests.fakes.metrika --port 8098` serves one counter."""

from __future__ import annotations

import argparse
import json
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from tests.fakes.server import LoopbackServer, Reply, Request

TOKEN = "y0_fake-metrika-canary"


@dataclass(slots=True)
class Counter:
    """A counter; `days` are visits and reached goals, `seen` says whether the token may see it."""

    number: int
    name: str
    days: Mapping[date, tuple[int, int]] = field(default_factory=dict)
    seen: bool = True
    sampled: bool = False


class MetrikaFake(LoopbackServer):
    """Serves counters and their figures by day."""

    def __init__(self, *, port: int = 0) -> None:
        super().__init__(port=port)
        self.counters: dict[str, Counter] = {}

    def add(self, counter: Counter) -> Counter:
        """Put a counter into the world."""
        self.counters[str(counter.number)] = counter
        return counter

    def respond(self, request: Request) -> Reply:
        """The answer of the service."""
        if request.headers.get("authorization") != f"OAuth {TOKEN}":
            return _error(401, "invalid_token", "Неправильный токен")
        if request.path == "/management/v1/counters":
            return _json({"rows": len(self.counters), "counters": []})
        number = request.query.get("ids") or request.path.rpartition("/")[2]
        counter = self.counters.get(number)
        if counter is None:
            return _error(404, "not_found", "Entity not found")
        if not counter.seen:
            return _error(403, "access_denied", "Access is denied")
        if request.path == "/stat/v1/data/bytime":
            return _json(_by_day(counter, request.query))
        return _json({"counter": {"id": counter.number, "name": counter.name, "site": "kofe.example"}})


def _by_day(counter: Counter, query: Mapping[str, str]) -> dict[str, object]:
    first, last = date.fromisoformat(query["date1"]), date.fromisoformat(query["date2"])
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    told = [counter.days.get(day, (0, 0)) for day in days]
    return {
        "query": dict(query),
        "sampled": counter.sampled,
        "sample_share": 0.5 if counter.sampled else 1.0,
        "time_intervals": [[day.isoformat(), day.isoformat()] for day in days],
        "totals": [[float(visits) for visits, _ in told], [float(goals) for _, goals in told]],
        "data": [],
    }


def _json(value: object, status: int = 200) -> Reply:
    return Reply(json.dumps(value, ensure_ascii=False).encode(), status)


def _error(status: int, kind: str, message: str) -> Reply:
    body = {"errors": [{"error_type": kind, "message": message}], "code": status, "message": message}
    return _json(body, status)


def daily(count: int, today: date) -> dict[date, tuple[int, int]]:
    """So many days up to today, with visits and reached goals."""
    return {today - timedelta(days=n): (40 + n % 7, n % 3) for n in range(count)}


def main(arguments: Sequence[str]) -> int:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.metrika")
    parser.add_argument("--port", type=int, default=8098)
    fake = MetrikaFake(port=parser.parse_args(arguments).port)
    fake.add(Counter(24226447, "Кофейня «Зерно»", daily(365, datetime.now(UTC).date())))
    with fake:
        sys.stdout.write(f"{fake.url}  counter: 24226447  token: {TOKEN}\n")
        sys.stdout.flush()
        threading.Event().wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
