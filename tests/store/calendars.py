"""What every store must do with the working week that was agreed with a client."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goals.agreement.plain import agreement_of, in_force, to_stored
from goals.agreement.terms import Hours, Terms, Weekday
from goals.model import ClientId
from goals.records import DayOff
from goals.workcalendar import EVERYDAY
from store.contract import Writer
from store.errors import NotFoundError
from tests.store.base import StoreCase
from tests.support.store import AUTHOR, NOW, TODAY, add_client

MONDAY = date(2026, 11, 23)
SATURDAY, SUNDAY = MONDAY + timedelta(days=5), MONDAY + timedelta(days=6)
TUE_SAT = Hours(days_off=(Weekday.SUN, Weekday.MON))


def agree(store: Writer, client: ClientId, hours: Hours, *, based_on: int = 0, accepted: bool = True) -> None:
    version = store.add_agreement(
        client, to_stored(Terms(hours=hours)), reason="", based_on=based_on, author=AUTHOR, now=NOW
    )
    if accepted:
        store.accept_agreement(client, version, by="Ольга", on=TODAY, author=AUTHOR, now=NOW)


def week(store: Writer, client: ClientId) -> str:
    """The working days of the week of MONDAY, as a row of letters."""
    calendar = store.calendar(client)
    working = (calendar.is_working(MONDAY + timedelta(days=step)) for step in range(7))
    return "".join(letter if found else "·" for letter, found in zip("MTWTFSS", working, strict=True))


class CalendarContract(StoreCase):
    """The agreed week."""

    def test_a_client_without_an_agreement_works_from_monday_to_friday(
        self, store: Writer, client: ClientId
    ) -> None:
        assert store.calendar(client) == EVERYDAY

    @pytest.mark.parametrize(
        ("days_off", "expected"),
        [
            (None, "MTWTF··"),
            ((), "MTWTFSS"),
            ((Weekday.SUN, Weekday.MON), "·TWTFS·"),
            (tuple(Weekday), "·······"),
        ],
    )
    def test_the_week_is_the_agreed_one(
        self, store: Writer, client: ClientId, days_off: tuple[Weekday, ...] | None, expected: str
    ) -> None:
        agree(store, client, Hours(days_off=days_off))
        agree(store, add_client(store, "Свеча"), Hours(days_off=(Weekday.WED,)))
        assert week(store, client) == expected

    def test_holidays_and_days_off_stay_on_top(self, store: Writer, client: ClientId) -> None:
        agree(store, client, TUE_SAT)
        store.set_holidays(client, free=[SATURDAY], working=[SUNDAY], until=date(2028, 12, 31))
        assert week(store, client) == "·TWTF·S"
        tuesday = MONDAY + timedelta(days=1)
        store.add_day_off(DayOff(0, None, tuesday, tuesday, "отпуск"), author=AUTHOR, now=NOW)
        assert week(store, client) == "··WTF·S"

    def test_a_single_day_agreed_to_be_worked_is_worked_on_a_holiday_but_not_on_a_day_off(
        self, store: Writer, client: ClientId
    ) -> None:
        friday = MONDAY + timedelta(days=4)
        agree(store, client, Hours(days_off=TUE_SAT.days_off, worked_days=(MONDAY, friday, SUNDAY)))
        store.set_holidays(client, free=[friday], working=[], until=date(2028, 12, 31))
        assert week(store, client) == "MTWTFSS"
        store.add_day_off(DayOff(0, client, SUNDAY, SUNDAY, "отпуск"), author=AUTHOR, now=NOW)
        assert week(store, client) == "MTWTFS·"

    def test_the_accepted_version_holds_until_a_newer_one_is_accepted(
        self, store: Writer, client: ClientId
    ) -> None:
        agree(store, client, TUE_SAT, accepted=False)
        assert week(store, client) == "·TWTFS·"
        agree(store, client, Hours(days_off=(Weekday.WED,)), based_on=1)
        assert week(store, client) == "MT·TFSS"
        agree(store, client, TUE_SAT, based_on=2, accepted=False)
        assert week(store, client) == "MT·TFSS"
        store.accept_agreement(client, 3, by="Ольга", on=TODAY, author=AUTHOR, now=NOW)
        assert week(store, client) == "·TWTFS·"

    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(versions=st.lists(st.tuples(st.sets(st.sampled_from(Weekday)), st.booleans()), max_size=4))
    def test_the_week_is_that_of_the_version_in_force_by_the_one_rule(
        self, store: Writer, versions: list[tuple[set[Weekday], bool]]
    ) -> None:
        client = add_client(store, f"Свеча {uuid4()}")
        for number, (days_off, accepted) in enumerate(versions):
            agree(store, client, Hours(days_off=tuple(days_off)), based_on=number, accepted=accepted)
        known = store.agreements(client)
        agreed = (
            agreement_of(in_force(known)).terms.hours.days_off or () if known else (Weekday.SAT, Weekday.SUN)
        )
        free = {day.number for day in agreed}
        assert week(store, client) == "".join("·" if n in free else "MTWTFSS"[n] for n in range(7))

    def test_days_off_can_be_taken_back(self, store: Writer, client: ClientId) -> None:
        friday = MONDAY + timedelta(days=4)
        first, second = (
            store.add_day_off(DayOff(0, owner, day, day, "отпуск"), author=AUTHOR, now=NOW)
            for owner, day in ((client, MONDAY), (None, friday))
        )
        store.remove_day_off(first)
        assert (week(store, client), [off.id for off in store.days_off()]) == ("MTWT···", [second])
        with pytest.raises(NotFoundError):
            store.remove_day_off(first)
