"""Numbers in words, slang and digits: «полторы тысячи», «10к», «1,5 млн», "half a million"."""

from __future__ import annotations

from goals.phrase.spelling import table
from goals.phrase.tokens import Token, digits, split

_SMALL: dict[str, float] = table(
    {
        1: "один одна одно одну одного одной одному one",
        2: "два две двух двум двумя двое двоих двойку двойки пара пару пары парочка парочку парочки "
        "two couple",
        3: "три трех трем тремя трое троих тройка тройку тройки three",
        4: "четыре четырех четырем четырьмя четверо четверых четверку четверки four",
        5: "пять пяти пятью пятеро пятерых пятерку пятерки five",
        6: "шесть шести шестью шестеро six",
        7: "семь семи семью семеро seven",
        8: "восемь восьми восемью восьмью eight",
        9: "девять девяти девятью nine",
        10: "десять десяти десятью десятка десятку ten",
        11: "одиннадцать одиннадцати eleven",
        12: "двенадцать двенадцати twelve",
        13: "тринадцать тринадцати thirteen",
        14: "четырнадцать четырнадцати fourteen",
        15: "пятнадцать пятнадцати fifteen",
        16: "шестнадцать шестнадцати sixteen",
        17: "семнадцать семнадцати seventeen",
        18: "восемнадцать восемнадцати eighteen",
        19: "девятнадцать девятнадцати nineteen",
        20: "двадцать двадцати двадцатью двадцатка двадцатку двадцатки twenty",
        30: "тридцатка тридцатку тридцатки тридцать тридцати тридцатью thirty",
        40: "сорок сорока forty fourty",
        50: "пятьдесят пятидесяти пятьюдесятью полсотни полтинник полтинника fifty",
        60: "шестьдесят шестидесяти sixty",
        70: "семьдесят семидесяти seventy",
        80: "восемьдесят восьмидесяти eighty",
        90: "девяносто девяноста ninety",
        100: "сто ста сотка сотку сотки",
        200: "двести двухсот двумстам двумястами",
        300: "триста трехсот тремстам тремястами",
        400: "четыреста четырехсот четыремстам",
        500: "пятьсот пятисот пятистам",
        600: "шестьсот шестисот шестистам",
        700: "семьсот семисот семистам",
        800: "восемьсот восьмисот восьмистам",
        900: "девятьсот девятисот девятистам",
    }
)
_HALVES: dict[str, float] = table({1.5: "полтора полторы полутора полуторы", 0.5: "пол half"})
_WHOLE: dict[str, float] = table(
    {
        6: "полдюжины",
        500: "полтыщи полтысячи",
        500_000: "полмиллиона поллимона полляма",
    }
)
_MANY: dict[str, float] = table(
    {
        10: "десяток десятков десятки десятком",
        12: "дюжина дюжину дюжины dozen dozens",
        100: "сотня сотню сотне сотни сотен сотням hundred hundreds",
        1_000: "тысяча тысячи тысяч тысяче тысячу тысячам тысячей тысячами тыс тыщ тыща тыщи тыщу тысячек "
        "косарь косаря косарей thousand thousands grand",
        1_000_000: "миллион миллиона миллионов миллионе миллиону миллионам млн лям ляма лямов лимон mln "
        "million millions",
        1_000_000_000: "миллиард миллиарда миллиардов млрд billion billions",
        1_000_000_000_000: "триллион триллиона триллионов трлн trillion trillions",
    }
)
#: Slang that is a figure only after another one: alone it is a coin, a fruit or a person's group.
_NEEDS_FIGURE = {"лимон", "grand", "dozens", "сотни", "тысячи", "десятки", "десятков", "сотен", "тысяч"}
#: After these «тысячи» is one thousand in the genitive.
_BOUNDS = {"меньше", "менее", "больше", "более", "до", "около", "от", "ниже", "выше", "с", "порядка"}
_ARTICLES = {"a", "of"}
#: A «к» apart from its number means a thousand only before these; else it is the preposition «к».
_AFTER_THOUSAND = {
    "",
    "до",
    "за",
    "в",
    "на",
    "через",
    "по",
    ".",
    ",",
    ";",
    "!",
    "₽",
    "руб",
    "рублей",
    "р",
    "и",
}
_LARGEST = 1e15
#: What stands between the two ends of a range: «3-4 поста», «3 или 4 поста».
_RANGE = {"-", "или", "либо", "or"}


def _canon(tokens: list[Token], at: int) -> str:
    return tokens[at].canon if 0 <= at < len(tokens) else ""


def _in_words(tokens: list[Token], at: int) -> tuple[float, int] | None:
    """The value of a numeral in words that starts here, and where it ends."""
    total, current, lowest, place, seen = 0.0, 0.0, float("inf"), at, False
    while place < len(tokens):
        word = tokens[place].canon
        if word in _SMALL and _SMALL[word] < lowest:
            current += _SMALL[word]
            lowest = 1 if _SMALL[word] < 20 else 10 if _SMALL[word] < 100 else 100
        elif word in _HALVES and not seen:
            current, lowest = _HALVES[word], 1
        elif word in _MANY and (seen or word not in _NEEDS_FIGURE or _canon(tokens, at - 1) in _BOUNDS):
            current = (current or 1) * _MANY[word]
            if _MANY[word] >= 1000:
                total, current = total + current, 0.0
            lowest = _MANY[word]
        elif (word in _ARTICLES and _canon(tokens, place + 1) in _MANY) or (
            word == "and" and lowest == 100 and _canon(tokens, place + 1) in _SMALL
        ):
            pass
        elif seen and word == "с" and _canon(tokens, place + 1) == "половиной":
            current, place = current + 0.5, place + 1
        else:
            break
        seen = True
        place += 1
    if not seen or total + current == 0 or (place == at + 1 and tokens[at].canon in _HALVES and total == 0):
        return (1.5, place) if seen and tokens[at].canon in _HALVES and current == 1.5 else None
    return total + current, place


