"""What content is about, and what a goal is for: «про старую коллекцию», «чтобы распродать партию»."""

from __future__ import annotations

import re

from goals.phrase.tokens import CUT, Line
from goals.phrase.vocabulary import CONTENT, marks_of, metric_of, network_of

_ABOUT = {"про", "о", "об", "обо", "about", "regarding", "насчет", "featuring"}
_QUOTE = '"'
#: Metrics whose pieces are about something.
_HAVE_TOPICS = CONTENT | {"reviews", "courses", "cases"}
#: Words of telling that are no metric.
_TELLING = ("расск", "контент", "content", "материал")
_PRONOUNS = {"нас", "нам", "мне", "себе", "нем", "ней", "них", "вас", "том", "us", "me", "it", "them", "you"}
#: Words that end a topic wherever they stand.
_ENDS = {
    *(
        "до",
        "к",
        "ко",
        "чтобы",
        "чтоб",
        "через",
        "каждый",
        "каждую",
        "каждое",
        "каждые",
        "не",
        "минимум",
        "максимум",
    ),
    *(
        "хотя",
        "плюс",
        "раз",
        "раза",
        "ежедневно",
        "еженедельно",
        "ежемесячно",
        "завтра",
        "сегодня",
        "ради",
        "выложить",
    ),
    *(
        "опубликовать",
        "снять",
        "сделать",
        "половина",
        "половину",
        "треть",
        "четверть",
        "by",
        "until",
        "till",
        "before",
        "within",
        "every",
        "each",
        "per",
        "via",
        "so",
    ),
    *(
        "daily",
        "weekly",
        "monthly",
        "tomorrow",
        "today",
        "during",
        "because",
        "потому",
        "over",
        "это",
        "this",
        "next",
        "не позже",
    ),
    *(
        "в течение",
        ":",
        ";",
        ".",
        "!",
        "?",
        "(",
        ")",
        "|",
        "+",
        "-",
        "должны",
        "должен",
        "нужно",
        "надо",
        "starting",
        "due",
    ),
}
#: Prepositions that go on with a topic unless a place, a network, a time or a figure follows.
_LINKS = {
    "в",
    "во",
    "на",
    "с",
    "со",
    "из",
    "для",
    "от",
    "за",
    "по",
    "у",
    "под",
    "for",
    "of",
    "on",
    "to",
    "at",
    "from",
    "in",
    "with",
    "a",
}
_JOINS = {"и", "and", "или", "or", "&", ","}
_TIMES = re.compile(
    r"[UMWH][a-z0-9]|[0-9]+ U|#|эт(?:ой|ом|у|от)$|следующ|ближайш|будущ|конц|середин|начал|the$|выходн"
)
_ADJECTIVE = re.compile(r"(?:ую|юю|ые|ие|ый|ий|ой|ое|ее)$")
_TO_COVER = re.compile(r"(?:осветить|анонсировать|прорекламировать|презентовать|cover|announce)$")
_LABELS = re.compile(
    r"план\w*|контент\w*|цел\w+|задач\w+|kpi|кпи|итого|goals?|target|plan|content|хочу|надо|нужно"
    r"|всего|total|smm|смм|идея|need"
)
#: What begins a clause that says what for.
PURPOSE = re.compile(
    r"(?:^|(?<= ))(?:чтобы|чтоб|дабы|ради|для того|so that|so (?=we|they|people|our|the)|in order to"
    r"|because|потому что|так как|поскольку"
    r"|для (?=(?:рост|увелич|привлеч|прогрев|продвиж|узнаваем|продаж|повыш|развит|раскрут|охват"
    r"|поддерж|запуск|распрод)\w*)"
    r"|to (?=(?:sell|promote|attract|drive|boost|clear|support|launch|warm|help|bring|prove|show)\b)"
    r"|for (?=(?:growth|sales|awareness|brand)\b))"
)


def _is_plain(word: str) -> bool:
    return word.isalpha() and not (metric_of(word) or network_of(word) or marks_of(word))


def _goes_on(line: Line, at: int, begun: bool) -> bool:  # noqa: FBT001 - a private predicate
    """Whether the topic takes the token in."""
    word = line.tokens[at].canon
    if line.gone[at] or word in _ENDS or (network_of(word) not in {None, "other"}):
        return False
    following = line.tokens[at + 1].canon if at + 1 < len(line.tokens) else ""
    figure = at + 1 < len(line.tokens) and line.tokens[at + 1].value is not None
    if word in _JOINS:
        return begun and not figure and _is_plain(following) and following not in _ENDS
    if word in _LINKS:
        bound = figure or bool(_TIMES.match(following)) or following in _ENDS or not following
        place = "place" in marks_of(following) or network_of(following) or metric_of(following) in CONTENT
        purpose = bool(PURPOSE.match(f"{word} {following}"))
        return not (bound or place or purpose)
    return line.tokens[at].value is None or not begun


def _extent(line: Line, first: int) -> int:
    """The token after the topic that starts at `first`."""
    last = first
    while last < len(line.tokens) and _goes_on(line, last, last > first):
        last += 1
    while last > first and line.tokens[last - 1].canon in _LINKS | _JOINS:
        last -= 1
    return last


def _quoted(line: Line, first: int) -> range | None:
    """The tokens between the quotes that open at `first`."""
    for last in range(first + 1, len(line.tokens)):
        if line.tokens[last].canon == _QUOTE:
            return range(first, last + 1)
    return None


