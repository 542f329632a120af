"""The official schema of VK's API judges the fake, our parser, our routes and our table of errors."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from connectors.base import Part, TokenKind
from connectors.vk import market, parse
from connectors.vk.errors import RULES, Action
from connectors.vk.shapes import Counts, ShapeError
from connectors.vk.tokens import KINDS
from goals.metrics import METRICS
from tests.fakes.vk import ALLOWED
from tests.fakes.vk_methods import METHODS, Context
from tests.fakes.vk_world import FakeCommunity, FakeOrder, FakePost, FakeStory, World, stats_day
from tests.support.vk_tools import SECOND
from wording.troubles.vk import TROUBLES

BASE = "http://vk.test"
RESPONSES = {
    "groups.getById": "groups/responses.json#/definitions/groups_getById_object_response",
    "groups.getTokenPermissions": "groups/responses.json#/definitions/groups_getTokenPermissions_response",
    "users.get": "users/responses.json#/definitions/users_get_response",
    "wall.get": "wall/responses.json#/definitions/wall_get_response",
    "stats.get": "stats/responses.json#/definitions/stats_get_response",
    "stats.getPostReach": "stats/responses.json#/definitions/stats_getPostReach_response",
    "market.getGroupOrders": "market/responses.json#/definitions/market_getGroupOrders_response",
    "stories.get": "stories/responses.json#/definitions/stories_get_V5113_response",
    "stories.getStats": "stories/responses.json#/definitions/stories_getStats_response",
}
#: VK's names of the token kinds.
KIND_NAMES = {"user": "user", "group": "community", "service": "service"}
#: The methods that each part calls.
CALLS = {
    Part.PROFILE: ("groups.getById",),
    Part.POSTS: ("wall.get",),
    Part.PLANNED: ("wall.get",),
    Part.STORIES: ("stories.get", "stories.getStats"),
    Part.STATS: ("stats.get",),
    Part.REACH: ("stats.getPostReach",),
    Part.SALES: ("market.getGroupOrders",),
}

Json = Any


def mended(node: Json) -> Json:
    """VK's schema as a validator takes it.

    A property says `required: true` of itself, which belongs into its parent's list; closed objects
    contradict the objects that extend them; what stands beside `$ref` counts for nothing.
    """
    if isinstance(node, list):
        return [mended(item) for item in node]
    if not isinstance(node, dict):
        return node
    fixed = {
        key: value if key == "enum" else mended(value)
        for key, value in node.items()
        if not (key == "required" and isinstance(value, bool))
        and not (key == "additionalProperties" and value is False)
        and key != "$schema"
    }
    if isinstance(fixed.get("$ref"), str):
        fixed = {"$ref": fixed["$ref"]}
    properties = node.get("properties")
    if isinstance(properties, dict):
        needed = [k for k, v in properties.items() if isinstance(v, dict) and v.get("required") is True]
        if needed:
            fixed["required"] = needed
    return fixed


@dataclass(frozen=True)
class Schema:
    """The official schema: validators by method, the methods' token kinds, the error codes."""

    registry: Registry[Json]
    methods: dict[str, Json]
    errors: dict[int, str]

    def check(self, method: str, response: object) -> None:
        """Raise ValidationError for an answer that is none."""
        schema = {"$ref": f"{BASE}/{RESPONSES[method]}"}
        Draft7Validator(schema, registry=self.registry).validate({"response": response})

    def kinds(self, method: str) -> set[str]:
        """The kinds of token that may call a method."""
        return {KIND_NAMES[kind] for kind in self.methods[method]["access_token_type"] if kind in KIND_NAMES}


@pytest.fixture(scope="module")
def schema(shared_dir: Path) -> Schema:
    folder = shared_dir / "contracts" / "vk"
    if not (folder / "errors.json").is_file():
        pytest.skip("SKIPPED LOUDLY: the official schema of VK's API is not in ../shared/contracts/vk")
    resources = [
        (
            f"{BASE}/{path.relative_to(folder).as_posix()}",
            Resource.from_contents(mended(json.loads(path.read_text())), default_specification=DRAFT7),
        )
        for path in folder.glob("*/*.json")
        if path.name != "methods.json"
    ]
    methods = {
        method["name"]: method
        for path in folder.glob("*/methods.json")
        for method in json.loads(path.read_text())["methods"]
    }
    errors = json.loads((folder / "errors.json").read_text())["errors"]
    return Schema(
        Registry().with_resources(resources), methods, {error["code"]: name for name, error in errors.items()}
    )


