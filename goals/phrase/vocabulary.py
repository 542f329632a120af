"""Words of the trade, Russian and English: networks and their nicknames, metrics, places, verbs.

To teach a word, add its stem to one row. A row is a pattern of a whole folded word.
"""

from __future__ import annotations

import re
from functools import lru_cache

CONTENT = frozenset({"posts", "stories", "clips", "videos", "streams"})
#: Figures that a piece of content has, so that the content names only where they are counted.
PER_CONTENT = frozenset(
    {"views", "reach", "likes", "comments", "shares", "saves", "engagement", "clicks", "leads", "sales"}
)
MONEY = frozenset({"revenue", "income", "cost_per_lead", "cost_per_follower"})

_NETWORKS = {
    "vk": r"вк|вконтакт\w*|вкшк\w+|вэка|вконтач\w*|vk|vkontakte|vkontakt",
    "telegram": r"телеграм\w*|телеграмм\w*|телег[аеуиой]{1,2}|тг|тгк|тгшк\w*|тележк\w+|тэгэ|tg|telegram",
    "ok": r"одноклассник\w*|одноклы|одноклах",
    "youtube": r"ют[ью]?уб\w*|ютьюб\w*|ютюб\w*|youtube|yt",
    "instagram": r"инст[аеуы]?|инстой|инстаграм\w*|инстаграмм\w*|инстик\w*|instagram|insta|ig",
    "tiktok": r"тик[ -]?ток\w*|тт|tiktok|tt",
    "dzen": r"дзен\w*|dzen|zen",
    "max": r"макс[аеу]|максом",
    "other": r"фейсбук\w*|facebook|fb|твиттер\w*|twitter|линкедин\w*|linkedin|pinterest|пинтерест\w*"
    r"|рутуб\w*|rutube"
    r"|threads|тредс\w*|сетк[аеуи]|тенчат\w*|tenchat|bluesky|mastodon|reddit|snapchat|discord",
}
_METRICS = {
    "audience": r"п[оа]дпи[сщ]\w*чи\w+|п[оа]дпищ[еи]к\w*|подписот\w+|подпис(?:ок|ки|ка|ку)"
    r"|подп(?:ы|ов|ам|ики|иков)|пдп"
    r"|ф[оа]лл?ов\w+|читател\w+"
    r"|участни[кц]\w*|аудитори\w+|подпис(?:ат|ал|ыва)\w+|баз[аыуе]|пользовател\w+|вступ(?:ивш|ил)\w*"
    r"|followers?|subscribers?|subs|members?|audience|fans?|фанат\w*|readers|users|readership",
    "reach": r"охват(?!\w*н)\w*|reach",
    "views": r"просмотр\w*|показ(?:ы|ов|ам|ах|а)?|views?|impressions?|прослушиван\w+"
    r"|чита(?:ют|ет|л\w*)|смотр(?:ят|ит|ел\w*)|plays",
    "engagement_rate": r"er|err|ерр?|ervr?|вовлеченност\w+",
    "engagement": r"активност\w+|активнич\w+|вовлечени\w+|вовлек\w+|engag\w+|interactions?|взаимодейств\w+"
    r"|общал\w+|общени\w+"
    r"|общаются|актив(?:а|у|чик\w*)?",
    "likes": r"лайк\w*|likes|сердеч\w+|hearts|реакци\w+|reactions?",
    "comments": r"комм?ент\w*|комм?ы|comments?|обсуждени\w+",
    "shares": r"р[еи]пост\w*|reposts?|shares|retweets?|пересыл\w+|forwards",
    "saves": r"сохран\w+|saves|bookmarks",
    "mentions": r"упоминани\w+|отмет(?:ок|ки|ка)|mention(?:s|ed)?",
    "reviews": r"отзыв\w*|reviews?|testimonials?",
    "topic_share": r"Xshare",
    "leaves": r"отписк(?:и|ам|ах|у|а)|отписок|отписыва\w+|отписал\w*|отписат\w+"
    r"|отток\w*|churn|unfollow\w*|unsubscrib\w+|leaves",
    "joins": r"вступлени\w+|joins",
    "posts": r"пост(?:ы|ов|а|е|у|ам|ом|ами|ах|ик\w*|инг\w*|ить|им|ят|ил\w*)?|публика\w+|публикова\w+"
    r"|опубликова\w+|стат(?:ья|ьи|ей|ью|ье|ьям)"
    r"|карусел\w+|лонгрид\w*|мем\w*|фото\w*|фотк\w+|posts?|photos?|pictures?|posting|publications?"
    r"|articles?|carousels?|longreads?|memes?|blogposts?",
    "stories": r"стор(?:ис\w*|из|ьк\w+|ик\w*|и|ю|я|ей|ях|ям)|истори(?:и|й|ю|я|ям|ях|ями)|story|stories",
    "clips": r"р[ие]л(?:с\w*|з\w*|ы|ов)?|рилсик\w*|reels?|клип\w*|шорт(?:с\w*|ы|ов)|shorts|clips?",
    "videos": r"видео\w*|видик\w*|видос\w*|ролик\w*|влог\w*|выпуск(?:и|ов|а|ам)?|подкаст\w*|videos?|vlogs?"
    r"|episodes?|podcasts?",
    "streams": r"эфир\w*|стрим\w*|трансляци\w+|streams?|livestreams?|lives?|broadcasts?|вебинар\w*|webinars?",
    "clicks": r"клик(?:и|ов|а|ам|нул\w*)?|переход\w*|траф(?:ик\w*)?|посетител\w+|посещ\w+|визит(?:ы|ов|а|ам)"
    r"|заход\w*|clicks?|traffic"
    r"|visits?|visitors?",
    "leads": r"заяв(?:ок|к\w+)|лид(?:ы|ов|а|ам|ген\w*|огенерац\w+)?|обращени\w+|контакт(?:ы|ов|а|ам)"
    r"|сообщени\w+|личк\w+|директ\w*"
    r"|запис(?:ей|и|ь|ям|ат\w+|ыва\w+|ал\w+)|звонк(?:и|ов|а|ам)|звонил\w*|дозвон\w*|диалог\w*"
    r"|регистраци\w+|брон(?:ей|и|ь|ирован\w+)"
    r"|анкет\w*|консультаци\w+|leads?|inquir\w+|enquir\w+|signups?|bookings?|appointments?"
    r"|registrations?|consultations?|ups|dms",
    "sales": r"прода[жтвнлмйюс]\w*|распрод\w+|заказ(?:ы|ов|а|ам|ать|ыва\w+)?|покуп(?:ок|к\w+|ал\w*|ател\w+"
    r"|ают)|сделк\w+|сделок|купил\w*"
    r"|предзаказ\w*|sales?|sell|sold|selling|orders?|purchases?|buyers?|customers?|deals",
    "revenue": r"выруч\w+|оборот\w*|прибыл(?:ь|и|ью)|касс[ауы]|revenue|turnover|profits?",
    "awareness": r"узнава\w+|узна(?:л|ют|ли|ла|вать)|зна(?:ли|ют|л)|извест(?:н\w+|ност\w+)|лояльн\w+"
    r"|довери\w+|доверя\w+|репутаци\w+"
    r"|имидж\w*|авторитет\w*|экспертност\w+|популярн\w+|awareness|loyalty|reputation|image|trust"
    r"|recogni\w+|authority|famous|credibility|visibility|заметил\w*|заметн\w+|knows?|knew",
    "income": r"доход\w*|зараб\w+|гонорар\w*|зарплат\w*|чек(?:а|и)?|income|earn\w*|invoices?|salary|fees",
    "clients": r"клиент\w*|заказчик\w*|clients?|проект(?:ов|а|ы)",
    "hours": r"переработ\w+|перерабатыва\w+|работать|workload|work|working|overtime",
    "courses": r"курс(?:ы|ов|а|ам|е)?|courses?|обучени\w+|тренинг\w*|trainings?|certifications?",
    "cases": r"кейс\w*|портфолио|cases?|portfolio",
}
_PLACES = (
    r"групп\w+|сообществ\w*|канал\w*|чат\w*|паблик\w*|страниц\w+|страничк\w+|профил\w+|блог(?:а|е|у|ом|и|ов)?"
    r"|аккаунт\w*|акк|рассылк\w+"
    r"|community|group|channel|page|profile|account|chat|blog"
)
_PEOPLE = r"человек\w*|люд(?:ей|и|ям)|чел|people|persons?|душ|юзер\w*"
_KINDS = {
    "cost": r"цен(?:а|у|ы|е|ой)|стоимост\w+|затрат\w+|cost|costs|price|cpa|cac",
    "grow": r"увелич\w+|повы[сш]\w+|подн(?:ят\w+|им\w+|ял\w*)|рост\w*|прирост\w*|прираст\w+|прирас\w+"
    r"|вырас\w+|раст[иу]\w*|подраст\w+"
    r"|нараст\w+|нарас\w+|улучш\w+|усил\w+|развит\w+|разви[вт]\w+|прокач\w+|раскрут\w+|сформир\w+"
    r"|стать|расшир\w+|приба\w+|добав\w+"
    r"|увеличь\w*|подтян\w+|укреп\w+|повы\w+|поднять|increas\w+|grow\w*|growth|boost\w*|rais\w+"
    r"|improv\w+|expand\w*|build\w*|lift"
    r"|strengthen|scale|skyrocket|become|rise|uplift",
    "fall": r"сни[зж]\w+|уменьш\w+|сократ\w+|понизи\w+|удешев\w+|урез\w+|опустит\w+|cut\w*|reduc\w+|lower\w*"
    r"|decreas\w+|drop|bring",
    "win": r"набр\w+|набир\w+|набор\w*|привле\w+|прив[ео]д\w+|привест\w+|приве(?:л|ду)\w*|получ\w+|найти"
    r"|найд\w+|ищ\w+|нагна\w+|собра\w+|накрут\w+|нагон\w+"
    r"|взять|возьм\w+|приток\w*|подписа\w+|заполуч\w+|gain\w*|get|getting|attract\w*|acquir\w+|add"
    r"|adding|land|sign|win|find|generate"
    r"|bring|drive|earn|net",
    "more": r"больше|побольше|более|много|ещ[ёе]|нов(?:ых|ые|ого|ый|ую|ая|ое)|плюс|свеж\w+|дополнительн\w+"
    r"|more|new|extra|additional|lots|tons"
    r"|another",
    "reached": r"дойти|довест\w+|достич\w+|достиг\w+|дорасти|дорас\w+|выйти|выйд\w+|добраться|добить\w*"
    r"|перевалить|reach|hit|hitting|achieve"
    r"|attain|surpass|top|дожать",
    "less": r"меньше|дешевле|ниже|реже|less|fewer|cheaper|lower",
    "often": r"чаще|почаще|регулярн\w+|стабильн\w+|постоянн\w+|systematic\w*|often|regular\w*|consisten\w+",
    "average": r"средн\w+|average|avg|mean|должен|должн[аыо]",
    "reply": r"отве[тч]\w*|repl(?:y|ies|ying)|respon[ds]\w*|answer\w*|отреагир\w+|реагир\w+",
    "faster": r"быстр\w+|скорост\w+|скорее|оперативн\w+|faster|quick\w*|fast|speed\w*|sooner|prompt\w*|время"
    r"|time|моментальн\w+|сразу",
    "viral": r"вирус\w+|завируси\w+|хайп\w*|viral\w*|virality",
    "boosted": r"накрут\w+|накруч\w+|боты|ботов|botted|фейков\w+|fake",
    "buying": r"(?:до|при|за|под)?куп(?:ить|им|лю|ишь|ив)|(?:до|за|с)?покуп(?:ать|аем|ка|ку|ке)"
    r"|заказ(?:ать|ыва\w+)|закаж\w+|buy|buying|bought|purchas(?:e|ing|ed)",
    "losing": r"(?:по|рас)?теря(?:ть|ем|й|ю|л\w*|я)|лиши\w+|слить|сливать"
    r"|lose|loses|losing|lost|shed|shedding",
}


