"""Writes what was agreed with a fictional client, and what was said since: calls, check-ins, materials."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from goals.agreement.plain import to_stored
from goals.model import Goal, GoalId
from goals.records import Call, CheckIn, Material

if TYPE_CHECKING:
    from cli.demo.model import Deal, Part
    from cli.demo.moment import Moment
    from goals.model import ClientId
    from store.contract import Writer

#: Who looks after the specialist's own goals.
SELF_AUTHOR = "я"


def agree(store: Writer, client_id: ClientId, part: Part, moment: Moment) -> None:
    """Write the versions of the agreement with the client's yes, the goals, and what came of them."""
    author = part.manager or SELF_AUTHOR
    for version, pact in enumerate(part.pacts, 1):
        made, terms = moment.at(pact.day, 12), to_stored(pact.terms(moment))
        store.add_agreement(
            client_id, terms, reason=pact.reason, based_on=version - 1, author=author, now=made
        )
        store.accept_agreement(
            client_id,
            version,
            by=pact.accepted_by,
            on=moment.day(pact.accepted_on),
            author=author,
            now=moment.at(pact.accepted_on, 14),
        )
    for talk in part.talks:
        made = moment.at(talk.day, 15)
        store.add_call(Call(0, client_id, moment.day(talk.day), made, author, talk.notes, talk.decisions))
    for deal in part.deals:
        _add_goal(store, client_id, deal, author, moment)
    for asked in part.asked:
        came = None if asked.came is None else moment.day(asked.came)
        material = Material(0, client_id, asked.what, moment.day(asked.day), came)
        store.add_material(material, author=author, now=moment.at(asked.day, 11))


def _add_goal(store: Writer, client_id: ClientId, deal: Deal, author: str, moment: Moment) -> None:
    agreed_on = moment.day(min(deal.start, 0) - 1) if deal.agreed_by else None
    goal = Goal(
        id=GoalId(0),
        client_id=client_id,
        metric=deal.metric,
        kind=deal.kind,
        amount=float(deal.amount),
        start=moment.day(deal.start),
        network=deal.network,
        topic=deal.topic,
        period=deal.period,
        deadline=None if deal.deadline is None else moment.day(deal.deadline),
        baseline=deal.baseline,
        priority=deal.priority,
        term=deal.term,
        agreed_by=deal.agreed_by,
        agreed_on=agreed_on,
    )
    goal_id = store.add_goal(goal, author=author, now=moment.at(deal.start - 1, 12))
    for change in deal.changes:
        fields: dict[str, Any] = dict(change.fields)
        if "deadline" in fields:
            fields["deadline"] = moment.day(fields["deadline"])
        store.update_goal(
            replace(store.goal(goal_id), **fields),
            author=author,
            now=moment.at(change.day, 15),
            why=change.why,
            agreed_on=moment.day(change.day) if change.agreed else None,
        )
    store.add_check_ins(
        CheckIn(0, goal_id, moment.day(said.day), moment.at(said.day, 16), author, said.confidence, said.why)
        for said in deal.sure
    )
