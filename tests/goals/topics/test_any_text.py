"""What holds for any text and any topic."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from goals.model import Topic
from goals.topics import Certainty
from goals.topics.text import hashtag_of
from tests.goals.topics.corpus import Labelled, found, is_about, posts, topic, topics

TEXTS = st.one_of(
    st.text(max_size=200),
    st.text(alphabet="абвгеёстия нетбезакция.,!?#-–—…«»\n0aceo/@_", max_size=120),
    st.sampled_from([post.text for post in posts()]),
)
TOPICS = st.sampled_from([one for group in topics().values() for one in group])
POSTS = st.sampled_from(posts())
WORDS = st.sampled_from(
    [
        *(
            "скидка",
            "скидки в ноябре",
            "акция",
            "мастер-класс",
            "мк",
            "сейл",
            "доставлять",
            "книга",
            "подарок",
        ),
        *("кофе", "партия", "новый", "урожай", "свеча", "зуб", "клуб", "слэб", "образец", "букет", "мама"),
        *("абонемент", "не", "филармония", "для вас", "#скидка"),
    ]
)


def topic_of(client: str, data: st.DataObject) -> Topic:
    """One of the client's topics."""
    return data.draw(st.sampled_from(topics()[client]))


@given(TEXTS, TOPICS)
def test_any_text_is_matched(text: str, subject: Topic) -> None:
    for verdict in found(text, subject).values():
        assert verdict.evidence
        clear = [one for one in verdict.evidence if one.doubt is None]
        assert bool(clear) == (verdict.certainty is Certainty.ABOUT)


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30), TEXTS)
def test_any_topic_is_compiled(word: str, tag: str, link: str, text: str) -> None:
    found(text, topic(word, hashtags=[tag], links=[link], name=word))


@given(st.text(max_size=15), TEXTS, st.sampled_from(["#", "# ", "", " #"]))
def test_a_hashtag_typed_by_hand_always_matches(tag: str, text: str, sign: str) -> None:
    assume(hashtag_of(tag))
    written = tag.strip().lstrip("#").strip()
    assume("#" not in written)
    assert is_about(f"{text.replace('#', '')} #{written} {text}", topic(hashtags=[sign + tag]))


@given(POSTS, st.data())
def test_case_and_yo_change_nothing(one: Labelled, data: st.DataObject) -> None:
    subject = topic_of(one.client, data)
    change = data.draw(st.sampled_from([str.upper, str.lower, str.swapcase, _without_yo]))
    before, after = found(one.text, subject), found(change(one.text), subject)
    assert {n: m.certainty for n, m in before.items()} == {n: m.certainty for n, m in after.items()}


def _without_yo(text: str) -> str:
    return text.replace("ё", "е").replace("Ё", "Е")


@given(POSTS, st.sampled_from(["🔥", "🎉 ", "❤️", "👨‍👩‍👧", "☕️"]), st.data())
def test_emoji_beside_words_change_nothing(one: Labelled, emoji: str, data: st.DataObject) -> None:
    subject = topic_of(one.client, data)
    gaps = [i for i, char in enumerate(one.text) if char == " "]
    at = data.draw(st.sampled_from([0, *gaps, len(one.text)]))
    assert found(one.text, subject) == found(f"{one.text[:at]} {emoji}{one.text[at:]}", subject)


@given(POSTS, st.sampled_from(["«{}»", "({})", "{}.", "{}!", "— {}", "…{}…", '"{}"', "\n\n{}\n"]), st.data())
def test_punctuation_around_changes_nothing(one: Labelled, frame: str, data: st.DataObject) -> None:
    subject = topic_of(one.client, data)
    assert found(one.text, subject) == found(frame.format(one.text), subject)


@given(POSTS, st.lists(WORDS, max_size=4), WORDS)
def test_one_more_word_never_loses_what_counted(post: Labelled, words: list[str], more: str) -> None:
    if is_about(post.text, topic(*words)):
        assert is_about(post.text, topic(*words, more))