@pytest.fixture(scope="module")
def world() -> World:
    made = World()
    community = made.add(FakeCommunity(1, "Кофейня", "zerno", about="Обжарка", links=["https://t.me/zerno"]))
    community.posts = [
        FakePost(3, SECOND, "Закреплённый", is_pinned=True),
        FakePost(2, SECOND - 60, "Без просмотров", {"likes": 1, "reposts": 0, "comments": 0}),
        FakePost(1, SECOND - 90, "Репост", repost_of=8),
    ]
    community.postponed = [FakePost(9, SECOND + 90)]
    community.stories = [FakeStory(5, SECOND, {"views": 9, "likes": "hidden", "shares": "off", "replies": 0})]
    community.orders = [FakeOrder(2, SECOND), FakeOrder(1, SECOND - 60, status=5)]
    community.days = [stats_day(SECOND, visitors=3, reach=9, subscribed=1), stats_day(SECOND - 86400)]
    made.add(FakeCommunity(2, "DELETED", "club2", deactivated="deleted"))
    made.add(FakeCommunity(3, "Тайное", "secret", members=None))
    made.people.add("anna")
    return made


def answer(world: World, method: str, **params: str) -> Json:
    """What the fake answers to an administrator."""
    kind = "community" if method == "groups.getTokenPermissions" else "user"
    context = Context(world, World().token(kind), params)
    return json.loads(json.dumps(METHODS[method](context)))


GOOD = [
    ("groups.getById", {"group_ids": "1,2,3", "fields": "members_count"}),
    ("groups.getById", {"group_ids": "zerno,anna", "fields": "members_count"}),
    ("groups.getById", {"group_ids": "1", "fields": "members_count,description,site,links"}),
    ("groups.getTokenPermissions", {}),
    ("users.get", {}),
    ("wall.get", {"owner_id": "-1", "count": "100"}),
    ("wall.get", {"owner_id": "-1", "filter": "postponed"}),
    ("wall.get", {"owner_id": "-3"}),
    ("stats.get", {"group_id": "1", "intervals_count": "7"}),
    ("stats.getPostReach", {"owner_id": "-1", "post_ids": "3,2,1,77"}),
    ("market.getGroupOrders", {"group_id": "1", "count": "50"}),
    ("market.getGroupOrders", {"group_id": "3"}),
    ("stories.get", {"owner_id": "-1"}),
    ("stories.get", {"owner_id": "-3"}),
    ("stories.getStats", {"owner_id": "-1", "story_id": "5"}),
]


@pytest.mark.parametrize(("method", "params"), GOOD)
def test_the_fake_answers_as_the_schema_says(
    schema: Schema, world: World, method: str, params: dict[str, str]
) -> None:
    schema.check(method, answer(world, method, **params))


def test_the_fake_has_no_method_that_is_not_judged() -> None:
    assert set(METHODS) == set(RESPONSES) == {method for method, _params in GOOD}


Breaker = Callable[[Json], None]


def rejects(read: Callable[[object], object], response: object) -> bool:
    """Whether our parser takes nothing of the answer, or names what it left out."""
    try:
        told = read(response)
    except ShapeError:
        return True
    if isinstance(told, parse.Communities):
        return any(community.odd for community in told.communities)
    if isinstance(told, parse.WallPage):
        counts = Counts()
        for post in told.posts:
            post.figures(counts)
        return bool(counts.odd)
    return bool(getattr(told, "odd", ()))


BROKEN: list[tuple[str, dict[str, str], Callable[[object], object], Breaker]] = [
    ("groups.getById", {"group_ids": "1", "fields": "members_count"}, parse.parse_communities, breaker)
    for breaker in (
        lambda a: a["groups"][0].update(members_count="many"),
        lambda a: a["groups"][0].update(id=None),
        lambda a: a["groups"][0].pop("id"),
        lambda a: a["groups"][0].update(name=5),
        lambda a: a.update(groups={}),
    )
] + [
    ("wall.get", {"owner_id": "-1"}, parse.parse_wall, breaker)
    for breaker in (
        lambda a: a["items"][0]["likes"].update(count="x"),
        lambda a: a["items"][0]["views"].update(count=-1),
        lambda a: a["items"][0].update(views=7),
        lambda a: a["items"][0].update(date="yesterday"),
        lambda a: a["items"][0].update(text=["a"]),
        lambda a: a.update(items={}),
        lambda a: a.pop("count"),
    )
] + [
    ("stats.get", {"group_id": "1", "intervals_count": "1"}, parse.parse_stats, breaker)
    for breaker in (
        lambda a: a[0]["reach"].update(reach=None),
        lambda a: a[0].update(reach=[]),
        lambda a: a[0].update(period_from="2024-01-01"),
        lambda a: a[0]["activity"].update(subscribed=-2),
    )
] + [
    ("stats.getPostReach", {"owner_id": "-1", "post_ids": "3"}, parse.parse_reaches, breaker)
    for breaker in (
        lambda a: a[0].update(reach_total="many"),
        lambda a: a[0].update(post_id="x"),
    )
] + [
    ("market.getGroupOrders", {"group_id": "1"}, market.parse_orders, breaker)
    for breaker in (
        lambda a: a["items"][0].update(status="done"),
        lambda a: a["items"][0].update(date=None),
        lambda a: a["items"][0].update(total_price=1500),
        lambda a: a["items"][0]["total_price"].update(currency=[]),
        lambda a: a["items"][0].pop("id"),
        lambda a: a.update(items=None),
        lambda a: a.update(count=-1),
    )
] + [
    (
        "stories.getStats", {"owner_id": "-1", "story_id": "5"}, parse.parse_story_stats, breaker
    )
    for breaker in (
        lambda a: a["views"].update(state="gone"),
        lambda a: a["views"].update(count="many"),
        lambda a: a["views"].pop("state"),
        lambda a: a.update(likes=3),
    )
] + [
    ("stories.get", {"owner_id": "-1"}, lambda a: parse.parse_stories(a, -1), breaker)
    for breaker in (
        lambda a: a.update(items=None),
        lambda a: a["items"][0]["stories"][0].update(date="now"),
        lambda a: a["items"][0].update(stories={}),
    )
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(BROKEN)))
def test_a_broken_answer_is_rejected_by_the_schema_and_by_us(
    schema: Schema, world: World, number: int
) -> None:
    method, params, read, breaker = BROKEN[number]
    good = answer(world, method, **params)
    assert not rejects(read, good)
    broken = copy.deepcopy(good)
    breaker(broken)
    with pytest.raises(ValidationError):
        schema.check(method, broken)
    assert rejects(read, broken)


