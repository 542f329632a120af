"""Words of time in both languages as marks that date rules read: `Uweek`, `M12`, `W5`, `Swinter`, `#15`."""

from __future__ import annotations

from goals.phrase.spelling import table
from goals.phrase.tokens import Token

_UNITS = {
    "Umin": "минута минуты минут минуту мин minute minutes min mins",
    "Uhour": "ч час часа часов часу часе часам часами часик hour hours hr hrs h",
    "Uday": "день дня дней дню дне дням дни днем дн сутки суток сутках day days",
    "Uweek": "неделя недели недель неделю неделе неделям неделей неделями нед недельку week weeks wk",
    "Umonth": "месяц месяца месяцев месяце месяцу месяцы месяцам мес месяцок month months mo",
    "Uquarter": "квартал квартала кварталов квартале кварталу кварталы quarter quarters",
    "Uhalf": "полугодие полугодия полугодии полугодию",
    "Uyear": "год года году годе годом годы лет year years yr",
    "30 Umin": "полчаса получаса полчасика",
    "12 Uhour": "полдня",
    "15 Uday": "полмесяца fortnight",
    "6 Umonth": "полгода полугода",
}
_MONTHS = {
    "M1r": "январь января январе январю янв",
    "M1": "january jan",
    "M2r": "февраль февраля феврале февралю фев февр",
    "M2": "february feb",
    "M3r": "март марта марте марту мар",
    "M3": "march mar",
    "M4r": "апрель апреля апреле апрелю апр",
    "M4": "april apr",
    "M5r": "май мая мае маю",
    "M5": "may",
    "M6r": "июнь июня июне июню июн",
    "M6": "june jun",
    "M7r": "июль июля июле июлю июл",
    "M7": "july jul",
    "M8r": "август августа августе августу авг",
    "M8": "august aug",
    "M9r": "сентябрь сентября сентябре сентябрю сен сент",
    "M9": "september sept sep",
    "M10r": "октябрь октября октябре октябрю окт",
    "M10": "october oct",
    "M11r": "ноябрь ноября ноябре ноябрю ноя нояб",
    "M11": "november nov",
    "M12r": "декабрь декабря декабре декабрю дек",
    "M12": "december dec",
}
_WEEKDAYS = {
    "W1": "понедельник понедельника понедельнику пн monday mon",
    "W2": "вторник вторника вторнику вт tuesday tue tues",
    "W3": "среда среды среду среде ср wednesday wed",
    "W4": "четверг четверга четвергу чт thursday thu thurs",
    "W5": "пятница пятницы пятницу пятнице пт friday fri",
    "W6": "суббота субботы субботу субботе сб saturday sat",
    "W7": "воскресенье воскресенья воскресенью вс sunday sun",
    "W1s": "понедельникам понедельники mondays",
    "W2s": "вторникам вторники tuesdays",
    "W3s": "средам wednesdays",
    "W4s": "четвергам четверги thursdays",
    "W5s": "пятницам fridays",
    "W6s": "субботам saturdays",
    "W7s": "воскресеньям sundays",
    "Wend": "выходные выходных выходным weekend weekends",
    "Wdays": "будни будним будний буднего будня будням буднях weekday weekdays workday workdays",
}
_SEASONS = {
    "Swinter": "зима зимы зиму зиме зимой winter",
    "Sspring": "весна весны весну весне весной spring",
    "Ssummer": "лето лета лету лете летом summer",
    "Sautumn": "осень осени осенью autumn fall",
}
_HOLIDAYS = {
    "Hxmas": "christmas xmas сочельник",
    "Hrozhdestvo": "рождество рождества рождеству рождеством рождестве",
    "Hvalentine": "валентина valentine valentines",
    "Hhalloween": "хэллоуин хэллоуина хэллоуину хеллоуин хеллоуина хеллоуину halloween",
    "Hthanks": "thanksgiving",
    "Heaster": "easter",
    "Hpaskha": "пасха пасхи пасху пасхе",
    "Hmay": "майские майских майским",
    "Hnewyear": "нг",
}
_ORDINALS = {
    "#1": "первое первого первому первом первый первая первую first",
    "#2": "второе второго второму втором второй second",
    "#3": "третье третьего третьему третьем третий third",
    "#4": "четвертое четвертого четвертому четвертом четвертый fourth",
    "#5": "пятое пятого пятому fifth",
    "#6": "шестое шестого шестому sixth",
    "#7": "седьмое седьмого седьмому seventh",
    "#8": "восьмое восьмого восьмому eighth",
    "#9": "девятое девятого девятому ninth",
    "#10": "десятое десятого десятому tenth",
    "#11": "одиннадцатое одиннадцатого одиннадцатому eleventh",
    "#12": "двенадцатое двенадцатого двенадцатому twelfth",
    "#13": "тринадцатое тринадцатого тринадцатому thirteenth",
    "#14": "четырнадцатое четырнадцатого четырнадцатому fourteenth",
    "#15": "пятнадцатое пятнадцатого пятнадцатому fifteenth",
    "#16": "шестнадцатое шестнадцатого шестнадцатому sixteenth",
    "#17": "семнадцатое семнадцатого семнадцатому seventeenth",
    "#18": "восемнадцатое восемнадцатого восемнадцатому eighteenth",
    "#19": "девятнадцатое девятнадцатого девятнадцатому nineteenth",
    "#20": "двадцатое двадцатого двадцатому twentieth",
    "#30": "тридцатое тридцатого тридцатому thirtieth",
}
TIME_WORDS: dict[str, str] = table(_UNITS | _MONTHS | _WEEKDAYS | _SEASONS | _HOLIDAYS | _ORDINALS)
#: English words that are times only beside a preposition or a figure.
_DOUBTFUL = {
    "may",
    "march",
    "mar",
    "sat",
    "sun",
    "mon",
    "wed",
    "second",
    "fall",
    "spring",
    "mo",
    "h",
    "min",
    "first",
}
_TELLING = {
    *(
        "by",
        "in",
        "until",
        "till",
        "before",
        "of",
        "this",
        "next",
        "end",
        "through",
        "for",
        "from",
        "on",
        "every",
    ),
    *("per", "the", "a", "each", "during", "mid", "late", "early", "to", "/"),
}


def _is_time(tokens: list[Token], at: int) -> bool:
    """Whether a doubtful word stands where a time would."""
    if tokens[at].canon not in _DOUBTFUL:
        return True
    beside = [tokens[place] for place in (at - 1, at + 1) if 0 <= place < len(tokens)]
    figure = any(token.value is not None or token.canon.startswith("#") for token in beside)
    return figure or (at > 0 and tokens[at - 1].canon in _TELLING)


def mark(tokens: list[Token]) -> list[Token]:
    """The tokens with words of time as marks, in place; «двадцать пятого» becomes one `#25`."""
    marked: list[Token] = []
    for at, token in enumerate(tokens):
        canon = TIME_WORDS.get(token.canon)
        if canon is None or not _is_time(tokens, at):
            marked.append(token)
            continue
        before = marked[-1] if marked else None
        if canon[0] == "#" and before is not None and before.value in {20, 30} and int(canon[1:]) < 10:
            day = int(before.value) + int(canon[1:])
            marked[-1] = Token(f"#{day}", before.start, token.end)
            continue
        token.canon = canon
        marked.append(token)
    return marked
