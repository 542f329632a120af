"""The methods of the fake VK, in the shapes of the official schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.fakes.vk_world import FakeCommunity, FakeOrder, FakePost, FakeToken, World

_STORY_BLOCKS = ("answer", "bans", "open_link", "replies", "shares", "subscribers", "views", "likes")
_PHOTO = "https://vk.com/images/community_50.png"


class ReplyError(Exception):
    """An answer that is an error."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code} {message}")
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Context:
    """One call: the world, whose token, with what parameters."""

    world: World
    token: FakeToken
    params: Mapping[str, str]


def int_of(params: Mapping[str, str], name: str, default: int | None = None) -> int:
    """A whole parameter. Raises ReplyError 100 for one that is missing or no number."""
    try:
        return int(params[name]) if name in params or default is None else default
    except (KeyError, ValueError) as error:
        raise ReplyError(100, f"One of the parameters specified was missing or invalid: {name}") from error


def _owned(context: Context) -> FakeCommunity:
    owner = int_of(context.params, "owner_id")
    community = context.world.communities.get(-owner)
    if community is None:
        raise ReplyError(100, "One of the parameters specified was missing or invalid: owner_id")
    return community


def groups_get_by_id(context: Context) -> object:
    names = [name for name in context.params.get("group_ids", "").split(",") if name]
    if not names:
        raise ReplyError(
            100, "One of the parameters specified was missing or invalid: group_ids is undefined"
        )
    if len(names) > 500:
        raise ReplyError(100, "One of the parameters specified was missing or invalid: too many group_ids")
    bad = [name for name in names if name.isdigit() and int(name) > 10**9]
    if bad:
        raise ReplyError(125, "Invalid group id")
    found = [community for name in names if (community := context.world.find(name)) is not None]
    people = [name for name in names if name in context.world.people]
    if not found and not people:
        raise ReplyError(
            100, "One of the parameters specified was missing or invalid: group_ids is undefined"
        )
    fields = context.params.get("fields", "").split(",")
    return {
        "groups": [_group(community, fields) for community in found],
        "profiles": [
            {"id": 1000 + n, "first_name": "Анна", "photo_50": _PHOTO, "photo_100": _PHOTO}
            for n, _name in enumerate(people)
        ],
    }


def _group(community: FakeCommunity, fields: list[str]) -> dict[str, object]:
    group: dict[str, object] = {
        "id": community.id,
        "name": community.name,
        "screen_name": community.screen_name,
        "is_closed": 0,
        "type": "group",
        "photo_50": _PHOTO,
        "photo_100": _PHOTO,
        "photo_200": _PHOTO,
    }
    if community.deactivated:
        group["deactivated"] = community.deactivated
    elif community.members is not None and "members_count" in fields:
        group["members_count"] = community.members
    if not community.deactivated and "description" in fields:
        group["description"] = community.about
    if not community.deactivated and "links" in fields and community.links:
        group["links"] = [
            {"id": number, "url": url, "name": "", "desc": "", "photo_50": _PHOTO, "photo_100": _PHOTO}
            for number, url in enumerate(community.links, 1)
        ]
    return group


def groups_get_token_permissions(context: Context) -> object:
    return {"mask": 2097153, "permissions": [{"name": "stories", "setting": 1}]}


def users_get(context: Context) -> object:
    if context.token.kind != "user":
        return []
    return [
        {
            "id": 77,
            "first_name": "Мария",
            "last_name": "Седова",
            "can_access_closed": True,
            "is_closed": False,
        }
    ]


def wall_get(context: Context) -> object:
    community = _owned(context)
    if community.deactivated:
        raise ReplyError(18, "User was deleted or banned")
    if community.wall_error:
        raise ReplyError(
            community.wall_error, "Access denied: this wall available only for community members"
        )
    posts = community.posts
    if context.params.get("filter") == "postponed":
        if context.token.kind != "user" or not context.token.administers(community.id):
            raise ReplyError(15, "Access denied: no access to postponed posts")
        posts = community.postponed
    count = min(100, int_of(context.params, "count", 20))
    offset = int_of(context.params, "offset", 0)
    return {
        "count": len(posts),
        "items": [_post(community.id, post) for post in posts[offset : offset + count]],
    }


