"""How client and specialist work together, in words: a label and one line for each part of the terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wording.agreements.phrases import (
    clock_span,
    day_text,
    days_span,
    joined,
    month_day,
    weekday_text,
)
from wording.goals import counted, network_name

if TYPE_CHECKING:
    from goals.agreement.terms import (
        Ads,
        AgreedAccount,
        Approval,
        ClientSide,
        Dates,
        Hours,
        MaterialLine,
        Payment,
        Replies,
        Report,
        Rights,
        Terms,
    )
    from wording.words import Words


def conditions(words: Words, terms: Terms) -> tuple[tuple[str, str], ...]:
    """The label and the line of every part that says something, in the order of the page."""
    text = words.text
    found = (
        (text("Term"), _dates(words, terms.dates)),
        (text("Accounts"), joined(*(_account(words, line) for line in terms.accounts))),
        (text("Materials"), joined(*(_material(words, line) for line in terms.materials))),
        (text("Approval"), _approval(words, terms.approval)),
        (text("Replies to people"), _replies(words, terms.replies)),
        (text("Hours"), _hours(words, terms.hours)),
        (text("Advertising"), _ads(words, terms.ads)),
        (text("Not included"), joined(*(terms.scope.not_included or ()))),
        (text("Report"), _report(words, terms.report)),
        (text("Questions of the call"), " ".join(terms.report.questions or ())),
        (text("Payment"), _payment(words, terms.payment)),
        (text("Rights"), _rights(words, terms.rights)),
        (text("Client"), _client(words, terms.client)),
    )
    return tuple((label, line) for label, line in found if line)


def _either(said: bool | None, yes: str, no: str) -> str:  # noqa: FBT001 - a field of the terms
    return "" if said is None else yes if said else no


def _dates(words: Words, dates: Dates) -> str:
    text = words.text
    notice = ""
    if dates.notice_days is not None:
        notice = words.plural("notice {n} day ahead", "notice {n} days ahead", dates.notice_days)
    renews = _either(dates.renews, text("goes on by itself"), text("does not go on by itself"))
    return joined(days_span(words, dates.start, dates.end), renews, notice)


def _account(words: Words, line: AgreedAccount) -> str:
    text = words.text
    followers = ""
    if line.followers is not None:
        followers = counted(words, "audience", line.followers)
        if line.counted_on is not None:
            day = day_text(words, line.counted_on)
            followers = text("{followers} on {day}", followers=followers, day=day)
    details = (
        text("owner: {name}", name=line.owner) if line.owner else "",
        text("access: {access}", access=line.access) if line.access else "",
        followers,
    )
    said = ", ".join(detail for detail in details if detail)
    return f"{network_name(words, line.network)} {line.address}" + (f" ({said})" if said else "")


def _material(words: Words, line: MaterialLine) -> str:
    who = f"{line.what} — {line.who}" if line.who else line.what
    return f"{who}, {_by(words, line.by_day)}" if line.by_day else who


def _by(words: Words, day: int) -> str:
    return words.text("by the {day} of the month", day=month_day(words, day))


def _approval(words: Words, approval: Approval) -> str:
    text = words.text
    plan = text("the plan") + " " + _by(words, approval.plan_day) if approval.plan_day else ""
    reply = ""
    if approval.reply_days is not None:
        within = words.plural("within {n} working day", "within {n} working days", approval.reply_days)
        reply = text("the client answers {within}", within=within)
        if not approval.reply_days:
            reply = text("the client answers on the same day")
    silence = _either(
        approval.silence_is_consent, text("no answer means yes"), text("no answer does not mean yes")
    )
    rounds = ""
    if approval.rounds is not None:
        rounds = words.plural("{n} round of edits", "{n} rounds of edits", approval.rounds)
    return joined(plan, reply, silence, rounds if approval.rounds != 0 else text("no edits"))


def _replies(words: Words, replies: Replies) -> str:
    minutes = ""
    if replies.minutes is not None:
        minutes = words.plural("within {n} minute", "within {n} minutes", replies.minutes)
    hand_over = replies.hand_over and words.text("handed over to the client: {what}", what=replies.hand_over)
    return joined(replies.who, clock_span(words, replies.start_time, replies.end_time), minutes, hand_over)


def _hours(words: Words, hours: Hours) -> str:
    text = words.text
    month = "" if hours.month is None else counted(words, "hours", hours.month) + " " + text("a month")
    contact = clock_span(words, hours.start_time, hours.end_time)
    off = ""
    if hours.days_off is not None:
        named = ", ".join(
            weekday_text(words, number) for number in sorted(day.number for day in hours.days_off)
        )
        off = text("days off: {days}", days=named) if named else text("no weekly days off")
    worked = ", ".join(day_text(words, day) for day in sorted(hours.worked_days or ()))
    urgent = _either(hours.urgent, text("urgent work is taken"), text("no urgent work"))
    price = f" ({hours.urgent_price})" if hours.urgent_price and urgent else ""
    return joined(
        month,
        text("in touch {span}", span=contact) if contact else "",
        off,
        text("worked days off: {days}", days=worked) if worked else "",
        urgent + price if urgent else hours.urgent_price,
    )


def _ads(words: Words, ads: Ads) -> str:
    text = words.text
    budget = "" if ads.budget is None else words.money(ads.budget, 2) + " " + text("a month")
    return joined(
        budget,
        text("paid by: {name}", name=ads.payer) if ads.payer else "",
        _either(ads.setup_included, text("setting up is included"), text("setting up is not included")),
    )


def _report(words: Words, report: Report) -> str:
    text = words.text
    day = "" if report.day is None else text("on the {day} of each month", day=month_day(words, report.day))
    call = ""
    if report.call_day is not None:
        call = text("call on the {day} of each month", day=month_day(words, report.call_day))
    if report.call_minutes is not None:
        length = words.plural("{n} minute", "{n} minutes", report.call_minutes)
        call = f"{call}, {length}" if call else text("call of {length}", length=length)
    following = ""
    if report.next_call is not None:
        following = text("next call on {day}", day=day_text(words, report.next_call))
    return joined(day, report.form, call, following)


def _payment(words: Words, payment: Payment) -> str:
    amount = ""
    if payment.amount is not None:
        amount = words.money(payment.amount, 2) + " " + words.text("a month")
    day = "" if payment.day is None else _by(words, payment.day)
    extra = payment.extra and words.text("more work: {price}", price=payment.extra)
    return joined(amount, day, extra)


def _rights(words: Words, rights: Rights) -> str:
    text = words.text
    portfolio = _either(
        rights.portfolio, text("may be shown in a portfolio"), text("is not shown in a portfolio")
    )
    data = rights.personal_data and text("personal data: {what}", what=rights.personal_data)
    return joined(rights.works, portfolio, data)


def _client(words: Words, client: ClientSide) -> str:
    approver = client.approver and words.text("approves: {name}", name=client.approver)
    return joined(client.about, client.contact, approver)
