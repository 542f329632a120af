"""Changes made in the list of posts: marks of topics and what is taken back, each with its undo."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goals.model import PostId
from store.changes import ObservedPost
from store.errors import NotFoundError
from store.values import Filter, MarkedBy
from tui.changes import ChangedSinceError, Done, Undo
from wording.content import post_kind_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from goals.model import Post, Topic
    from store.contract import Reader, Writer
    from store.values import TopicMark
    from tui.posts.lines import PostLine
    from tui.services import Services
    from wording.words import Words

#: What a post is to be about (True), not to be about (False), or left to the rules (None), by topic.
Marks = dict[str, bool | None]


@dataclass(frozen=True, slots=True)
class Marking:
    """What is to be said by hand about some posts of one client."""

    services: Services
    lines: tuple[PostLine, ...]
    marks: Mapping[PostId, Marks]

    def __call__(self, writer: Writer) -> Done:
        """Write the marks, judge the goals, and say it."""
        before = _marks_of(writer, self.lines)
        known = {topic.id for topic in self._topics(writer)}
        self._write(writer, self.marks)
        made = [topic.id for topic in self._topics(writer) if topic.id not in known]
        after = _marks_of(writer, self.lines)
        back = {post: _back(marks, before, post) for post, marks in self.marks.items()}
        stood = {key: after.get(key) for post, marks in self.marks.items() for key in _keys(post, marks)}

        def undo(later: Writer) -> str:
            now = _marks_of(later, self.lines)
            if any(_said(now.get(key)) != _said(mark) for key, mark in stood.items()):
                raise ChangedSinceError(self.services.words.text("somebody else"))
            self._write(later, back)
            for topic_id in made:
                with suppress(NotFoundError):  # something else names it by now
                    later.remove_topic(topic_id)
            return self.services.words.text("{what}: taken back", what=sentence)

        sentence = marks_sentence(self.services.words, self.lines, self.marks)
        return Done(sentence, Undo(undo))

    def _topics(self, reader: Reader) -> list[Topic]:
        return [topic for owner in {line.client_id for line in self.lines} for topic in reader.topics(owner)]

    def _write(self, writer: Writer, marks: Mapping[PostId, Marks]) -> None:
        from store.refresh import refresh_accounts

        now = self.services.now()
        with writer.together():
            for post_id, said in marks.items():
                writer.mark_topics(post_id, said, author=self.services.author, now=now)
        self.services.match(writer)
        refresh_accounts(writer, {line.account_id for line in self.lines}, now)


def _said(mark: TopicMark | None) -> bool | None:
    """What a person or a file says; None where the rules are left to decide."""
    return None if mark is None or mark.by is MarkedBy.RULES else mark.about


def _keys(post_id: PostId, topics: Iterable[str]) -> list[tuple[PostId, str]]:
    return [(post_id, topic.casefold()) for topic in topics]


def _marks_of(reader: Reader, lines: Iterable[PostLine]) -> dict[tuple[PostId, str], TopicMark]:
    """What is said of the posts, by post and topic in small letters."""
    mine = {line.post_id for line in lines}
    owners = {line.client_id for line in lines}
    return {
        (each.post_id, each.topic.casefold()): each
        for owner in owners
        for each in reader.topic_marks(owner)
        if each.post_id in mine
    }


def _back(marks: Marks, before: Mapping[tuple[PostId, str], TopicMark], post_id: PostId) -> Marks:
    """What brings back what was said before; what a file had told is then said by hand."""
    back: Marks = {}
    for topic in marks:
        stood = before.get((post_id, topic.casefold()))
        is_said = stood is not None and stood.by is not MarkedBy.RULES
        back[topic] = stood.about if stood is not None and is_said else None
    return back


def marks_sentence(words: Words, lines: Sequence[PostLine], marks: Mapping[PostId, Marks]) -> str:
    """What was marked: «Про «Старая партия»: 3 публикации»."""
    parts = []
    for about, message in (
        (True, words.text("About «{topics}»")),
        (False, words.text("Not about «{topics}»")),
        (None, words.text("By its words again: «{topics}»")),
    ):
        names = list(dict.fromkeys(t for said in marks.values() for t, to in said.items() if to is about))
        if names:
            parts.append(message.format(topics="», «".join(names)))
    return f"{'; '.join(parts)}: {pieces(words, lines)}"


def pieces(words: Words, lines: Sequence[PostLine]) -> str:
    """The one piece of content as «пост 22.11», or how many there are."""
    if len(lines) != 1:
        return words.plural("{n} piece of content", "{n} pieces of content", len(lines))
    [line] = lines
    return f"{post_kind_word(words, line.kind)} {words.day(line.day, line.day)}"


@dataclass(frozen=True, slots=True)
class Removing:
    """A post that was entered by hand is to be taken back."""

    services: Services
    line: PostLine

    def __call__(self, writer: Writer) -> Done:
        """Remove it, judge the goals, and say it; what a network told of stays."""
        from store.refresh import refresh_accounts

        words, line = self.services.words, self.line
        post = self._post(writer)
        if post.figures:
            return Done(
                words.text(
                    "It has figures, so it did come out: it stays. By number: smm post remove {id}",
                    id=post.id,
                )
            )
        marks: Marks = {
            mark.topic: mark.about
            for (post_id, _), mark in _marks_of(writer, [line]).items()
            if post_id == post.id and mark.by is not MarkedBy.RULES
        }
        try:
            writer.remove_post(post.id)
        except NotFoundError:
            return Done(
                words.text("It came from the network: only what was added by hand is taken back here")
            )
        refresh_accounts(writer, [line.account_id], self.services.now())
        sentence = words.text("Removed: {what}", what=pieces(words, [line]))
        return Done(sentence, Undo(lambda later: self._bring_back(later, post, marks, sentence)))

    def _post(self, reader: Reader) -> Post:
        which = Filter(account_id=self.line.account_id, since=self.line.day, until=self.line.day)
        found = [row.post for row in reader.posts(which) if row.post.id == self.line.post_id]
        if not found:
            raise NotFoundError(f"post {self.line.post_id}")
        return found[0]

    def _bring_back(self, writer: Writer, post: Post, marks: Marks, sentence: str) -> str:
        from store.refresh import refresh_accounts

        services = self.services
        now = services.now()
        told = ObservedPost(
            network_id=post.network_id,
            kind=post.kind,
            state=post.state,
            day=post.day,
            published_at=post.published_at,
            url=post.url,
            text=post.text,
        )
        with writer.together():
            post_id = writer.add_post(post.account_id, told, author=services.author, now=now)
            writer.mark_topics(post_id, marks, author=services.author, now=now)
        services.match(writer)
        refresh_accounts(writer, [post.account_id], now)
        return services.words.text("{what}: taken back", what=sentence)
