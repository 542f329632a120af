"""What a tick in the list of today writes, each with its undo."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from goals.model import PostState
from goals.records import Material
from store.changes import ObservedPost
from store.errors import NotFoundError
from store.values import MarkedBy
from tui.changes import ChangedSinceError, Done, Undo
from tui.rhythm.today_lines import MADE, what_text
from wording.content import post_kind_word
from work.day_done import tick_of

if TYPE_CHECKING:
    from datetime import date

    from goals.model import Client, Post, PostId
    from goals.records import DoneMark
    from goals.rhythm import AwaitedMaterial
    from store.contract import Reader, Writer
    from tui.rhythm.today_lines import Todo
    from tui.services import Services


@dataclass(frozen=True, slots=True)
class Publishing:
    """A piece that stood in the plan came out today; `url` is its link, if one was given."""

    services: Services
    client: Client
    post: Post
    today: date
    url: str

    def __call__(self, writer: Writer) -> Done:
        """Put what came out in the place of the plan, judge the goals, and say it."""
        marks = _marks_by_hand(writer, self.client, self.post.id)
        url = self.url or self.post.url
        number = self._swap(writer, self.post.id, PostState.PUBLISHED, self.today, url, marks)
        words = self.services.words
        sentence = words.text("It came out: {what}", what=post_kind_word(words, self.post.kind))

        def undo(later: Writer) -> str:
            now_marked = _marks_by_hand(later, self.client, number)
            self._swap(later, number, self.post.state, self.post.day, self.post.url, now_marked)
            return words.text("{what}: taken back", what=sentence)

        return Done(sentence, Undo(undo))

    def _swap(
        self,
        writer: Writer,
        gone: PostId,
        state: PostState,
        day: date,
        url: str,
        marks: dict[str, bool | None],
    ) -> PostId:
        from store.refresh import refresh_accounts

        services, post = self.services, self.post
        now = services.now()
        at = now if state is PostState.PUBLISHED else post.published_at
        told = ObservedPost(
            network_id=None, kind=post.kind, state=state, day=day, published_at=at, url=url, text=post.text
        )
        with writer.together():
            writer.remove_post(gone)
            number = writer.add_post(post.account_id, told, author=services.author, now=now)
            writer.mark_topics(number, marks, author=services.author, now=now)
        services.match(writer)
        refresh_accounts(writer, [post.account_id], now)
        return number


def _marks_by_hand(reader: Reader, client: Client, post_id: PostId) -> dict[str, bool | None]:
    """What was said by hand or by a file of what the post is about."""
    return {
        each.topic: each.about
        for each in reader.topic_marks(client.id)
        if each.post_id == post_id and each.by is not MarkedBy.RULES
    }


@dataclass(frozen=True, slots=True)
class Asking:
    """The client was asked for a material today."""

    services: Services
    client: Client
    what: str
    today: date

    def __call__(self, writer: Writer) -> Done:
        """Note it, and say since when it is awaited."""
        services, words = self.services, self.services.words
        asked = Material(0, self.client.id, self.what, self.today)
        number = writer.add_material(asked, author=services.author, now=services.now())
        stored = replace(asked, id=number, author=services.author)
        sentence = words.text("Asked for today: {what}", what=self.what)

        def undo(later: Writer) -> str:
            later.remove_material(stored)
            return words.text("{what}: taken back", what=sentence)

        return Done(sentence, Undo(undo))


@dataclass(frozen=True, slots=True)
class Receiving:
    """What was awaited has come."""

    services: Services
    material: Material
    today: date

    def __call__(self, writer: Writer) -> Done:
        """Note that it came, and say it."""
        services, words = self.services, self.services.words
        came = replace(self.material, received_on=self.today)
        saved = writer.update_material(came, author=services.author, now=services.now())
        sentence = words.text("It has come: {what}", what=self.material.what)

        def undo(later: Writer) -> str:
            waiting = replace(saved, received_on=None)
            later.update_material(waiting, author=services.author, now=services.now())
            return words.text("{what}: taken back", what=sentence)

        return Done(sentence, Undo(undo))


def material_change(
    services: Services, client: Client, awaited: AwaitedMaterial, today: date
) -> Asking | Receiving:
    """What a tick on a material means: asked for today, or, where it is awaited already, received."""
    if awaited.material is not None:
        return Receiving(services, awaited.material, today)
    return Asking(services, client, awaited.what, today)


@dataclass(frozen=True, slots=True)
class Ticking:
    """A task that leaves no other trace is done; one that was ticked off already is to be done again."""

    services: Services
    todo: Todo

    def __call__(self, writer: Writer) -> Done:
        """Tick it off, or take its tick back, and say it."""
        services, ranked = self.services, self.todo.ranked
        if ranked.done is not None:
            writer.remove_done_mark(ranked.done)
            return Done(self._open_again(), Undo(partial(self._ticked, ranked.done)))
        tick = tick_of(self.todo.day, ranked, author=services.author, now=services.now())
        return Done(self._ticked(tick, writer), Undo(partial(self._unticked, tick)))

    def _ticked(self, tick: DoneMark, writer: Writer) -> str:
        writer.add_done_mark(tick)
        verb = self.services.words.text(MADE[self.todo.ranked.task.kind])
        return f"{verb[:1].upper()}{verb[1:]}: {self._what()}"

    def _unticked(self, tick: DoneMark, writer: Writer) -> str:
        try:
            writer.remove_done_mark(tick)
        except NotFoundError as error:
            raise ChangedSinceError(self.services.words.text("somebody else")) from error
        return self._open_again()

    def _open_again(self) -> str:
        return self.services.words.text("To be done again: {what}", what=self._what())

    def _what(self) -> str:
        what, client = what_text(self.services.words, self.todo), self.todo.day.client.name
        return f"{client} · {what}" if what else client