def _post(community: int, post: FakePost) -> dict[str, object]:
    item: dict[str, object] = {
        "inner_type": "wall_wallpost",
        "id": post.id,
        "owner_id": -community,
        "from_id": -community,
        "date": post.date,
        "text": post.text,
        "type": "post",
        "post_type": "post",
        "attachments": [],
        "hash": "x" * 20,
    }
    if post.is_pinned:
        item["is_pinned"] = 1
    if "likes" in post.figures:
        item["likes"] = {"can_like": 1, "count": post.figures["likes"], "user_likes": 0}
    if "reposts" in post.figures:
        item["reposts"] = {"count": post.figures["reposts"]}
    if "comments" in post.figures:
        item["comments"] = {"count": post.figures["comments"], "can_post": 0}
    if "views" in post.figures:
        item["views"] = {"count": post.figures["views"]}
    if post.repost_of is not None:
        source = FakePost(post.repost_of, post.date, "Источник")
        item["copy_history"] = [{key: value for key, value in _post(99, source).items() if key != "hash"}]
    return item


def stats_get(context: Context) -> object:
    community = context.world.communities.get(int_of(context.params, "group_id"))
    if community is None:
        raise ReplyError(125, "Invalid group id")
    if not context.token.administers(community.id):
        raise ReplyError(15, "Access denied: you should be group admin")
    days = sorted(community.days, key=lambda day: -int(str(day["period_from"])))
    return days[: int_of(context.params, "intervals_count", 1)]


def stories_get(context: Context) -> object:
    community = _owned(context)
    if not context.token.administers(community.id):
        raise ReplyError(15, "Access denied")
    stories = [
        {
            "id": story.id,
            "owner_id": -community.id,
            "date": story.date,
            "expires_at": story.date + 86400,
            "type": "photo",
            "can_see": 1,
        }
        for story in community.stories
    ]
    items = [{"type": "stories", "id": "s", "stories": stories, "has_unseen": False}] if stories else []
    return {"count": len(items), "items": items}


def stories_get_stats(context: Context) -> object:
    community = _owned(context)
    if not context.token.administers(community.id):
        raise ReplyError(15, "Access denied")
    wanted = int_of(context.params, "story_id")
    story = next((story for story in community.stories if story.id == wanted), None)
    if story is None:
        raise ReplyError(1600, "Story has already expired")
    blocks: dict[str, object] = {}
    for name in _STORY_BLOCKS:
        told = story.stats.get(name, "off")
        blocks[name] = {"state": told} if isinstance(told, str) else {"state": "on", "count": told}
    return blocks


def stats_get_post_reach(context: Context) -> object:
    community = _owned(context)
    if not context.token.administers(community.id):
        raise ReplyError(15, "Access denied: no access to statistics of posts")
    wanted = [int(number) for number in context.params.get("post_ids", "").split(",")]
    if len(wanted) > 30:
        raise ReplyError(100, "One of the parameters specified was missing or invalid: post_ids")
    reached = {post.id: post.reach for post in community.posts}
    return [
        {"post_id": number, "reach_total": reached[number], "reach_subscribers": 1, "links": 2, "hide": 0}
        for number in wanted
        if reached.get(number) is not None
    ]


def market_get_group_orders(context: Context) -> object:
    community = context.world.communities.get(int_of(context.params, "group_id"))
    if community is None:
        raise ReplyError(100, "One of the parameters specified was missing or invalid: group_id")
    if not context.token.administers(community.id):
        raise ReplyError(15, "Access denied")
    if not community.has_shop:
        raise ReplyError(1409, "Extended market not enabled")
    count = min(50, int_of(context.params, "count", 10))
    offset = int_of(context.params, "offset", 0)
    page = community.orders[offset : offset + count]
    return {"count": len(community.orders), "items": [_order(community.id, order) for order in page]}


def _order(community: int, order: FakeOrder) -> dict[str, object]:
    currency = {"id": 643, "name": order.currency, "title": "₽"}
    return {
        "id": order.id,
        "group_id": community,
        "user_id": 501,
        "date": order.date,
        "status": order.status,
        "items_count": 1,
        "address": "Казань, улица Баумана, 7",
        "comment": "Позвоните Анне",
        "total_price": {"amount": order.amount, "currency": currency, "text": "1 500 ₽"},
    }


METHODS: Mapping[str, Callable[[Context], object]] = {
    "groups.getById": groups_get_by_id,
    "groups.getTokenPermissions": groups_get_token_permissions,
    "users.get": users_get,
    "wall.get": wall_get,
    "stats.get": stats_get,
    "stats.getPostReach": stats_get_post_reach,
    "market.getGroupOrders": market_get_group_orders,
    "stories.get": stories_get,
    "stories.getStats": stories_get_stats,
}
