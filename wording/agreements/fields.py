"""What each section and field of an agreement is, in a few words: for its file, and for what it lacks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wording.words import mark

if TYPE_CHECKING:
    from wording.words import Words

SECTIONS = {
    "client": mark("The client"),
    "dates": mark("From when to when"),
    "accounts": mark("Accounts that are worked on"),
    "priorities": mark("What for: one to three priorities, the most important first"),
    "topics": mark("What content is about"),
    "content": mark("Content: how much of what comes out"),
    "materials": mark("Who gives materials"),
    "approval": mark("How content is approved"),
    "replies": mark("Who answers people"),
    "hours": mark("Hours and days off"),
    "ads": mark("Advertising"),
    "kpis": mark("Figures both sides look at (KPI)"),
    "scope": mark("What is not included"),
    "report": mark("The report and the call"),
    "payment": mark("Payment"),
    "rights": mark("Rights and personal data"),
}

FIELDS = {
    "client.about": mark("what the client does"),
    "client.contact": mark("how to reach him"),
    "client.approver": mark("who approves: one person"),
    "dates.start": mark("the first day"),
    "dates.end": mark("the last day"),
    "dates.renews": mark("goes on by itself after the last day: true or false"),
    "dates.notice_days": mark("how many days ahead one says that it ends"),
    "accounts.network": mark("the network"),
    "accounts.address": mark("the link or the name"),
    "accounts.owner": mark("who owns it"),
    "accounts.access": mark("what access there is"),
    "accounts.followers": mark("followers at the start"),
    "accounts.counted_on": mark("on which day they were counted"),
    "priorities.text": mark("the reason in the client's words: sell the old batch"),
    "priorities.season_start": mark("the first day of its season"),
    "priorities.season_end": mark("the last day of its season"),
    "topics.topic": mark("the topic, as it is called in smm topic"),
    "topics.share": mark("the share of all content, 0 to 1: 0.3 is 30 per cent"),
    "topics.amount": mark("or how many pieces"),
    "topics.format": mark("of which format"),
    "topics.network": mark("in which network; all if left out"),
    "topics.period": mark("every day, week or month"),
    "topics.until": mark("until which day"),
    "topics.priority": mark("which priority it serves: 1, 2 or 3"),
    "content.network": mark("the network; all together if left out"),
    "content.format": mark("the format"),
    "content.amount": mark("how many pieces"),
    "content.period": mark("every day, week or month; without it a day is needed"),
    "content.until": mark("until which day"),
    "content.priority": mark("which priority it serves: 1, 2 or 3"),
    "materials.what": mark("photos, prices, discounts"),
    "materials.who": mark("who gives them"),
    "materials.by_day": mark("by which day of the month"),
    "approval.plan_day": mark("by which day of the month the content plan is there"),
    "approval.reply_days": mark("working days for the client's answer"),
    "approval.silence_is_consent": mark("no answer in time means yes: true or false"),
    "approval.rounds": mark("rounds of edits"),
    "replies.who": mark("who answers comments and messages"),
    "replies.start_time": mark("from what time"),
    "replies.end_time": mark("until what time"),
    "replies.minutes": mark("within how many minutes"),
    "replies.hand_over": mark("what is handed over to the client"),
    "hours.month": mark("hours of work a month"),
    "hours.start_time": mark("in touch from"),
    "hours.end_time": mark("in touch until"),
    "hours.days_off": mark("weekly days off; Saturday and Sunday if left out"),
    "hours.worked_days": mark("single days off that are worked"),
    "hours.urgent": mark("urgent work is taken: true or false"),
    "hours.urgent_price": mark("what urgent work costs"),
    "ads.budget": mark("the budget a month, roubles"),
    "ads.payer": mark("who pays"),
    "ads.setup_included": mark("setting ads up is part of the work: true or false"),
    "kpis.metric": mark("the figure"),
    "kpis.kind": mark("how the amount is meant"),
    "kpis.network": mark("in which network; all if left out"),
    "kpis.baseline": mark("how much it is now"),
    "kpis.amount": mark("how much it should be"),
    "kpis.period": mark("month, if it begins anew each month"),
    "kpis.until": mark("or by which day"),
    "kpis.where": mark("where both look at it"),
    "kpis.depends_on_client": mark("depends on the client too: true or false"),
    "kpis.priority": mark("which priority it serves: 1, 2 or 3"),
    "scope.not_included": mark("shooting, design, ads, other networks, answers at night, sales"),
    "report.day": mark("on which day of the month the report comes"),
    "report.form": mark("in which form"),
    "report.call_day": mark("on which day of the month the call is"),
    "report.call_minutes": mark("how many minutes it takes"),
    "report.next_call": mark("the day of the next call"),
    "report.questions": mark("the questions of the call"),
    "payment.amount": mark("the fee a month, roubles"),
    "payment.day": mark("on which day of the month it is paid"),
    "payment.extra": mark("what more work costs"),
    "rights.works": mark("whose the texts and pictures are"),
    "rights.portfolio": mark("the work may be shown in a portfolio: true or false"),
    "rights.personal_data": mark("what is done with personal data"),
}

#: What a report has to answer, to begin with.
QUESTIONS = (
    mark("What did we want?"),
    mark("What came of it, and why?"),
    mark("What do we do next?"),
)

_INDEX = re.compile(r"\[\d+\]")


def section_text(words: Words, section: str) -> str:
    """What a section is about: «Контент: сколько чего выходит»."""
    return words.text(SECTIONS[section])


def field_text(words: Words, path: str) -> str:
    """What is meant at a path of the agreement: `hours.month`, `content[2].amount`, or a whole list."""
    key = _INDEX.sub("", path)
    return words.text(FIELDS[key]) if key in FIELDS else section_text(words, key)


def questions(words: Words) -> tuple[str, ...]:
    """The three questions of a call."""
    return tuple(words.text(question) for question in QUESTIONS)