def test_no_part_is_read_with_a_kind_that_may_not(schema: Schema) -> None:
    assert set(CALLS) == set(KINDS)
    for part, methods in CALLS.items():
        for method in methods:
            assert {str(kind) for kind in KINDS[part]} <= schema.kinds(method), method


def test_the_fake_lets_nobody_call_what_the_schema_forbids(schema: Schema) -> None:
    for method in RESPONSES:
        assert ALLOWED[method] == schema.kinds(method), method


def test_every_parameter_that_is_sent_is_known(schema: Schema) -> None:
    from connectors.vk import calls

    sent = (
        calls.communities(["1"]), calls.wall(1, 100), calls.postponed(1), calls.stats(1, 3), calls.stories(1),
        calls.story_stats(1, 2),
    )  # fmt: skip
    for call in sent:
        known = {parameter["name"] for parameter in schema.methods[call.method]["parameters"]}
        # The schema of wall.get leaves out what its description names.
        known |= {"owner_id", "count"} if call.method == "wall.get" else set()
        assert set(call.params) <= known, call.method


def _named() -> Iterator[int]:
    yield from range(1, 22)
    yield from (24, 25, 27, 28, 29, 30, 32, 36, 37, 40, 42, 43, 100, 113, 125, 150, 203, 212, 260)
    yield from (600, 601, 603, 1114, 1116, 1117, 1409, 1456, 1600, 3300, 3301, 3302, 3303, 3304, 3610, 9999)


def test_every_error_that_matters_has_a_rule_and_a_sentence(schema: Schema) -> None:
    assert set(_named()) <= set(schema.errors)
    assert set(_named()) <= set(RULES)
    assert {f"vk.{code}" for code in RULES} <= set(TROUBLES)
    assert {code for code in RULES if code not in schema.errors} == {1051}


def test_the_rules_do_what_is_agreed() -> None:
    actions = {
        Action.RETRY: {1, 10, 32, 43},
        Action.SLOWER: {6},
        Action.HALVE: {13, 36},
        Action.STOP_TOKEN: {2, 4, 5, 42, 1114, 1116, 1117},
        Action.PARK_TOKEN: {14, 17, 24, 25, 3300, 3301, 3302, 3303, 3304},
        Action.PARK_METHOD: {9, 29},
        Action.FORBID: {20, 21, 27, 28, 1051},
        Action.FORBID_HERE: {7, 15},
        Action.UNAVAILABLE: {18, 19, 30, 37, 40, 203, 3610},
        Action.BISECT: {100, 113, 125},
        Action.DROP: {1600},
        Action.FAIL: {3, 8, 12, 9999},
    }
    assert set(actions) == set(Action)
    for action, codes in actions.items():
        assert {code for code in codes if RULES[code].action is not action} == set()
    parked = (Action.PARK_TOKEN, Action.PARK_METHOD, Action.FORBID, Action.FORBID_HERE)
    assert all((rule.park is not None) == (rule.action in parked) for rule in RULES.values())


def test_the_kinds_and_metrics_are_the_programs_own() -> None:
    from connectors.vk import VkConnector

    assert VkConnector.metrics <= set(METRICS)
    assert {kind for kinds in VkConnector.reads.values() for kind in kinds} <= set(TokenKind)
