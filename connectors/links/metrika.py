"""Links of Yandex Metrica: a counter of a site by its number."""

from __future__ import annotations

from connectors.base import Link
from connectors.links.page import LinkError, Page, Site, number_of

NAME = "metrika"


def _url(handle: str, network_id: str | None) -> str:
    number = handle or network_id
    return f"https://metrika.yandex.ru/dashboard?id={number}" if number else ""


def _of_handle(handle: str, text: str) -> Link:
    if not number_of(handle):
        raise LinkError("link.bad_handle", {"link": text})
    return Link(NAME, handle, handle, _url(handle, None))


def _of_page(page: Page) -> Link:
    number = page.asked("id") or page.asked("ids") or (page.segments[-1] if page.segments else "")
    if not number_of(number):
        raise page.error("link.not_account")
    return _of_handle(number, page.text)


def _post_of(page: Page) -> str | None:  # noqa: ARG001 - a counter has no posts
    return None


SITE = Site(
    NAME, frozenset({"metrika.yandex.ru", "metrica.yandex.com"}), _of_page, _of_handle, _url, _post_of
)
