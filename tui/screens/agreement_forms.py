"""The forms of the agreement: saving a version, amounts, the order of priorities, the yes, goals of lines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from connectors.clean import TEXT_LIMIT, clean
from goals.agreement.plain import from_plain, to_plain
from goals.agreement.terms import Terms, lacking
from goals.model import PostKind
from goals.workcalendar import EVERYDAY
from store.errors import ConflictError
from tui.agreement.saving import NewVersion, Yes, note_yes, save_version, set_goals
from tui.drawing.cells import cell, fit
from tui.screens.form import FormScreen, NotSaved, Saved
from tui.widgets.field import Field, choice_field, day_field, text_field
from wording.agreements.lists import content_line, topic_line
from wording.agreements.problems import problem_text
from wording.content import post_kind_word
from wording.goals import goal_title, network_name
from wording.rhythm import month_name
from wording.typed import day_problem, day_text, number_text, read_day
from work.agreement_accept import too_early, written_on

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from goals.agreement.terms import Agreement
    from goals.model import Client
    from goals.workcalendar import WorkCalendar
    from tui.agreement.details import AgreementDetail, Swap
    from tui.changes import Change
    from tui.services import Services


#: How many cells the name of a field has.
_LABEL = 16


class AgreementForm(FormScreen):
    """What the forms have in common: the client, its day, why and the yes."""

    def __init__(self, services: Services, detail: AgreementDetail, title: str) -> None:
        super().__init__(services, title)
        self.detail = detail
        self.client: Client = detail.client
        self.based_on = detail.agreements[-1].version if detail.agreements else 0
        self.over = False

    @on(NotSaved)
    def _take_newest(self, message: NotSaved) -> None:
        """After a conflict, the next save takes the place of what the other has saved."""
        self.over = isinstance(message.error, ConflictError)

    def reason_fields(self) -> list[Field]:
        """Why, who said yes to it, and when."""
        text = self.services.words.text
        return [
            text_field("why", text("why"), placeholder=text("the reason for the change")),
            text_field("who", text("who said yes"), placeholder=text("empty: there is no yes yet")),
            day_field("on", text("on which day"), day_text(self.detail.today)),
        ]

    def day_choice(self) -> tuple[date, WorkCalendar]:
        """The day that it is for the client; a yes is given on any."""
        return self.detail.today, EVERYDAY

    def yes(self) -> tuple[Yes | None, bool]:
        """The yes that was typed, and whether nothing is wrong with it."""
        who = clean(self.value("who"))
        day = self.day("on", self.based_on + 1 + self.over, self.detail.today) if who else None
        if not who:
            self.judge("on", "")
            return None, True
        return (Yes(who, day), True) if day is not None else (None, False)

    def day(self, name: str, version: int, written: date) -> date | None:
        """A day of a yes to a version: not to come, and not before it was written; None for none."""
        words, today, said = self.services.words, self.detail.today, self.value(name)
        day = read_day(said, today)
        wrong = "" if day else day_problem(words, said, today)
        if day is not None and day > today:
            wrong = words.text("this day is still to come")
        elif day is not None:
            wrong = too_early(words, version, written, day, today)
        self.judge(name, wrong)
        return None if wrong else day

    def saving(self, terms: Terms) -> Change | None:
        """What saves the terms with the reason and the yes that were typed; None where they are wrong."""
        yes, is_right = self.yes()
        if not is_right:
            return None
        reason = clean(self.value("why"), TEXT_LIMIT)
        new = NewVersion(terms, self.based_on, reason, yes, self.over)
        return lambda writer: save_version(self.services, writer, self.client, new)


class SaveForm(AgreementForm):
    """Asks why the edited text is a new version, and whether the client said yes."""

    def __init__(self, services: Services, detail: AgreementDetail, terms: Terms) -> None:
        super().__init__(services, detail, services.words.text("Save the agreement"))
        self.terms = terms

    def build(self) -> list[Field]:
        """The reason and the yes."""
        return self.reason_fields()

    def check(self) -> Change | None:
        """Say what is still missing; what saves it."""
        words = self.services.words
        empty = len(lacking(self.terms))
        self.verdict(
            words.plural(
                "{n} thing that an agreement needs is not said yet",
                "{n} things that an agreement needs are not said yet",
                empty,
            )
            if empty
            else words.text("All that an agreement needs is said")
        )
        return self.saving(self.terms)


class AmountsForm(AgreementForm):
    """The amounts of topics and content and the hours, in one list."""

    def __init__(self, services: Services, detail: AgreementDetail) -> None:
        super().__init__(
            services, detail, services.words.text("Amounts: {client}", client=detail.client.name)
        )
        self.terms = detail.newest
        self.labels: dict[str, str] = {}

    def build(self) -> list[Field]:
        """A field for each amount or share, then the hours and why."""
        words, terms = self.services.words, self.terms
        fields: list[Field] = []
        for place, topic in enumerate(terms.topics):
            is_share = topic.amount is None and topic.share is not None
            value = (topic.share or 0) * 100 if is_share else topic.amount
            label = words.text("{name}, %", name=topic.topic) if is_share else topic.topic
            fields.append(self._amount(f"topics-{place}", label, value, topic_line(words, topic)))
        for place, content in enumerate(terms.content):
            kind = post_kind_word(words, PostKind(content.format))
            label = f"{network_name(words, content.network)}: {kind}" if content.network else kind
            line = content_line(words, replace(content, priority=None))
            fields.append(self._amount(f"content-{place}", label, content.amount, line))
        fields.append(self._amount("hours", words.text("hours a month"), terms.hours.month, ""))
        return [*fields, *self.reason_fields()]

    def _amount(self, key: str, label: str, value: float | None, line: str) -> Field:
        shown = fit(cell(label), _LABEL).rstrip()
        self.labels[key] = cell(line) or shown
        return text_field(key, shown, number_text(self.services.words, value), cell(line))

    def check(self) -> Change | None:
        """Read the amounts; what saves them, or None."""
        words = self.services.words
        wrong = False
        values: dict[str, float | None] = {}
        for key in self.labels:
            said = self.value(key).replace(",", ".").replace("\xa0", "").replace(" ", "")
            try:
                values[key] = float(said) if said else None
            except ValueError:
                self.judge(key, words.text("a number is expected"))
                wrong = True
            else:
                self.judge(key, "")
        if wrong:
            return None
        terms = self._with(values)
        if terms is None:
            return None
        changed = [self.labels[key] for key in self.labels if self._is_changed(key, terms)]
        self.verdict(
            words.text("Changes: {lines}", lines="; ".join(changed))
            if changed
            else words.text("Nothing has changed")
        )
        return self.saving(terms) if changed else None

    def _with(self, values: Mapping[str, float | None]) -> Terms | None:
        """The terms with the amounts; None where they cannot be, which is said under the field."""
        plain = to_plain(self.terms)
        for key, value in values.items():
            name, _, place = key.partition("-")
            table = plain.setdefault("hours", {}) if name == "hours" else plain[name][int(place)]
            field = "month" if name == "hours" else self._field(key)
            if value is None:
                table.pop(field, None)
            elif field == "share":
                table[field] = round(value / 100, 6)
            else:
                table[field] = int(value) if value.is_integer() else value
        found = from_plain(plain)
        if isinstance(found, Terms):
            return found
        for problem in found:
            section, _, rest = problem.path.partition("[")
            key = f"{section}-{rest.partition(']')[0]}" if rest else "hours"
            if key in self.fields:
                self.judge(key, problem_text(self.services.words, problem.code, problem.facts))
        return None

    def _field(self, key: str) -> str:
        name, _, place = key.partition("-")
        if name == "topics":
            line = self.terms.topics[int(place)]
            return "share" if line.amount is None and line.share is not None else "amount"
        return "amount"

    def _is_changed(self, key: str, terms: Terms) -> bool:
        name, _, place = key.partition("-")
        if name == "hours":
            return terms.hours != self.terms.hours
        before, after = getattr(self.terms, name), getattr(terms, name)
        return bool(before[int(place)] != after[int(place)])


class OrderForm(AgreementForm):
    """The priorities in another order, with the draft of what goes off and on."""

    DEFAULT_CSS = """
    OrderForm {
        & #draft { height: auto; max-height: 50vh; margin-top: 1; scrollbar-size-vertical: 1; }
        & #draft:focus { background: $boost; }
    }
    """

    def __init__(
        self,
        services: Services,
        detail: AgreementDetail,
        swaps: Mapping[tuple[tuple[int, ...], bool], Swap],
    ) -> None:
        super().__init__(
            services, detail, services.words.text("Priorities: {client}", client=detail.client.name)
        )
        self.swaps = swaps
        self.draft = Static(markup=False)

    def on_mount(self) -> None:
        """The draft stands under the fields and scrolls by itself."""
        self.query_one("#dialog").mount(VerticalScroll(self.draft, id="draft"), before="#verdict")

    def build(self) -> list[Field]:
        """The order, what becomes of amounts, why."""
        text = self.services.words.text
        names = [cell(priority.text) for priority in self.detail.newest.priorities]
        orders = [order for order, moves in self.swaps if moves]
        shown = [
            (" ".join(map(str, order)), "  ".join(f"{n}. {names[old - 1]}" for n, old in enumerate(order, 1)))
            for order in orders
        ]
        what = [("move", text("go over to what comes first")), ("keep", text("stay as they are"))]
        return [
            choice_field("order", text("the new order"), shown, shown[0][0]),
            choice_field("what", text("the amounts"), what, "move"),
            *self.reason_fields(),
        ]

    def check(self) -> Change | None:
        """Show the draft; what saves it."""
        swap = self._swap()
        self.draft.update(Content(swap.draft))
        return self.saving(swap.terms)

    def _swap(self) -> Swap:
        order = tuple(int(part) for part in self.value("order").split())
        return self.swaps[order, self.value("what") == "move"]

    @on(Saved)
    def _copy(self) -> None:
        """The draft is at hand for the messenger."""
        self.app.copy_to_clipboard(self._swap().draft)
        self.notify(self.services.words.text("The draft for the client is copied"), markup=False)


class YesForm(AgreementForm):
    """The client's yes to a version: who, on which day."""

    def __init__(self, services: Services, detail: AgreementDetail, agreement: Agreement) -> None:
        title = services.words.text("The yes to version {n}", n=agreement.version)
        super().__init__(services, detail, title)
        self.agreement = agreement

    def build(self) -> list[Field]:
        """Who and when."""
        text, today = self.services.words.text, self.detail.today
        approver = self.agreement.terms.client.approver
        return [
            text_field("who", text("who said yes"), approver, text("the client's name")),
            day_field("on", text("on which day"), day_text(today)),
        ]

    def check(self) -> Change | None:
        """Check both; what notes it."""
        text = self.services.words.text
        written = written_on(self.client, self.agreement)
        who, day = clean(self.value("who")), self.day("on", self.agreement.version, written)
        named = any(char.isalnum() for char in who)
        self.judge("who", "" if named else text("say who said yes"))
        self.verdict(text("The goals on its lines are agreed with it"))
        if not named or day is None:
            return None
        yes, version = Yes(who, day), self.agreement.version
        return lambda writer: note_yes(self.services, writer, self.client, version, yes)


