"""A specialist with one client and one account: sets the program up, syncs, looks at the dashboard."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from store.opening import open_reader
from store.values import Filter
from tests.support.dashboard import screen_lines, services_on, shows
from tests.support.program import Outcome, Program
from tui.app import SmmApp

CLIENT = "Зерно"


@dataclass(frozen=True, slots=True)
class Specialist:
    """Runs the program, each command in a process of its own, with the store in `folder`."""

    program: Program

    def smm(self, *args: str) -> Outcome:
        """A command that must succeed."""
        outcome = self.program.process(*args)
        assert outcome.code == 0, f"{args}: {outcome.code}\n{outcome.out}{outcome.err}"
        return outcome

    def settle(self, network: str, base_url: str) -> None:
        """Make settings, in which the network stands at an address of its own, a store and a client."""
        self.smm("init", "--language", "ru")
        config = Path(os.environ["XDG_CONFIG_HOME"]) / "smart-smm" / "config.toml"
        with config.open("a", encoding="utf-8") as file:
            file.write(f'\n[networks.{network}]\nbase_url = "{base_url}"\n')
        self.smm("client", "add", CLIENT)

    def begin(self, network: str, base_url: str, handle: str, metrics: tuple[str, ...]) -> None:
        """Settle, add an account of the network, and a goal for each metric."""
        self.settle(network, base_url)
        self.smm("account", "add", handle, "--network", network, "--client", CLIENT)
        deadline = f"{datetime.now(UTC).year + 1}-12-31"
        for metric in metrics:
            goal = ("--metric", metric, "--kind", "reach_level", "--amount", "90", "--deadline", deadline)
            self.smm("goal", "add", "--client", CLIENT, "--network", network, *goal)

    async def dashboard(self, *texts: str) -> list[str]:
        """The lines of the overview as soon as it shows all texts."""
        path = self.program.db
        app = SmmApp(services_on(path, now=lambda: datetime.now(UTC)))
        async with app.run_test(size=(120, 40)) as pilot:
            await shows(pilot, CLIENT, *texts)
            return screen_lines(app)

    async def done(self, network: str, *goals: str) -> list[float]:
        """What the overview shows as done of each goal, by a part of its line."""
        lines = await self.dashboard(*goals)
        found = [next(line for line in lines if network in line and goal in line) for goal in goals]
        return [done_of(line) for line in found]

    def posts(self) -> dict[str, dict[str, float]]:
        """The figures of the stored posts, by their texts."""
        with open_reader(self.program.db) as store:
            return {row.post.text: dict(row.post.figures) for row in store.posts(Filter())}


def done_of(line: str) -> float:
    """The figure that follows the bar of a goal's line."""
    after = line.rstrip("\n")
    for bar in "░█▌▏▎▍▋▊▉┄":
        after = after.rpartition(bar)[2] if bar in after else after
    return float(after.split()[0].replace(",", "."))
