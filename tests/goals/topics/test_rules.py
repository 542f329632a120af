"""Each rule by examples: what counts, what is only suggested and why, what is not seen at all."""

from __future__ import annotations

import pytest

from cli.topic.lemmas import lemmatize
from goals.model import TopicId
from goals.topics import Certainty, Doubt, Evidence, Match, Sign, compile_topic, match
from tests.goals.topics.corpus import found, is_about, topic
from tests.support.steps import steps_of

ROOM = (
    "Утро началось с дождя. Пришли первые гости. {} Потом мы долго мыли чашки. Вечером пели песни под гитару."
)


def doubts(text: str, *words: str, hashtags: tuple[str, ...] = (), name: str = "") -> set[Doubt | None]:
    """Why the text is only a suggestion."""
    verdict = found(text, topic(*words, hashtags=hashtags, name=name))[TopicId(1)]
    assert verdict.certainty is Certainty.SUGGESTION
    return {one.doubt for one in verdict.evidence}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Скидок больше, чем снега", "скидка"),
        ("СКИДКА!!!", "скидка"),
        ("Для вас ски\u0301дка", "скидка"),
        ("Cкидка на всё", "скидка"),
        ("С К И Д К А на всё", "скидка"),
        ("Скиииидки", "скидка"),
        ("Роспр0дажа", "распродажа"),
        ("Держите скидочку", "скидка"),
        ("Мини-распродажка в субботу", "распродажа"),
        ("Фотоотбеливание за час", "отбеливание"),
        ("Мы вам всё отбелим", "отбеливание"),
        ("Обсудим книгу в четверг", "обсуждение книги"),
        ("Акционные цены", "акция"),
        ("Имплантолог отвечает", "имплант"),
        ("Слэбами торгуем", "слеб"),
        ("Привезли еще елок", "ёлка"),
    ],
)
def test_a_word_is_found_in_all_its_forms(text: str, word: str) -> None:
    assert is_about(text, topic(word))


@pytest.mark.parametrize(
    "text",
    [
        "Мастер-класс в субботу",
        "НА МАСТЕР–КЛАССАХ",
        "Наш мастер класс",
        "мастеркласс",
        "Мастер - класс",
        "Детский мастер-классик",
        "МК по воскам",
        "MK по воскам",
        "Воркшопы по средам",
    ],
)
@pytest.mark.parametrize("entry", ["мастер-класс", "МК", "мастеркласс"])
def test_spellings_and_slang_stand_for_each_other(entry: str, text: str) -> None:
    assert is_about(text, topic(entry))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Сейл до пятницы", "распродажа"),
        ("Sale до пятницы", "распродажа"),
        ("Распродажа до пятницы", "сейл"),
        ("Скидос студентам", "скидка"),
        ("Black Friday", "чёрная пятница"),
        ("Новые сториз", "сторис"),
        ("Preorders are open", "предзаказ"),
        ("Пред заказ открыт", "предзаказ"),
        ("Ко Дню мамы", "день матери"),
        ("Коллекция к Новому году", "новогодняя коллекция"),
        ("Кофейная подписка", "подписка на кофе"),
        ("Подпишитесь на кофе", "подписка на кофе"),
        ("Свежеобжаренная Кения", "свежая обжарка"),
    ],
)
def test_the_same_thing_by_another_name(text: str, word: str) -> None:
    assert is_about(text, topic(word))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Скидываемся на подарок", "скидка"),
        ("Транзакция прошла", "акция"),
        ("Реакция зала", "акция"),
        ("Поставка тюльпанов", "доставка"),
        ("Хватит доставать флориста", "доставка"),
        ("Абонент недоступен", "абонемент"),
        ("Клубок ниток", "клуб"),
        ("Классик русской прозы", "класс"),
        ("Наш мастер — просто класс", "мастер-класс"),
        ("Обжарка свежа", "старая обжарка"),
        ("Новый год. Урожай вкусов", "новый урожай"),
        ("Смотрели «Старую гвардию» и доели партию круассанов", "старая партия"),
    ],
)
def test_other_words_are_not_it(text: str, word: str) -> None:
    assert not is_about(text, topic(word))