def _compiled(rows: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>(?:{row})$)" for name, row in rows.items()))


_NETWORK, _METRIC = _compiled(_NETWORKS), _compiled(_METRICS)
_PLACE, _HUMAN = re.compile(_PLACES), re.compile(_PEOPLE)
_KIND_PATTERNS = tuple((name, re.compile(row)) for name, row in _KINDS.items())


@lru_cache(maxsize=4096)
def network_of(word: str) -> str | None:
    """The network that a word names; `other` for one that goals do not count apart."""
    match = _NETWORK.match(word)
    return match.lastgroup if match else None


def network_called(name: str) -> str | None:
    """The network that is called so where only a network can stand: «макс» is no bound there."""
    word = name.strip().lower()
    return "max" if word == "макс" else network_of(word)


@lru_cache(maxsize=4096)
def metric_of(word: str) -> str | None:
    """The metric that a word alone names."""
    match = _METRIC.match(word)
    return match.lastgroup if match else None


@lru_cache(maxsize=4096)
def marks_of(word: str) -> frozenset[str]:
    """What else a word says: `grow`, `fall`, `win`, `more`, `average`, `cost`, `place`, `people`, ..."""
    found = {name for name, pattern in _KIND_PATTERNS if pattern.fullmatch(word)}
    if _PLACE.fullmatch(word):
        found.add("place")
    if _HUMAN.fullmatch(word):
        found.add("people")
    return frozenset(found)


def is_known(word: str) -> bool:
    """Whether some table knows the word."""
    return bool(network_of(word) or metric_of(word) or marks_of(word))
