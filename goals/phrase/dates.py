"""Words that name a deadline or a window, by the conventions of docs/phrases.md."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from goals.draft import NoSuchDay
from goals.phrase import dayrules as rules
from goals.phrase import otherdays
from goals.phrase.calendar import Window, next_monthday, no_such_day, passed_lately
from goals.phrase.tokens import Line
from goals.reach import is_in_reach

_Rule = Callable[[re.Match[str], date], Window | None]
_TO = (
    r"(?:не (?:позже|позднее) |no later than |not later than |(?:up )?(?:к|ко|до|по|by|before|until"
    r"|till|til|to|through|due|на|on|as of) )"
)
_NUMBER = r"(?:[0-9]+(?:,[0-9]+)?-)?(?P<n>[0-9]+(?:,[0-9]+)?)"
_UNIT = r"(?P<unit>U(?:day|week|month|quarter|half|year))"
_THE = (
    r"(?:the |of |this |самого |этого |эту |этот |этой |этом |текущ\w+ |тек(?: \.)? |нынешн\w+ |current |our "
    r"|наступающ\w+ |нынч\w+ )*"
)
_NEXT = r"(?P<next>(?:следующ\w+|след(?: \.)?|будущ\w+|next|coming) )?"
_END = r"(?:конец|конца|концу|конце|концом|end(?: of)?|окончани\w+)"
_YEAR = r"(?:(?: ,)? (?P<y>20[0-9]{2})(?: Uyear| г \.?)?)?"
_WINDOW = (
    r"(?:за|в|во|на|in|during|for|within|over|throughout|through|через|течение|этот|весь|this|next|следующ\w+"
    r"|будущ\w+)"
)
_WITHIN = (
    r"(?:за|через|в течени[еи]|на протяжении|спустя|within|in|over|during|for|на|after|срок\w*(?: -| :)?)"
)
_FILLER = (
    r"(?:the|an?|ближайш\w+|оставш\w+|remaining|about|around|примерно|около|перв\w+|just|только|1|весь"
    r"|целый|период|срок)"
)
_TIME = re.compile(
    r"\b(?:U[a-z]|M[0-9]|W[1-7e]|S[a-z]{4}|H[a-z]{2}|20[0-9]{2}|[0-9]{1,2}[./][0-9]{1,2}|q ?[1-4]"
    r"|h [12]|eo[ymqw])|#[0-9]"
)
_WORDS = re.compile(
    r"\b(?:завтра|послезавтра|сегодня|today|tomorrow|tonight|числ\w+|нов\w+|черн\w+|black)\b|-"
)


_DATE = rf"(?P<d>[0-9]{{1,2}}) M(?P<m>[0-9]+)r?{_YEAR}"
#: What the canonical string must have for a rule to be tried, the words, and what they mean. The order is
#: that of trust: full dates first, then windows with a name, then spans counted from today.
_SOURCES: tuple[tuple[str, str, _Rule], ...] = (
    ("-", rf"{_TO}?(?P<y>[0-9]{{4}})-(?P<m>[0-9]{{1,2}})-(?P<d>[0-9]{{1,2}})", rules.iso),
    (
        "M",
        (
            rf"(?:с|со|from|между) #?(?P<d0>[0-9]{{1,2}})(?: M(?P<m0>[0-9]+)r?)? (?:по|до|to|until|till"
            rf"|-) #?{_DATE}"
        ),
        rules.span,
    ),
    (
        "",
        rf"{_TO}?(?P<d>[0-9]{{1,2}})\.(?P<m>[0-9]{{1,2}})\.(?P<y>[0-9]{{4}}|[0-9]{{2}})(?: г \.?)?",
        rules.in_figures,
    ),
    (
        "",
        (
            r"(?:не позже|не позднее|к|до|по|by|before|until|due"
            r"|на) (?P<d>[0-9]{1,2})(?:\.(?=[01]?[0-9](?![0-9]))|/)(?P<m>[0-9]{1,2})"
            r"(?:/(?P<y>[0-9]{4}|[0-9]{2}))?(?! (?:%"
            r"|[а-яa-z₽$€]))"
        ),
        rules.in_figures,
    ),
    (
        "",
        (
            r"(?:не позже|не позднее|к|до|по|by|before|until"
            r"|due) (?P<d>[0-9]{1,2})[./](?P<m>[01][0-9])"
            r"(?= (?:в|на|по|через|для|in|on|for|with|и|или|либо|or)\b)"
        ),
        rules.in_figures,
    ),
    ("M", rf"(?:^|(?<= ))(?:с|со|from|starting|since) (?:#|(?:the )?)?{_DATE}", rules.from_day),
    ("M", rf"{_TO}?(?:the )?(?:[0-9]+-)?#?{_DATE}", rules.day_of_month),
    (
        "M",
        rf"{_TO}?(?:the )?#(?P<d>[0-9]{{1,2}})(?: (?:of|числа))* (?:of )?M(?P<m>[0-9]+)r?{_YEAR}",
        rules.day_of_month,
    ),
    (
        "M",
        rf"{_TO}?M(?P<m>[0-9]+) (?:the )?#?(?P<d>0?[1-9]|[12][0-9]|3[01])(?![0-9]){_YEAR}(?! [%₽$])",
        rules.day_of_month,
    ),
    ("числ", rf"(?:{_TO}|с )(?:the )?#?(?P<d>[0-9]{{1,2}}) числ\w+", rules.monthday),
    ("#", rf"{_TO}(?:the )?#(?P<d>[0-9]{{1,2}})(?! (?:Uquarter|Uhalf|Uweek|Umonth|Uyear))", rules.monthday),
    ("M", rf"(?:{_TO}|в |in )?{_THE}{_END} (?:of )?{_THE}M(?P<m>[0-9]+)r?{_YEAR}", rules.end_of_month),
    ("M", rf"{_WITHIN} (?:{_FILLER} )+Uday (?:of |in )?M(?P<m>[0-9]+)r?{_YEAR}", rules.end_of_month),
    (
        "M",
        (
            rf"(?:{_TO}|в |in )?(?:the )?(?P<part>середин\w+|начал\w+|mid|middle(?: of)?|beginning(?: of)?"
            rf"|early) M(?P<m>[0-9]+)r?{_YEAR}"
        ),
        rules.part_of_month,
    ),
    (
        "",
        (
            rf"(?:{_TO}|в |in )?{_THE}(?P<end>{_END} (?:of )?{_THE})?(?:#?(?P<part>[1-4]) ?(?:Uquarter"
            rf"|(?P<half>Uhalf))|(?:q|кв) ?(?P<part2>[1-4])){_YEAR}"
        ),
        rules.part_of_year,
    ),
    (
        "",
        (
            rf"(?:{_TO}|в |in )?(?:the )?(?P<end>{_END} (?:of )?)?(?P<half>h"
            rf"|Uhour) ?(?P<part>[12])(?P<part2>(?:)){_YEAR}"
        ),
        rules.part_of_year,
    ),
    ("U", rf"(?:{_TO}|в |in )?{_THE}{_END} (?:of )?{_THE}{_NEXT}{_UNIT}", rules.end_of_unit),
    (
        "U",
        rf"(?:{_TO}|в |in )?{_THE}(?:середин\w+|middle(?: of)?|mid) {_THE}{_NEXT}{_UNIT}",
        rules.middle_of_unit,
    ),
    ("eo", rf"{_TO}?(?:the )?eo(?P<short>[ymqw])\b", rules.short_end),
    ("S", rf"(?:{_TO}|в |in )?{_THE}{_END} (?:of )?{_THE}(?P<season>S[a-z]+)", rules.end_of_season),
    (
        "",
        rf"(?:{_TO}|under |под |перед |в )?(?:the )?(?:нов\w+ Uyear|new Uyear(?: ' s)?(?: eve)?|Hnewyear)",
        rules.new_year,
    ),
    (
        "",
        (
            rf"(?:{_TO}|перед |ко? |на )?(?:the |католич\w+ )*(?P<feast>H[a-z]+|черн\w+ W5|black W5|cyber "
            rf"W1|киберпонедельник\w*|Uday мат\w+|mother ' s Uday)"
        ),
        rules.feast,
    ),
    (
        "M",
        (
            rf"{_WINDOW} (?:весь |the |all |this |этот |следующ\w+ |будущ\w+ "
            rf"|next )*M(?P<m>[0-9]+)r?{_YEAR}(?: Umonth)?"
        ),
        rules.in_month,
    ),
    ("M", rf"{_TO}(?:the )?M(?P<m>[0-9]+)r?{_YEAR}", rules.by_month),
    ("M", r"^(?:на )?M(?P<m>[0-9]+)r?(?P<y>)?\b", rules.in_month),
    (
        "S",
        (
            r"(?:к|до|под|by|before|until|till) (?:the |next |будущ\w+ |следующ\w+ "
            r"|начал\w+ )*(?P<season>S[a-z]+)"
        ),
        rules.by_season,
    ),
    (
        "S",
        (
            r"(?:за|на|в|during|in|this|эт\w+|over)? ?(?:the |эт\w+ |this |next |всю |все )*"
            r"(?P<season>S[a-z]+)"
            r"(?! (?!(?:by|to|with|we|i|for|in|on|at|and|about|per)\b)[a-z])"
        ),
        rules.in_season,
    ),
    ("W", rf"(?:{_TO})(?:the )?Wend", rules.by_weekend),
    ("W", rf"(?:{_TO}|в |во |this |эт\w+ )(?:{_THE})?{_NEXT}(?P<day>W(?:[1-7]|end))", rules.weekday),
    ("W", r"(?P<next>next |следующ\w+ )(?P<day>W[1-7])", rules.weekday),
    (
        "Uday",
        (
            rf"{_WITHIN} (?:{_FILLER} |next |следующ\w+ )*(?P<n>[0-9]{{1,3}}) "
            r"(?:рабоч\w+|будн\w+|working|business) Uday"
        ),
        rules.working_days,
    ),
    (
        "U",
        rf"(?:(?<=закрыть )|(?<=закроем )|(?<=закрываем )|(?<=close )|(?<=close the )){_UNIT}",
        rules.this_unit,
    ),
    (
        "U",
        rf"(?:на|в|in|for|за|during)? ?(?:эт\w+|текущ\w+|this|current|the current) {_UNIT}",
        rules.this_unit,
    ),
    ("U", rf"(?:к|ко|до|by|before) (?:the )?(?:следующ\w+|next) {_UNIT}", rules.by_unit),
    (
        "U",
        rf"(?:in|within|over|during|for) the (?:next|coming|following) (?P<half>(?:))(?P<n>(?:)){_UNIT}",
        rules.relative,
    ),
    (
        "U",
        rf"(?:на|в|in|за|for)? ?(?:the )?(?:следующ\w+|след(?: \.)?|будущ\w+|next) {_UNIT}",
        rules.next_unit,
    ),
    (
        "U",
        (
            rf"{_WITHIN} (?:{_FILLER} )*(?:(?:следующ\w+|next|coming|following"
            rf"|последующ\w+) )?(?:(?P<half>пол|half)(?: an?)? |{_NUMBER} ){{1}}{_UNIT}"
        ),
        rules.relative,
    ),
    ("U", rf"(?:следующ\w+|ближайш\w+|next|coming) (?P<half>(?:)){_NUMBER} {_UNIT}", rules.relative),
    (
        "U",
        rf"{_WITHIN} (?:{_FILLER} )*(?:the (?:next|coming|following) )?(?P<half>(?:))(?P<n>(?:)){_UNIT}",
        rules.relative,
    ),
    ("U", rf"{_NUMBER}(?P<half>(?:)) {_UNIT} (?:from now|на)\b", rules.relative),
    ("20", r"(?:в|in|за|for|during|на) (?P<y>20[2-9][0-9])(?: Uyear)?(?! (?:[а-яa-z₽]))", rules.year_window),
    ("20", r"(?:в|in|за|for|during|на) (?P<y>20[2-9][0-9]) Uyear", rules.year_window),
    ("20", r"(?:к|до|by|before|until) (?P<y>20[2-9][0-9])(?: Uyear)?(?! (?:[а-яa-z₽]))", rules.by_year),
    ("M", rf"(?:с|со|from|starting|since) M(?P<m>[0-9]+)r?{_YEAR}", rules.from_month),
    ("M", rf"M(?P<m>[0-9]+)r?{_YEAR}", rules.in_month),
    ("", rf"(?:{_TO})?(?P<near>послезавтра|завтра|сегодня|today|tomorrow|tonight)", rules.near),
)
_RULES = tuple(
    (needs, re.compile(rf"(?:(?<=^)|(?<= ))(?:{source})(?![^\W_])"), rule) for needs, source, rule in _SOURCES
)
#: Rules whose words come back each year, so that what is over means the next one.
_YEARLY = frozenset(
    {
        rules.in_figures,
        rules.day_of_month,
        rules.span,
        rules.end_of_month,
        rules.part_of_month,
        rules.part_of_year,
        rules.in_month,
        rules.by_month,
    }
)


def _no_day(match: re.Match[str], today: date) -> NoSuchDay | None:
    """The day of a month that a rule read and no calendar has."""
    found = match.groupdict()
    if not (found.get("d") and found.get("m")):
        return None
    return no_such_day(int(match["d"]), int(match["m"]), rules.year_of(match), today)


def _passed(window: Window, rule: _Rule, match: re.Match[str], today: date) -> Window:
    """The window with the day that was over this year, and the same day of the next month beside it."""
    if rule not in _YEARLY or rules.year_of(match) or window.deadline is None:
        return window
    passed = passed_lately(window.deadline, today)
    if passed is None:
        return window
    nearer = next_monthday(today, passed.day) if rule in {rules.in_figures, rules.day_of_month} else None
    others = (*window.others, nearer) if nearer else window.others
    return replace(window, passed=passed, others=others)


def find(line: Line, today: date) -> Window | None:
    """The window that the line names; its words are cut out of the line. None where it names none."""
    window = otherdays.find(line, today, _named)
    return None if window is None else _in_reach(window, today)


def _in_reach(window: Window, today: date) -> Window:
    """The window without the days that nobody can mean; a deadline that was one is noted."""
    start = window.start if window.start is None or is_in_reach(window.start, today) else None
    others = tuple(other for other in window.others if is_in_reach(other, today))
    if window.deadline is None or is_in_reach(window.deadline, today):
        return replace(window, start=start, others=others)
    return Window(None, start, place=window.place, no_day=window.no_day, far=window.deadline)


def _named(line: Line, today: date) -> Window | None:
    """The first window that the line names, its words cut out of the line."""
    deadline: Window | None = None
    start: date | None = None
    no_day: NoSuchDay | None = None
    place = 0
    canon = line.canon
    if not (_TIME.search(canon) or _WORDS.search(canon)):
        return None
    for needs, pattern, rule in _RULES:
        match = line.search(pattern) if needs in canon else None
        if match is None:
            continue
        window = rule(match, today)
        span = line.span(match)
        # Words of a day that no calendar has («31 февраля») are cut too, or a part of them would be read.
        line.cut(span)
        if window is None:
            no_day = no_day or _no_day(match, today)
            place = span[0] if no_day else place
            continue
        start, place = start or window.start, span[0]
        if window.deadline is not None:
            deadline = _passed(window, rule, match, today)
            break
    if deadline is None:
        return Window(None, start, place=place, no_day=no_day) if start or no_day else None
    return replace(deadline, start=start or deadline.start, place=place)