class LineGoalsForm(AgreementForm):
    """The goals that the lines ask for this month, before they are set."""

    def __init__(self, services: Services, detail: AgreementDetail) -> None:
        words, title = services.words, services.words.text("Goals of the agreement")
        if detail.coming is not None:
            title += f": {month_name(words, detail.coming, detail.today)}"
        super().__init__(services, detail, title)

    def build(self) -> list[Field]:
        """Nothing is asked but a yes."""
        text = self.services.words.text
        return [choice_field("sure", text("set them"), [("yes", text("yes")), ("no", text("no"))], "yes")]

    def check(self) -> Change | None:
        """Tell the goals; what sets them."""
        words, proposal = self.services.words, self.detail.proposal
        if proposal is None:
            return None
        new = [each for each in proposal.planned if each.is_new]
        lines = [f"+ {cell(goal_title(words, each.goal))}" for each in new]
        live = sum(each.live is not None for each in proposal.planned)
        if live:
            lines.append(
                words.plural("{n} line has its goal already", "{n} lines have their goals already", live)
            )
        self.notice("\n".join(lines) or words.text("Its lines ask for no goal"))
        if not new:
            self.verdict(words.text("There is nothing to set"))
            return None
        self.verdict(words.plural("{n} new goal", "{n} new goals", len(new)))
        if self.value("sure") != "yes":
            return None
        return lambda writer: set_goals(self.services, writer, proposal)