def _opens(line: Line, at: int) -> int | None:
    """The first token of a topic that is introduced here."""
    word = line.tokens[at].canon
    following = line.tokens[at + 1].canon if at + 1 < len(line.tokens) else ""
    before = [metric_of(line.tokens[index].canon) for index in range(max(0, at - 2), at)]
    if word in _ABOUT and (following not in _PRONOUNS):
        figure = at + 1 < len(line.tokens) and line.tokens[at + 1].value is not None
        return None if figure and word in {"about", "о", "об"} else at + 1
    if following in {"тему", "темы", "теме", "темам"} and word in {"на", "по"}:
        return at + 3 if at + 2 < len(line.tokens) and line.tokens[at + 2].canon == ":" else at + 2
    if word.startswith("посвящ"):
        return at + 1
    if word == "on" and any(metric in CONTENT | {"courses"} for metric in before) and _is_subject(following):
        return at + 1
    if word in {"on", "for"} and _is_named(line, at):
        return at + 1
    if word == "по" and "courses" in before and _is_subject(following):
        return at + 1
    return at + 1 if _TO_COVER.match(word) else None


def _is_named(line: Line, at: int) -> bool:
    """Whether "on the gift sets", "for the spring launch" behind content say what it is about."""
    if not any(metric_of(token.canon) in CONTENT for token in line.tokens[:at]):
        return False
    words = [token.canon for token in line.tokens[at + 1 : at + 5]]
    article = bool(words) and words[0] in {"the", "our", "a"}
    if line.tokens[at].canon == "on":
        return article and len(words) > 1 and _is_thing(words[1])
    just = at > 0 and metric_of(line.tokens[at - 1].canon) in CONTENT
    words = words[1:] if article else words
    named = len(words) > 1 and bool(_TIMES.match(words[0]) or words[0][0] == "S") and _is_thing(words[1])
    return just and named and words[1] not in _ENDS | _LINKS


def _is_thing(word: str) -> bool:
    """Whether a word is no time, place, network or sign."""
    return word.isalpha() and not (network_of(word) or _TIMES.match(word) or "place" in marks_of(word))


def _is_subject(word: str) -> bool:
    known = network_of(word) or "place" in marks_of(word) or _TIMES.match(word) or word in {"the", "our", "a"}
    return bool(word) and (word in {"the", "our", "a"} or not known)


def _labelled(line: Line) -> range | None:
    """The words before a colon, when they name nothing else: «старая партия: 12 постов»."""
    colon = next((index for index, token in enumerate(line.tokens) if token.canon == ":"), None)
    if not colon or colon > 5:
        return None
    words = [token.canon for token in line.tokens[:colon]]
    if all(_is_plain(word) and not _LABELS.fullmatch(word) and word.islower() for word in words):
        return range(colon)
    return None


def find_topics(line: Line) -> list[tuple[int, str]]:
    """What the content is about, as written, with the places in the line; the words are cut out of it.

    Another topic than the first is one only behind a number of its own («12 постов про X и 6 про Y»).
    """
    first = _find_topic(line, 0)
    if first is None:
        return []
    found = [first]
    while (another := _find_topic(line, found[-1][0] + 1, counted=True)) is not None:
        found.append((another[0], _completed(another[1], found[-1][1])))
    return found


def _completed(topic: str, before: str) -> str:
    """«Новую» behind «старую партию» is «новую партию»: an adjective in the same case takes the noun."""
    adjective, *nouns = before.split()
    same = len(topic.split()) == 1 and len(nouns) == 1 and _ADJECTIVE.search(topic.lower())
    return f"{topic} {nouns[0]}" if same and adjective.lower()[-2:] == topic.lower()[-2:] else topic


def _find_topic(line: Line, start: int, *, counted: bool = False) -> tuple[int, str] | None:
    """The first topic from a token on, its words cut out; `counted`: only one behind a number."""
    told = any(
        metric_of(token.canon) in _HAVE_TOPICS or token.canon.startswith(_TELLING) for token in line.tokens
    )
    for at in range(start, len(line.tokens)) if told else ():
        first = None if line.gone[at] else _opens(line, at)
        if first is None or first >= len(line.tokens):
            continue
        if counted and not _counts(line, range(start, at)):
            continue
        quoted = _quoted(line, first) if line.tokens[first].canon == _QUOTE else None
        span = quoted or range(first, _extent(line, first))
        if len(span) == 0:
            continue
        line.cut(range(at, span[-1] + 1))
        inner = range(span[0] + 1, span[-1]) if quoted else span
        return (at, line.words(inner[0], inner[-1])) if len(inner) else None
    label = _labelled(line) if told and not counted else None
    if label is None:
        return None
    line.cut(label)
    return label[0], line.words(label[0], label[-1])


def says_goal(line: Line, span: range) -> bool:
    """Whether words of the line name a number or a metric."""
    return any(
        not line.gone[index]
        and (line.tokens[index].value is not None or metric_of(line.tokens[index].canon) is not None)
        for index in span
    )


def _counts(line: Line, span: range) -> bool:
    return any(not line.gone[index] and line.tokens[index].value is not None for index in span)


def find_purpose(line: Line) -> str | None:
    """The clause that says what for, as written, cut out of the line; None if it is the goal itself."""
    match = line.search(PURPOSE)
    if match is None:
        return None
    first = line.span(match)[0]
    canons = [CUT if gone else token.canon for token, gone in zip(line.tokens, line.gone, strict=True)]
    last = len(canons)
    if says_goal(line, range(first)):
        if _counts(line, range(first, last)) and not _counts(line, range(first)):
            return None
    else:
        comma = canons.index(",", first) if "," in canons[first:] else last
        if comma == last or not says_goal(line, range(comma, last)) or _counts(line, range(first, comma)):
            return None
        last = comma
    words = [index for index in range(first, last) if not line.gone[index]]
    end = next((index for index in words if index + 1 >= last or line.gone[index + 1]), words[-1])
    line.cut(range(first, last))
    return line.words(first, end)
