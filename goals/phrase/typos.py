"""Small slips in words that nothing knew: the nearest key word of the trade or of time, if near enough."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache

from goals.phrase.spelling import words
from goals.phrase.timewords import TIME_WORDS
from goals.phrase.tokens import Token
from goals.phrase.vocabulary import is_known

#: Least likeness of a slip to the word meant (share of letters in common, difflib's ratio).
LIKENESS = 0.8
#: Words shorter than this have too many neighbours to guess at.
SHORTEST = 5
#: Unknown words of one line that are looked at; the rest stay as they are, which bounds the time.
MOST_WORDS = 4
_TRADE = (
    "подписчик подписчика подписчики подписчиков подписчикам участник участников аудитория аудитории "
    "аудиторию "
    "охвата охваты охватов просмотр просмотры просмотров публикация публикации публикаций сторис рилсов "
    "комментарий комментария комментарии комментариев репостов вовлеченность заявка заявки заявок "
    "продажи продаж продажа заказов выручка выручки выручку клиент клиента клиентов переходов "
    "упоминаний отзывов лайков увеличить повысить поднять снизить набрать привлечь вконтакте телеграм "
    "телеграме инстаграм инстаграме одноклассники одноклассниках ютуб ютубе тикток тиктоке "
    "каждый каждую ежедневно еженедельно конца концу "
    "subscribers subscriber followers follower members audience impressions comments stories "
    "engagement revenue "
    "telegram instagram youtube tiktok increase monthly weekly every sales leads "
)
_BY_LETTER: dict[str, list[str]] = {}
for _word in sorted({*_TRADE.split(), *(word for word in TIME_WORDS if len(word) >= SHORTEST)}):
    _BY_LETTER.setdefault(_word[0], []).append(_word)
#: Common words near a key word that mean what they say.
_THEMSELVES = words(
    "втрое вдвое вчетверо треть трети четверть четверти половину половина сделать сделал делать "
    "доставка доставки доставку "
    "продукт продукта продукты продукцию клиника клиники подборка подборки подборку место места месте "
    "масла масло среднем средний среднее котором которые которых поддержка поддержки начать начала "
    "заметки заметка девушек средства конкурс конкурса коллекция коллекции коллекцию каждого каждой "
    "каждом каждые каждое партию партии партия маркет маркете общество сообщество cover covers market "
    "охватный охватные охватных охватное marketing sample street strategy meals series clinic"
)


@lru_cache(maxsize=2048)
def meant(word: str) -> str | None:
    """The key word that an unknown word is a slip of; None where none is near enough."""
    if len(word) < SHORTEST or word in _THEMSELVES or not word.isalpha():
        return None
    best, likest = None, LIKENESS
    for candidate in _BY_LETTER.get(word[0], ()):
        if abs(len(candidate) - len(word)) > 2:
            continue
        matcher = SequenceMatcher(None, word, candidate, autojunk=False)
        if matcher.real_quick_ratio() >= likest and matcher.quick_ratio() >= likest:
            likeness = matcher.ratio()
            # A five-letter word with one letter changed is as often another word as a slip.
            floor = LIKENESS if len(word) > 5 or candidate[:3] == "кон" else LIKENESS + 0.05
            if likeness >= max(likest, floor):
                best, likest = candidate, likeness
    return best


def mend(tokens: list[Token]) -> bool:
    """Put right the slips of a line, in place; whether there were any."""
    tried, mended = 0, False
    for token in tokens:
        word = token.canon
        if len(word) < SHORTEST or not word.isalpha() or word in TIME_WORDS or is_known(word):
            continue
        tried += 1
        if tried > MOST_WORDS:
            break
        key = meant(word)
        if key is not None:
            token.canon, mended = key, True
    return mended
