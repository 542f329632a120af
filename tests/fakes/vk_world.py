"""What the fake VK knows: communities with walls, stories and statistics, and the tokens that open them."""

from __future__ import annotations

from dataclasses import dataclass, field

HOUR = 3600
DAY = 24 * HOUR


@dataclass(slots=True)
class FakePost:
    """A post; `figures` holds views, likes, reposts, comments, and what is absent is not told.

    `reach` None: VK does not tell how many people saw it.
    """

    id: int
    date: int
    text: str = "Текст"
    figures: dict[str, object] = field(
        default_factory=lambda: {"views": 100, "likes": 10, "reposts": 2, "comments": 3}
    )
    is_pinned: bool = False
    repost_of: int | None = None
    reach: int | None = 240


@dataclass(slots=True)
class FakeStory:
    """A story; `stats` maps a block's name to its count, or to a state that is not `on`."""

    id: int
    date: int
    stats: dict[str, int | str] = field(
        default_factory=lambda: {"views": 50, "likes": 5, "shares": 1, "replies": 2}
    )


@dataclass(slots=True)
class FakeOrder:
    """An order of a shop: `amount` in hundredths, as text; `status` 5 is cancelled, 6 returned."""

    id: int
    date: int
    amount: str = "150000"
    status: int = 4
    currency: str = "RUB"


@dataclass(slots=True)
class FakeCommunity:
    """A community. `members` None: hidden. `wall_error` answers for the wall, `days` are statistics.

    `orders` are those of its shop; without `has_shop` there is none.
    """

    id: int
    name: str
    screen_name: str
    members: int | None = 1000
    deactivated: str = ""
    wall_error: int = 0
    posts: list[FakePost] = field(default_factory=list)
    postponed: list[FakePost] = field(default_factory=list)
    stories: list[FakeStory] = field(default_factory=list)
    days: list[dict[str, object]] = field(default_factory=list)
    orders: list[FakeOrder] = field(default_factory=list)
    has_shop: bool = True
    about: str = ""
    links: list[str] = field(default_factory=list)


@dataclass(slots=True)
class FakeToken:
    """A token. `groups` are the communities it administers (None: all), `execute`: it may be batched."""

    secret: str
    kind: str
    groups: frozenset[int] | None = None
    execute: bool = True

    def administers(self, community: int) -> bool:
        """Whether the token's owner runs the community."""
        return self.groups is None or community in self.groups


@dataclass(slots=True)
class World:
    """Everything; `people` are short names of persons."""

    communities: dict[int, FakeCommunity] = field(default_factory=dict)
    tokens: dict[str, FakeToken] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)

    def add(self, community: FakeCommunity) -> FakeCommunity:
        """Add a community."""
        self.communities[community.id] = community
        return community

    def token(
        self, kind: str, secret: str = "", *, groups: frozenset[int] | None = None, execute: bool = True
    ) -> FakeToken:
        """Add a token; its secret is made up where none is given."""
        token = FakeToken(secret or f"vk1.a.{kind}-{len(self.tokens)}", kind, groups, execute)
        self.tokens[token.secret] = token
        return token

    def find(self, name: str) -> FakeCommunity | None:
        """The community of a number or short name."""
        if name.isdigit():
            return self.communities.get(int(name))
        return next((c for c in self.communities.values() if c.screen_name == name.lower()), None)


def stats_day(start: int, **figures: int) -> dict[str, object]:
    """One day of statistics that begins at `start`; what is 0 is left out, as VK does."""
    blocks: dict[str, dict[str, int]] = {"visitors": {}, "reach": {}, "activity": {}}
    places = {"visitors": "visitors", "views": "visitors", "reach": "reach", "reach_subscribers": "reach"}
    for name, value in figures.items():
        if value:
            blocks[places.get(name, "activity")][name] = value
    return {"period_from": start, "period_to": start + DAY - 1, **blocks}


def wall_of(count: int, newest: int, *, step: int = 8 * HOUR, first_id: int = 1) -> list[FakePost]:
    """`count` posts, the newest first, `step` seconds apart."""
    return [
        FakePost(
            id=first_id + count - 1 - number,
            date=newest - number * step,
            text=f"Пост {first_id + count - 1 - number}",
            figures={
                "views": 100 + 7 * (number % 50),
                "likes": 10 + number % 9,
                "reposts": number % 3,
                "comments": number % 5,
            },
        )
        for number in range(count)
    ]


def big_world(communities: int, *, posts: int, now: float) -> World:
    """Communities 1..n with walls, stories and a year of statistics, and one token of each kind."""
    world = World()
    today = int(now) // DAY * DAY - 3 * HOUR
    for number in range(1, communities + 1):
        world.add(
            FakeCommunity(
                id=number,
                name=f"Сообщество {number}",
                screen_name=f"fake{number}",
                members=1000 + 13 * number,
                posts=wall_of(posts, int(now) - HOUR),
                stories=[FakeStory(10 * number + k, int(now) - (k + 1) * HOUR) for k in range(2)],
                days=[
                    stats_day(today - back * DAY, visitors=40 + back % 7, views=90, reach=400, subscribed=3)
                    for back in range(365)
                ],
            )
        )
    for kind in ("service", "user", "community"):
        world.token(kind, f"{kind}-token", groups=frozenset({1}) if kind == "community" else None)
    return world