def test_the_words_of_a_phrase_stand_near_each_other_in_any_order() -> None:
    assert is_about("Кофе из партии — той самой, старой", topic("старая партия"))
    assert is_about("Подарите папе подписку… на кофе", topic("подписка на кофе"))
    assert doubts("Старая кофемолка перемолола всю свежую партию", "старая партия") == {Doubt.APART}


def test_words_of_the_dictionary_are_never_slips() -> None:
    assert found("Поставка и доставать", topic("доставка", "доставить")) == {}


@pytest.mark.parametrize(
    "text", ["Абонимент", "Обонемент", "Абонемнет", "Абонменты", "Скитка", "Старая партя"]
)
def test_a_misspelt_word_counts_where_it_can_mean_nothing_else(text: str) -> None:
    assert is_about(text, topic("абонемент", "скидка", "старая партия"))


def test_a_short_slip_and_one_without_a_dictionary_are_suggestions() -> None:
    assert doubts("Скдка на всё", "скидка") == {Doubt.TYPO}
    rule = compile_topic(topic("абонемент"), lemmatize)
    assert match("Абонимент", [rule], lemmatize)[TopicId(1)].certainty is Certainty.SUGGESTION


@pytest.mark.parametrize(
    "text",
    [
        "Никаких подарков и скидок",
        "Сегодня без скидок",
        "Без больших скидок",
        "Скидок больше нет",
        "Нет больше никаких скидок",
        "Скидок мы не делаем",
        "Вместо скидки подарок",
        "Скидок не будет",
        "Это не скидка",
    ],
)
def test_what_is_denied_is_only_suggested(text: str) -> None:
    assert doubts(text, "скидка") == {Doubt.DENIED}


@pytest.mark.parametrize(
    "text",
    [
        "Не упустите скидку",
        "Не скидка, а подарок судьбы",
        "Скидки нет? Проверьте промокод",
        "Скидка без ограничений",
        "Проблем со скидкой нет",
        "Нет лучше повода прийти: скидка",
        "Без скидки не уйдёте",
    ],
)
def test_a_no_about_something_else_denies_nothing(text: str) -> None:
    assert is_about(text, topic("скидка"))


def test_a_mention_in_passing_in_a_long_text_is_only_suggested() -> None:
    text = ROOM.format("Кто-то вспомнил прошлый мастер-класс на троих.")
    assert doubts(text, "мастер-класс") == {Doubt.PASSING}


@pytest.mark.parametrize(
    "sentence",
    [
        "Мастер-класс 12 декабря.",
        "Приходите на мастер-класс.",
        "Мастер-класс удался, и ещё один мастер-класс тоже.",
        "Мастер-класс. #свечноймк",
    ],
)
def test_an_offer_a_second_mention_or_a_hashtag_is_not_in_passing(sentence: str) -> None:
    assert is_about(ROOM.format(sentence), topic("мастер-класс", hashtags=["свечноймк"]))


def test_a_short_footer_is_only_suggested() -> None:
    post = "Букет «Ржавчина». Стоит десять дней. Три размера.\n{}"
    assert doubts(post.format("Доставка ежедневно."), "доставка") == {Doubt.PASSING}


def test_another_sense_is_only_suggested_unless_the_topic_says_that_word_itself() -> None:
    text = "Подарили абонемент в филармонию"
    assert doubts(text, "абонемент") == {Doubt.OTHER_SENSE}
    assert is_about(text, topic("абонемент", "филармония"))


def test_related_words_and_the_name_are_only_suggestions() -> None:
    assert doubts("Курьер уже едет", "доставка") == {Doubt.RELATED}
    assert doubts("Допили остатки", name="остатки") == {Doubt.NAME}


@pytest.mark.parametrize(
    "text", ["#партия2025", "Кофе! #ПАРТИЯ2025", "#zerno#партия2025", "(#партия_2025)", "☕#партия2025@zerno"]
)
def test_a_whole_hashtag_counts(text: str) -> None:
    assert is_about(text, topic(hashtags=["#Партия2025"]))