def _thousand_apart(tokens: list[Token], at: int) -> bool:
    """Whether a lone «к» after a number is the thousand and not the preposition."""
    if _canon(tokens, at) not in {"к", "k"}:
        return False
    after = _canon(tokens, at + 1)
    return after in _AFTER_THOUSAND or after.startswith(
        ("подпис", "просмотр", "охват", "показ", "участ", "лайк")
    )


def _roubles(tokens: list[Token], at: int) -> int:
    """How many tokens «т.р.» or «тр» takes here."""
    if _canon(tokens, at) == "тр":
        return 1
    if _canon(tokens, at) != "т":
        return 0
    place = at + 1
    while _canon(tokens, place) == ".":
        place += 1
    if _canon(tokens, place) not in {"р", "руб"}:
        return 0
    return place + 1 - at


def _in_digits(tokens: list[Token], at: int) -> tuple[float, int, bool] | None:
    """The value of digits with multipliers apart («50 тыс.»), where they end, whether roubles were meant."""
    value = tokens[at].value
    if value is None:
        return None
    place = at + 1
    if _canon(tokens, place) == "с" and _canon(tokens, place + 1) == "половиной":
        value, place = value + 0.5, place + 2
    while (word := _canon(tokens, place)) in _MANY:
        value *= _MANY[word]
        place += 1
        if word in {"тыс", "млн", "млрд"} and _canon(tokens, place) == ".":
            place += 1
    if place == at + 1 and _thousand_apart(tokens, place):
        return value * 1000, place + 1, False
    taken = _roubles(tokens, place)
    return (value * 1000, place + taken, True) if taken else (value, place, False)


def _turned(tokens: list[Token], at: int) -> tuple[float, int] | None:
    """«Тысяч пять»: the multiplier first, for about so many."""
    if tokens[at].canon not in {"тысяч", "тысячи", "тыщ", "тыщи", "сотни"} or at + 1 >= len(tokens):
        return None
    small = _SMALL.get(tokens[at + 1].canon, tokens[at + 1].value)
    if small is None or not 1 < small < 1000:
        return None
    return small * _MANY[tokens[at].canon], at + 2


def _one(tokens: list[Token], at: int) -> tuple[Token, int, bool] | None:
    """One numeral that starts here as a token, the place after it, and whether it says roubles."""
    word = tokens[at].canon
    roubles = False
    if tokens[at].value is not None:
        read = _in_digits(tokens, at)
        if read is None:
            return None
        value, place, roubles = read
    elif word in _WHOLE:
        value, place = _WHOLE[word], at + 1
    else:
        spelled = _turned(tokens, at) or _in_words(tokens, at)
        if spelled is None:
            return None
        value, place = spelled
    if not 0 <= value <= _LARGEST:
        return None
    first, last = tokens[at], tokens[place - 1]
    same = place == at + 1 and first.value is not None
    canon = first.canon if same else digits(value)
    many = first.multiplied or (place > at + 1)
    return Token(canon, first.start, last.end, value, times=first.times, multiplied=many), place, roubles


def _joined(low: Token, high: Token) -> Token | None:
    """A range of two numerals as one token with the lower value, or None if they make no range."""
    if low.value is None or high.value is None:
        return None
    value = low.value
    if high.multiplied and not low.multiplied and high.value >= 1000 and value < 1000:
        value *= 1e6 if high.value >= 1e6 else 1e3
    if not 0 < value < high.value:
        return None
    return Token(f"{digits(value)}-{digits(high.value)}", low.start, high.end, value, upper=high.value)


def merge(tokens: list[Token]) -> list[Token]:
    """The tokens with every numeral as one token: words into digits, ranges into one with `upper`."""
    merged: list[Token] = []
    place = 0
    while place < len(tokens):
        read = _one(tokens, place)
        if read is None:
            merged.append(tokens[place])
            place += 1
            continue
        number, after, roubles = read
        spelled = tokens[place].value is None
        gap = 1 if _canon(tokens, after) in _RANGE else 0
        second = _one(tokens, after + gap) if after + gap < len(tokens) and (gap or spelled) else None
        if second is not None and (gap or second[0].value == (number.value or 0) + 1):
            both = _joined(number, second[0])
            if both is not None:
                number, after, roubles = both, second[1], second[2]
        merged.append(number)
        if roubles:
            merged.append(Token("₽", number.start, number.end))
        place = after
    return merged


def read_number(text: str) -> float | None:
    """The figure that a person typed («+300», «10к», «полторы тысячи»); None if there is not exactly one."""
    tokens = merge(split(text))
    figures = [index for index, token in enumerate(tokens) if token.value is not None]
    if len(figures) != 1:
        return None
    value = tokens[figures[0]].value
    minus = figures[0] > 0 and tokens[figures[0] - 1].canon == "-"
    return -value if minus and value is not None else value
