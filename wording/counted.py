"""The forms of what is counted: «1 подписчик», «3 подписчика», «5 подписчиков»."""

from __future__ import annotations

from wording.words import mark_plural

#: So many of each metric; money and percentages have no noun.
COUNTED: dict[str, tuple[str, str]] = {
    "audience": mark_plural("{figure} follower", "{figure} followers"),
    "reach": mark_plural("{figure} person reached a day", "{figure} people reached a day"),
    "visitors": mark_plural("{figure} visitor a day", "{figure} visitors a day"),
    "page_views": mark_plural("{figure} page view", "{figure} page views"),
    "joins": mark_plural("{figure} new follower", "{figure} new followers"),
    "leaves": mark_plural("{figure} follower lost", "{figure} followers lost"),
    "views": mark_plural("{figure} view", "{figure} views"),
    "likes": mark_plural("{figure} like", "{figure} likes"),
    "comments": mark_plural("{figure} comment", "{figure} comments"),
    "shares": mark_plural("{figure} share", "{figure} shares"),
    "reactions": mark_plural("{figure} reaction", "{figure} reactions"),
    "forwards": mark_plural("{figure} forward", "{figure} forwards"),
    "saves": mark_plural("{figure} save", "{figure} saves"),
    "engagement": mark_plural("{figure} act of engagement", "{figure} acts of engagement"),
    "posts": mark_plural("{figure} post", "{figure} posts"),
    "stories": mark_plural("{figure} story", "{figure} stories"),
    "clips": mark_plural("{figure} clip", "{figure} clips"),
    "videos": mark_plural("{figure} video", "{figure} videos"),
    "streams": mark_plural("{figure} stream", "{figure} streams"),
    "mentions": mark_plural("{figure} mention", "{figure} mentions"),
    "reviews": mark_plural("{figure} review", "{figure} reviews"),
    "clicks": mark_plural("{figure} click", "{figure} clicks"),
    "leads": mark_plural("{figure} lead", "{figure} leads"),
    "orders": mark_plural("{figure} order", "{figure} orders"),
    "sales": mark_plural("{figure} sale", "{figure} sales"),
    "clients": mark_plural("{figure} client", "{figure} clients"),
    "hours": mark_plural("{figure} hour", "{figure} hours"),
    "courses": mark_plural("{figure} course", "{figure} courses"),
    "cases": mark_plural("{figure} case study", "{figure} case studies"),
    "reply_time": mark_plural("{figure} minute", "{figure} minutes"),
    "unnamed": mark_plural("{figure} (not named yet)", "{figure} (not named yet)"),
}