def test_a_hashtag_that_goes_on_is_only_suggested() -> None:
    assert doubts("#партия2025года", hashtags=("партия2025",)) == {Doubt.GLUED}
    assert doubts("#КнижныйКлуб", "книжный клуб") == {Doubt.GLUED}
    assert found("#реакцияпульса", topic("акция", hashtags=["#акцияпульс"])) == {}


def test_a_hashtag_of_the_topic_s_words_counts_as_words() -> None:
    assert is_about("Дочитали? #книжный_клуб", topic("книжный клуб"))
    assert not is_about("#книжный #клуб", topic("книжный клуб"))


@pytest.mark.parametrize(
    "link",
    [
        "zerno.example/old",
        "https://www.Zerno.example/old/?utm_source=tg&utm_medium=post",
        "(http://zerno.example/old/brazil#price).",
        "zerno.example/old🔥",
        "[https://zerno.example/old|сюда]",
        "https://vk.com/away.php?to=https%3A%2F%2Fzerno.example%2Fold&cc_key=",
    ],
)
def test_a_link_counts_with_whatever_follows_a_boundary(link: str) -> None:
    assert is_about(f"Все цены тут: {link} и не только", topic(links=["zerno.example/old"]))


@pytest.mark.parametrize(
    "link",
    [
        "zerno.example/oldtown",
        "zerno.example",
        "zerno.example/new/old",
        "other.example/old",
        "a@zerno.example/old",
    ],
)
def test_another_page_does_not_count(link: str) -> None:
    assert found(f"Смотрите {link}", topic(links=["https://zerno.example/old"])) == {}


def test_a_part_of_a_link_may_be_a_path_or_have_a_query() -> None:
    assert is_about("Тут: zerno.example/shop/old", topic(links=["/old/"]))
    album = topic(links=["vk.com/market-1?section=album_5"])
    assert is_about("vk.com/market-1?utm_source=a&section=album_5", album)
    assert not is_about("vk.com/market-1?section=album_6", album)


def test_the_words_of_a_link_are_no_words() -> None:
    assert found("zerno.example/акция и @акция", topic("акция")) == {}


def test_the_evidence_tells_what_stands_for_which_entry() -> None:
    text = "Старую партию отдаём, #партия2025: zerno.example/old"
    verdict = found(text, topic("старая партия", hashtags=["#партия2025"], links=["zerno.example/old"]))
    assert verdict == {
        TopicId(1): Match(
            Certainty.ABOUT,
            (
                Evidence(Sign.WORD, "старую партию", "старая партия"),
                Evidence(Sign.HASHTAG, "#партия2025", "#партия2025"),
                Evidence(Sign.LINK, "zerno.example/old", "zerno.example/old"),
            ),
        )
    }


def test_each_topic_has_its_own_verdict() -> None:
    verdicts = found(
        "Скидка на абонемент",
        topic("скидка", number=1),
        topic("абонемент", number=2),
        topic("йога", number=3),
    )
    assert {number: one.certainty for number, one in verdicts.items()} == {
        TopicId(1): Certainty.ABOUT,
        TopicId(2): Certainty.ABOUT,
    }


@pytest.mark.parametrize("entry", ["", " ", "#", "…", "🔥"])
def test_an_entry_without_anything_in_it_matches_nothing(entry: str) -> None:
    assert found("Просто текст # … 🔥", topic(entry, hashtags=[entry], links=[entry], name=entry)) == {}


def test_a_phrase_of_small_words_is_taken_as_it_is() -> None:
    assert is_about("Всё для вас", topic("для вас"))
    assert not is_about("Всё для них", topic("для вас"))


@pytest.mark.parametrize(
    "part",
    ["мастер-", "старая партия ", "подписка кофе, ", "а б ", ".", "#а", "http://a.ru/?u=http://", "a."],
)
def test_work_grows_with_the_length_of_a_text_and_not_with_its_square(part: str) -> None:
    subject = topic("мастер-класс", "старая партия", "подписка на кофе", hashtags=["а"], links=["a.ru/b"])
    found(part, subject)  # its words are looked up once

    def steps(times: int) -> int:
        return steps_of(lambda: found(part * times, subject))

    assert steps(2000) < 6 * steps(500)
