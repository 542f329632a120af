# ruff: noqa: D102 - each method says what its name says, as the tables of wording.smart have it
"""What the findings about a goal's letters say, in one language and as of one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from goals.model import GoalKind
from wording.drafts import (
    chance_text,
    dated,
    draft_figure,
    reading_text,
    scope_of,
    target_text,
)
from wording.goals import (
    NETWORKS,
    PERIODS,
    counted,
    limit_text,
    metric_name,
    needed_text,
    network_name,
    pace_text,
)
from wording.typed import far_text
from wording.words import mark

if TYPE_CHECKING:
    from wording.words import Words

Facts = Mapping[str, Any]
_LEVEL_OR_GAIN = {GoalKind.REACH_LEVEL, GoalKind.GAIN}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says what stands in the facts of a finding, in one language and as of one day."""

    words: Words
    today: date

    def named(self, facts: Facts) -> str:
        network = scope_of(facts["metric"], facts["network"])
        parts = [network_name(self.words, network)] if network else []
        parts.append(metric_name(self.words, facts["metric"]))
        if facts["topic"]:
            parts.append(self.words.text("topic «{topic}»", topic=facts["topic"]))
        return ", ".join(parts)

    def not_measurable(self, facts: Facts) -> str:
        return self.words.text("«{name}» is not a figure yet", name=metric_name(self.words, facts["metric"]))

    def which_network(self, facts: Facts) -> str:
        names = ", ".join(network_name(self.words, name) for name in facts["networks"])
        return self.words.text("all networks together: {names}", names=names)

    def either_network(self, facts: Facts) -> str:
        return self.words.text("one of these networks: {names}", names=self._networks(facts["networks"]))

    def ask_either(self, facts: Facts) -> str:
        names = self._networks(facts["networks"])
        return self.words.text("In which network: {names}?", names=names)

    def _networks(self, names: tuple[str, ...]) -> str:
        return self.words.text(" or ").join(network_name(self.words, name) for name in names)

    def no_account(self, facts: Facts) -> str:
        return self.words.text(
            "the client has no account in {network} yet", network=network_name(self.words, facts["network"])
        )

    def not_counted(self, facts: Facts) -> str:
        return self.words.text("«{name}» is not counted here", name=facts["word"])

    def not_served(self, facts: Facts) -> str:
        return self.words.text("«{name}» is not counted here", name=", ".join(facts["places"]))

    def also_named(self, facts: Facts) -> str:
        others = ", ".join(network_name(self.words, name) for name in facts["places"])
        taken = network_name(self.words, facts["network"])
        return self.words.text("taken for {network} alone, without {others}", network=taken, others=others)

    def ask_also(self, facts: Facts) -> str:
        names = [name for name in (facts["network"], *facts["places"]) if name in NETWORKS]
        if len(names) < 2:
            taken = network_name(self.words, facts["network"])
            return self.words.text("Is it about {network} alone?", network=taken)
        each = ", ".join(f"--network {name}" for name in names)
        return self.words.text("A goal for each network? One at a time: {options}", options=each)

    def ask_served(self, facts: Facts) -> str:
        names = ", ".join(network_name(self.words, name) for name in facts["networks"])
        if not names:
            return self.words.text("In which network instead?")
        return self.words.text("In which network instead: {names}?", names=names)

    def loss(self, facts: Facts) -> str:
        return self.words.text("«minus {n}» is a loss, not a goal", n=self.words.number(facts["amount"]))

    def not_shown(self, facts: Facts) -> str:
        networks = ", ".join(network_name(self.words, name) for name in facts["networks"])
        return self.words.text(
            "{network} does not show this figure: {name}",
            network=networks,
            name=metric_name(self.words, facts["metric"]),
        )

    def which_goal(self, facts: Facts) -> str:
        return self.words.text("two goals in one: {names}", names=self._metrics(facts["metrics"], " or "))

    def _metrics(self, names: tuple[str, ...], joint: str) -> str:
        return self.words.text(joint).join(metric_name(self.words, name) for name in names)

    def ceiling(self, facts: Facts) -> str:
        return self.words.text(
            "at most {amount}", amount=limit_text(self.words, facts["metric"], facts["amount"])
        )

    def no_ceiling(self, facts: Facts) -> str:
        return self.words.text(
            "said as «at most», but {name} is counted as «at least»",
            name=metric_name(self.words, facts["metric"]),
        )

    def counted_from(self, facts: Facts) -> str:
        amount, baseline, metric = facts["amount"], facts["baseline"], facts["metric"]
        if metric is None:
            figure = self.words.number(amount)
            return self.words.text("{n}%", n=figure) if facts["unit"] == "percent" else figure
        if baseline is None or facts["target"] is None:
            return counted(self.words, metric, amount)
        return self.words.text(
            "from {start} to {target}",
            start=target_text(self.words, baseline, metric, None),
            target=target_text(self.words, facts["target"], metric, None),
        )

    def two_amounts(self, facts: Facts) -> str:
        said = self.words.text(" or ").join(
            reading_text(self.words, draft, self.today) for draft in facts["readings"]
        )
        return self.words.text("it can also mean: {readings}", readings=said)

    def two_readings(self, facts: Facts) -> str:
        return self.two_dates(facts) if "dates" in facts else self.two_amounts(facts)

    def currency(self, facts: Facts) -> str:
        return self.words.text("said in {unit}, counted here in roubles", unit=facts["unit"])

    def dated(self, facts: Facts) -> str:
        day = dated(self.words, facts["deadline"], self.today)
        if facts["start"] is not None:
            start = self.words.day(facts["start"], self.today)
            return self.words.plural(
                "from {start} to {day}: {n} day", "from {start} to {day}: {n} days", facts["days"],
                start=start, day=day,
            )  # fmt: skip
        return self.words.plural(
            "by {day}: {n} day, today included", "by {day}: {n} days, today included", facts["days"], day=day
        )

    def two_dates(self, facts: Facts) -> str:
        days = self.words.text(" or ").join(dated(self.words, day, self.today) for day in facts["dates"])
        return self.words.text("more than one honest reading: {days}", days=days)

    def recurring(self, facts: Facts) -> str:
        if facts["period"] is None:
            return self.words.text("a standing norm")
        return self.words.text(
            "again and again, {period}", period=self.words.text(PERIODS[facts["period"].value])
        )

    def past(self, facts: Facts) -> str:
        return self.words.text("{day} is over already", day=dated(self.words, facts["deadline"], self.today))

    def out_of_reach(self, facts: Facts) -> str:
        return far_text(self.words, facts["deadline"], self.today)

    def ends_early(self, facts: Facts) -> str:
        return self.words.text(
            "{deadline} is before the start {start}",
            deadline=self.words.day(facts["deadline"], self.today),
            start=self.words.day(facts["start"], self.today),
        )

    def passed(self, facts: Facts) -> str:
        return self.words.text(
            "{passed} is over already: taken as {day}",
            passed=self.words.day(facts["passed"], self.today),
            day=dated(self.words, facts["deadline"], self.today),
        )

    def no_such_day(self, facts: Facts) -> str:
        # No date can be formatted that there is not: the month's tenth lends its form.
        said = self.words.day(date(self.today.year, facts["month"], 10), self.today)
        said = said.replace("10", str(facts["day"]), 1)
        return self.words.plural(
            "there is no {date}: that month has {n} day", "there is no {date}: that month has {n} days",
            facts["days"], date=said,
        )  # fmt: skip

    def against(self, facts: Facts) -> str:
        found, draft = facts["against"], facts["draft"]
        return self.words.text(
            "{amount} by {day} is {needed} a week, not {said}",
            amount=draft_figure(self.words, draft, found.amount),
            day=self.words.day(found.deadline, self.today),
            needed=self.words.number(found.needed),
            said=self.words.number(found.said),
        )

    def far(self, facts: Facts) -> str:
        return self.words.text(
            "by {day}: more than a year ahead", day=dated(self.words, facts["deadline"], self.today)
        )

    def priority(self, facts: Facts) -> str:
        return self.words.text("priority {n}: {name}", n=facts["rank"], name=facts["priority"])

    def no_link(self, facts: Facts) -> str:
        if "rank" not in facts:
            return self.words.text("not linked to what the client wants")
        return self.words.text(
            "its topic is of priority {n}, {name}, but it is not linked",
            n=facts["rank"],
            name=facts["priority"],
        )

    def purpose(self, facts: Facts) -> str:
        return self.words.text("«{purpose}»", purpose=facts["purpose"])

    def by_chance(self, facts: Facts) -> str:
        chance = chance_text(self.words, facts["chance"])
        said = self.words.text("chance {p}", p=chance)
        if facts.get("each") is not None:
            each = self.words.text(PERIODS[facts["each"].value])
            said = self.words.text("chance {p} of so much {period}", p=chance, period=each)
        elif facts["rough"]:
            said = self.words.text("chance {p}, a rough one", p=chance)
        elif facts["little"]:
            said = self.words.text("chance {p}, on few data", p=chance)
        if facts.get("doubtful_from") is not None:
            day = self.words.day(facts["doubtful_from"], self.today)
            return self.words.text(
                "{chance}, without the jump of {day} that nobody has confirmed", chance=said, day=day
            )
        if facts["needed"] is None or facts["now"] is None:
            return said
        pace = mark("{chance}: each post has to bring {needed}, now {now}")
        if facts.get("per_entry"):
            pace = mark("{chance}: the figures still to be put in need an average of {needed}, now {now}")
        elif not facts["per_post"]:
            pace = mark("{chance}: {needed} a day needed, now {now}")
        told = self.words.text(
            pace,
            chance=said,
            needed=needed_text(self.words, facts["needed"]),
            now=pace_text(self.words, facts["now"]),
        )
        best = facts.get("best_month")
        if best is None or facts["per_post"] or best.gain <= 0:
            return told
        return self.words.text(
            "{pace}, best month {n}", pace=told, n=self.words.signed(best.gain, 0 if best.gain >= 10 else 1)
        )

    def no_history(self, facts: Facts) -> str:
        missing = facts.get("missing")
        if not missing:
            said = self.words.text("no history to judge by yet")
        elif facts.get("per_post"):
            said = self.words.plural(
                "{n} more post with figures is needed", "{n} more posts with figures are needed", missing
            )
        elif facts.get("per_entry"):
            said = self.words.plural("{n} more figure is needed", "{n} more figures are needed", missing)
        else:
            said = self.words.plural(
                "{n} more day of figures is needed", "{n} more days of figures are needed", missing
            )
        if facts.get("from") is None:
            return said
        if facts.get("no_rhythm"):
            day = self.words.day(facts["from"], self.today)
            return self.words.text("{said}: at one a day it can be told from {day}", said=said, day=day)
        return self.words.text(
            "{said}: it can be told from {day}", said=said, day=self.words.day(facts["from"], self.today)
        )

    def effort(self, facts: Facts) -> str:
        return self.words.text(
            "{needed} a working day needed, the best week had {most} a working day",
            needed=needed_text(self.words, facts["needed"]),
            most=pace_text(self.words, facts["most"]),
        )

    def ask_network(self, facts: Facts) -> str:
        names = ", ".join(network_name(self.words, name) for name in facts["networks"])
        return self.words.text("In which network: {names}, or all together?", names=names)

    def ask_account(self, facts: Facts) -> str:
        network = network_name(self.words, facts["network"])
        return self.words.text("Which account in {network}? Add it: smm account add LINK", network=network)

    def ask_reading(self, facts: Facts) -> str:
        if "dates" in facts:
            days = self.words.text(" or ").join(dated(self.words, day, self.today) for day in facts["dates"])
            return self.words.text("By which day: {days}?", days=days)
        readings = facts["readings"]
        kinds = {facts["kind"], *(reading.kind for reading in readings)}
        if kinds == _LEVEL_OR_GAIN:
            return self.words.text("In all, or on top of what there is?")
        if len(kinds) > 1 and GoalKind.KEEP_RATE in kinds:
            return self.words.text("Once, or again and again?")
        return self.words.text("Which is meant: see --reading")

    def ask_shown(self, facts: Facts) -> str:
        if not facts["shown"]:
            return self.words.text("Which figure instead? Or bring it from a file: smm import FILE")
        return self.words.text(
            "Which figure instead: {names}? Or bring it from a file: smm import FILE",
            names=self._metrics(facts["shown"], ", "),
        )

    def ask_goal(self, facts: Facts) -> str:
        return self.words.text("Which is the goal: {names}?", names=self._metrics(facts["metrics"], " or "))

    def ask_against(self, facts: Facts) -> str:
        found, draft = facts["against"], facts["draft"]
        return self.words.text(
            "What holds: {amount} by {day}, or {said} a week?",
            amount=draft_figure(self.words, draft, found.amount),
            day=self.words.day(found.deadline, self.today),
            said=self.words.number(found.said),
        )

    def ask_priority(self, facts: Facts) -> str:
        names = facts["priorities"]
        if "rank" in facts:
            return self.words.text("Is it for priority {n}: {name}?", n=facts["rank"], name=facts["priority"])
        if not names:
            return self.words.text("What does the client need it for now?")
        listed = "  ".join(f"{rank} {name}" for rank, name in enumerate(names, 1))
        return self.words.text("What does the client need it for? {priorities}", priorities=listed)

    def ask_smaller(self, facts: Facts) -> str:
        offered = bool(facts.get("targets"))
        if facts.get("absurd"):
            if not offered:
                return self.words.text("Take less, or a later day?")
            return self.words.text("Take a target from the three, or a later day?")
        if not offered:
            return self.words.text("Take less, a later day, or agree what will be given for it?")
        return self.words.text(
            "Take a target from the three, a later day, or agree what will be given for it?"
        )

    def given(self, facts: Facts) -> str:
        """What is given for a goal: said beside it, or a month by the agreement; empty where nothing is."""
        if facts.get("given"):
            return str(facts["given"])
        parts = []
        if facts.get("hours"):
            parts.append(self.words.text("{n} h a month", n=self.words.number(facts["hours"])))
        if facts.get("budget"):
            budget = self.words.number(facts["budget"])
            parts.append(self.words.text("{n} ₽ a month for advertising", n=budget))
        return self.words.text("agreed: {parts}", parts=", ".join(parts)) if parts else ""
