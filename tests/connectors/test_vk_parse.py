"""Reading VK's answers, and the one form of `execute`: pure."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.vk import calls, parse
from connectors.vk.shapes import Counts, ShapeError
from tests.fakes.vk_methods import METHODS, Context
from tests.fakes.vk_script import ScriptError, parse_script, run_script
from tests.fakes.vk_world import FakeCommunity, FakePost, World

COUNT = st.integers(0, 10**9)
FIGURES = st.fixed_dictionaries(
    {}, optional={"views": COUNT, "likes": COUNT, "reposts": COUNT, "comments": COUNT}
)
POSTS = st.lists(
    st.builds(FakePost, st.integers(1, 10**9), st.integers(1, 2**31), st.text(max_size=40), FIGURES),
    max_size=8,
    unique_by=lambda post: post.id,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def wall_answer(posts: list[FakePost]) -> object:
    world = World()
    world.add(FakeCommunity(1, "a", "a", posts=posts))
    return METHODS["wall.get"](Context(world, world.token("user"), {"owner_id": "-1", "count": "100"}))


@given(POSTS)
def test_a_wall_is_the_same_whole_and_in_columns(posts: list[FakePost]) -> None:
    answer = wall_answer(posts)
    call = calls.wall(1)
    script = parse_script(calls.script([call]))
    [piece] = calls.pieces([call], {"response": run_script(script, [answer])})
    assert piece.columns is not None
    in_columns = parse.wall_from_columns(piece.columns)
    assert in_columns == parse.parse_wall(answer)
    assert in_columns.total == len(posts)
    named = {"views": "views", "likes": "likes", "reposts": "shares", "comments": "comments"}
    for post, told in zip(posts, in_columns.posts, strict=True):
        assert told.figures(Counts()) == {named[key]: value for key, value in post.figures.items()}


@given(JSON)
def test_junk_is_a_shape_error_and_nothing_else(junk: object) -> None:
    readers = (
        parse.parse_communities,
        parse.parse_wall,
        parse.parse_stats,
        parse.parse_story_stats,
        lambda answer: parse.parse_stories(answer, -1),
        lambda answer: parse.wall_from_columns(answer if isinstance(answer, list) else [answer] * 8),
    )
    for reader in readers:
        try:
            reader(junk)
        except ShapeError:
            continue


@given(
    st.lists(st.text(alphabet="abc1_.", min_size=1, max_size=12), min_size=1, max_size=5), st.integers(1, 99)
)
def test_scripts_have_the_agreed_form_and_say_what_was_asked(names: list[str], community: int) -> None:
    asked = [calls.communities(names), calls.wall(community), calls.stats(community, 3)]
    code = calls.script(asked)
    lines = code.split("\n")
    assert len(lines) == 4
    for number, line in enumerate(lines[:-1]):
        assert re.fullmatch(rf"var w{number}=API\.\w+\.\w+\(\{{.*\}}\);", line)
        assert '"v":"5.199"' in line
    assert re.fullmatch(r"return \[w0,w1\.count,(w1\.items(@\.\w+)+,)+w2\];", lines[-1])
    parsed = parse_script(code)
    assert [method for method, _params in parsed.calls] == ["groups.getById", "wall.get", "stats.get"]
    assert parsed.calls[0][1]["group_ids"] == ",".join(names)


def test_twenty_five_walls_stay_within_the_operations() -> None:
    code = calls.script([calls.communities(["1"]), *(calls.wall(n) for n in range(1, 25))])
    assert parse_script(code).operations <= 1000
    assert len(code) < 6000


@pytest.mark.parametrize(
    "code",
    [
        "",
        "return 1;",
        'var w0=API.wall.get({"owner_id":-1});',
        'var w1=API.wall.get({"owner_id":-1});return [w1];',
        "var w0=API.wall.get({owner_id:-1});return [w0];",
        "var w0=API.wall.get({'owner_id':-1});return [w0];",
        'var w0=API.wall.get({"owner_id":-1});return [w1];',
        'var w0=API.wall.get({"owner_id":-1});return [w0+1];',
        'var w0=API.wall.get({"owner_id":-1});return [w0[0]];',
        'var w0=API.wall.get({"owner_id":-1});return {"a":w0};',
        'var w0=API.wall.get({"owner_id":-1});return [w0];var w1=1;',
        "var i=0;while(i<3){i=i+1;}return [i];",
        'var w0=API.wall.get({"owner_id":-1}).items;return [w0];',
        'var w0=API.wall.get({"owner_id":-1},1);return [w0];',
    ],
)  # fmt: skip
def test_the_fake_compiles_no_other_form(code: str) -> None:
    with pytest.raises(ScriptError):
        parse_script(code)


def test_the_fake_walks_fields_and_columns() -> None:
    script = parse_script(
        'var w0=API.a.b({"x":1});return [w0,w0.n,w0.i@.id,w0.i@.v@.c,w0.no@.id,5,"a",null];'
    )
    value = {"n": 2, "i": [{"id": 1, "v": {"c": 9}}, {"id": 2}]}
    assert run_script(script, [value]) == [value, 2, [1, 2], [9, None], None, 5, "a", None]


def test_failures_and_their_errors_are_matched_by_method() -> None:
    asked = [calls.wall(1), calls.stats(2, 1), calls.wall(3), calls.stats(4, 1)]
    row = [1, [5], [6], ["t"], [None], [1], [2], [3]]
    answer = {
        "response": [*[None] * 8, False, *row, False],
        "execute_errors": [
            {"method": "wall.get", "error_code": 15, "error_msg": "Access denied"},
            {"method": "stats.get", "error_code": 7, "error_msg": "no"},
            {"method": "execute", "error_code": 13, "error_msg": "x"},
        ],
    }
    first, second, third, fourth = calls.pieces(asked, answer)
    assert first.error is not None
    assert first.error.code == "vk.15"
    assert third.columns == tuple(row)
    assert (second.failed, second.error, fourth.failed, fourth.error) == (True, None, True, None)


@pytest.mark.parametrize("response", [None, {}, [], [1, 2], "x", False])
def test_an_answer_of_another_length_is_none(response: object) -> None:
    with pytest.raises(ShapeError):
        calls.pieces([calls.wall(1)], {"response": response})


def test_the_answers_of_older_versions_are_understood() -> None:
    old = [{"id": 1, "name": "Кофейня", "screen_name": "zerno", "members_count": 7}]
    told = parse.parse_communities(old)
    assert told == parse.parse_communities({"groups": old, "profiles": []})
    assert told.communities[0].members == 7
    without_likes = {"views": {"state": "on", "count": 3}, "replies": {"state": "off"}}
    assert parse.parse_story_stats(without_likes).figures == {"views": 3}


def test_other_peoples_stories_are_left_out() -> None:
    stories = [
        {"id": 1, "owner_id": -5, "date": 100},
        {"id": 2, "owner_id": -6, "date": 100},
        {"id": 3, "owner_id": -5, "date": 100, "is_deleted": True},
    ]
    answer = {"count": 1, "items": [{"type": "stories", "stories": stories}, {"type": "promo_stories"}]}
    assert [story.id for story in parse.parse_stories(answer, -5)] == [1]


def test_a_deleted_post_is_no_post() -> None:
    answer = json.loads(json.dumps(wall_answer([FakePost(2, 200), FakePost(1, 100)])))
    answer["items"][0]["is_deleted"] = True
    assert [post.id for post in parse.parse_wall(answer).posts] == [1]
