"""What a fake Telegram tells users: the channels of `tests.fakes.telegram`, their statistics, logins."""

# ruff: noqa: ANN401, N802 - Telethon has no types, and its methods are called as the network calls them

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from ipaddress import ip_address
from typing import Any

from telethon import password as srp
from telethon.crypto import AuthKey
from telethon.sessions import StringSession
from telethon.tl import types

from tests.fakes.mtproto import MtprotoServer
from tests.fakes.mtproto_keys import DH_GENERATOR, DH_PRIME
from tests.fakes.telegram import Channel, Message

HOME_DC, STATS_DC = 2, 4
API_ID, API_HASH = 94_575, "a3406de8d171bb422bb6ddf3bbd800e2"
PHONE, CODE, CODE_HASH, PASSWORD = "+79990001122", "73421", "code-hash-canary", "облачный-пароль"
USER_ID = 4001
_ALGORITHM = types.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(
    salt1=b"fake salt one", salt2=b"fake salt two", g=DH_GENERATOR, p=DH_PRIME.to_bytes(256, "big")
)
_OPEN = frozenset({"GetConfig", "SendCode", "SignIn", "GetPassword", "CheckPassword", "ImportAuthorization"})


@dataclass(slots=True)
class Extra:
    """What only users are told of a channel; `stats_from` is the first day of its statistics (None: none)."""

    forwards: int = 0
    comments: int | None = None
    has_reactions: bool = True
    hides_members: bool = False
    megagroup: bool = False
    stats_from: date | None = None
    tells_dc: bool = True
    access_hash: int = 5_000_001


@dataclass(slots=True)
class _Scripted:
    method: str
    error: str
    times: int | None


@dataclass(slots=True)
class MtprotoWorld:
    """The channels by name, who is logged in, what goes wrong on purpose; `calls` are all methods asked."""

    channels: Mapping[str, Channel]
    extras: dict[str, Extra] = field(default_factory=dict)
    today: date = date(2026, 11, 23)
    password: str | None = None
    calls: list[str] = field(default_factory=list)
    server: MtprotoServer = field(init=False)
    lock: threading.Lock = field(default_factory=threading.Lock)
    logged_in: set[bytes] = field(default_factory=set)
    elsewhere: set[bytes] = field(default_factory=set)
    tickets: set[bytes] = field(default_factory=set)
    _scripted: list[_Scripted] = field(default_factory=list)
    _secret: int = 0

    def __post_init__(self) -> None:
        self.server = MtprotoServer(self.answer)

    def session(self, *, logged_in: bool = True) -> str:
        """A session as Telethon keeps it."""
        key = self.server.new_key()
        if logged_in:
            self.logged_in.add(key)
        made = StringSession()
        made.set_dc(HOME_DC, str(ip_address("127.0.0.1")), self.server.port)
        made.auth_key = AuthKey(key)
        return str(made.save())

    def end_sessions(self) -> None:
        """Log everybody out, as from another device."""
        self.logged_in.clear()

    def script(self, method: str, error: str, *, times: int | None = 1) -> None:
        """Refuse the next calls of a method (None: all) with an error of Telegram's."""
        with self.lock:
            self._scripted.append(_Scripted(method, error, times))

    def extra(self, name: str) -> Extra:
        """What only users are told of a channel."""
        return self.extras.setdefault(name, Extra())

    def answer(self, key: bytes, request: Any) -> Any:
        """The answer to a request, or the error."""
        method = type(request).__name__.removesuffix("Request")
        with self.lock:
            self.calls.append(method)
            scripted = next((s for s in self._scripted if s.method == method), None)
            if scripted is not None:
                if scripted.times is not None:
                    scripted.times -= 1
                    if not scripted.times:
                        self._scripted.remove(scripted)
                return types.RpcError(_code(scripted.error), scripted.error)
        if method not in _OPEN and key not in self.logged_in:
            return types.RpcError(401, "AUTH_KEY_UNREGISTERED")
        return getattr(self, f"_{method}")(key, request)

    def _GetConfig(self, key: bytes, request: Any) -> Any:
        numbers = dict.fromkeys(_config_numbers(), 0)
        moment = datetime(2026, 11, 23, tzinfo=UTC)
        places = [types.DcOption(dc, "127.0.0.1", self.server.port) for dc in (HOME_DC, STATS_DC)]
        return types.Config(
            date=moment,
            expires=moment,
            test_mode=False,
            this_dc=HOME_DC,
            dc_options=places,
            dc_txt_domain_name="",
            me_url_prefix="",
            **numbers,
        )

    def _GetUsers(self, key: bytes, request: Any) -> Any:
        return [_me()]

    def _GetState(self, key: bytes, request: Any) -> Any:
        return types.updates.State(1, 0, datetime(2026, 11, 23, tzinfo=UTC), 1, 0)

    def _GetDifference(self, key: bytes, request: Any) -> Any:
        return types.updates.DifferenceEmpty(datetime(2026, 11, 23, tzinfo=UTC), 1)

    def _SendCode(self, key: bytes, request: Any) -> Any:
        if (request.api_id, request.api_hash) != (API_ID, API_HASH):
            return types.RpcError(400, "API_ID_INVALID")
        if request.phone_number.replace(" ", "") != PHONE:
            return types.RpcError(400, "PHONE_NUMBER_INVALID")
        return types.auth.SentCode(types.auth.SentCodeTypeApp(5), CODE_HASH)

    def _SignIn(self, key: bytes, request: Any) -> Any:
        if request.phone_code_hash != CODE_HASH or request.phone_code != CODE:
            return types.RpcError(400, "PHONE_CODE_INVALID")
        if self.password is not None:
            return types.RpcError(401, "SESSION_PASSWORD_NEEDED")
        return self._let_in(key)

    def _GetPassword(self, key: bytes, request: Any) -> Any:
        self._secret = int.from_bytes(os.urandom(256), "big")
        public = (_multiplier() * self._verifier() + pow(DH_GENERATOR, self._secret, DH_PRIME)) % DH_PRIME
        return types.account.Password(
            new_algo=_ALGORITHM,
            new_secure_algo=types.SecurePasswordKdfAlgoUnknown(),
            secure_random=b"",
            has_password=True,
            current_algo=_ALGORITHM,
            srp_B=srp.big_num_for_hash(public),
            srp_id=1,
        )

    def _CheckPassword(self, key: bytes, request: Any) -> Any:
        """Let in who proves that he knows the password: the proof of SRP, as the server reckons it."""
        verifier, theirs = self._verifier(), int.from_bytes(request.password.A, "big")
        ours = (_multiplier() * verifier + pow(DH_GENERATOR, self._secret, DH_PRIME)) % DH_PRIME
        both = (srp.big_num_for_hash(theirs), srp.big_num_for_hash(ours))
        mixed = int.from_bytes(srp.sha256(*both), "big")
        shared = pow(theirs * pow(verifier, mixed, DH_PRIME), self._secret, DH_PRIME)
        prime, generator = _ALGORITHM.p, srp.big_num_for_hash(DH_GENERATOR)
        proof = srp.sha256(
            srp.xor(srp.sha256(prime), srp.sha256(generator)),
            srp.sha256(_ALGORITHM.salt1),
            srp.sha256(_ALGORITHM.salt2),
            *both,
            srp.sha256(srp.big_num_for_hash(shared)),
        )
        if proof != request.password.M1:
            return types.RpcError(400, "PASSWORD_HASH_INVALID")
        return self._let_in(key)

    def _LogOut(self, key: bytes, request: Any) -> Any:
        self.logged_in.discard(key)
        return types.auth.LoggedOut()

    def _ExportAuthorization(self, key: bytes, request: Any) -> Any:
        ticket = os.urandom(16)
        self.tickets.add(ticket)
        return types.auth.ExportedAuthorization(USER_ID, ticket)

    def _ImportAuthorization(self, key: bytes, request: Any) -> Any:
        if request.bytes not in self.tickets:
            return types.RpcError(400, "AUTH_BYTES_INVALID")
        self.elsewhere.add(key)
        return self._let_in(key)

    def _ResolveUsername(self, key: bytes, request: Any) -> Any:
        channel = self.channels.get(request.username.lower())
        if channel is None:
            return types.RpcError(400, "USERNAME_NOT_OCCUPIED")
        if channel.kind == "person":
            return types.contacts.ResolvedPeer(types.PeerUser(channel.number), [], [])
        return types.contacts.ResolvedPeer(types.PeerChannel(channel.number), [self._chat(channel)], [])

    def _GetFullChannel(self, key: bytes, request: Any) -> Any:
        channel = self._found(request.channel)
        if channel is None:
            return types.RpcError(400, "CHANNEL_INVALID")
        extra = self.extra(channel.name)
        full = types.ChannelFull(
            id=channel.number,
            about=channel.about,
            read_inbox_max_id=0,
            read_outbox_max_id=0,
            unread_count=0,
            chat_photo=types.PhotoEmpty(0),
            notify_settings=types.PeerNotifySettings(),
            bot_info=[],
            pts=1,
            participants_count=None if extra.hides_members else channel.members,
            can_view_stats=extra.stats_from is not None or None,
            stats_dc=STATS_DC if extra.tells_dc and extra.stats_from is not None else None,
            available_reactions=types.ChatReactionsAll() if extra.has_reactions else None,
        )
        return types.messages.ChatFull(full, [self._chat(channel)], [])

    def _GetHistory(self, key: bytes, request: Any) -> Any:
        channel = self._found(request.peer)
        if channel is None:
            return types.RpcError(400, "CHANNEL_INVALID")
        before = request.offset_id or float("inf")
        older = [message for message in channel.messages if message.id < before]
        told = [self._message(channel, message) for message in reversed(older[-request.limit :])]
        return types.messages.ChannelMessages(1, len(channel.messages), told, [], [self._chat(channel)], [])

    def _GetBroadcastStats(self, key: bytes, request: Any) -> Any:
        channel = self._found(request.channel)
        if channel is None or self.extra(channel.name).stats_from is None:
            return types.RpcError(400, "CHAT_ADMIN_REQUIRED")
        if key not in self.elsewhere:
            return types.RpcError(303, f"STATS_MIGRATE_{STATS_DC}")
        first = self.extra(channel.name).stats_from
        assert first is not None
        days = [first + timedelta(days=n) for n in range((self.today - first).days + 1)]
        growth = _graph(days, {"Total": [channel.members - len(days) + n for n in range(len(days))]})
        value, none = types.StatsAbsValueAndPrev(0, 0), types.StatsGraphError("Not enough data")
        kinds = _parameters(types.stats.BroadcastStats)
        values: dict[str, Any] = {name: none for name in kinds if name.endswith("_graph")}
        values |= {name: value for name in kinds if name == "followers" or "_per_" in name}
        return types.stats.BroadcastStats(
            **{
                **values,
                "period": types.StatsDateRangeDays(_moment(days[0]), _moment(days[-1])),
                "enabled_notifications": types.StatsPercentValue(1, 2),
                "growth_graph": growth,
                "followers_graph": types.StatsGraphAsync(f"moves-{channel.name}"),
                "recent_posts_interactions": [],
            }
        )

    def _LoadAsyncGraph(self, key: bytes, request: Any) -> Any:
        if key not in self.elsewhere:
            return types.RpcError(303, f"STATS_MIGRATE_{STATS_DC}")
        first = self.extra(request.token.removeprefix("moves-")).stats_from
        assert first is not None
        days = [first + timedelta(days=n) for n in range((self.today - first).days + 1)]
        return _graph(days, {"Joined": [5] * len(days), "Left": [-2] * len(days)})

    def _let_in(self, key: bytes) -> Any:
        self.logged_in.add(key)
        return types.auth.Authorization(_me())

    def _verifier(self) -> int:
        assert self.password is not None
        secret = int.from_bytes(srp.compute_hash(_ALGORITHM, self.password), "big")
        return pow(DH_GENERATOR, secret, DH_PRIME)

    def _found(self, asked: Any) -> Channel | None:
        """The channel of an address, if its hash is right."""
        channel = next((c for c in self.channels.values() if c.number == asked.channel_id), None)
        if channel is None or self.extra(channel.name).access_hash != asked.access_hash:
            return None
        return channel

    def _chat(self, channel: Channel) -> Any:
        extra = self.extra(channel.name)
        return types.Channel(
            id=channel.number,
            title=channel.title,
            photo=types.ChatPhotoEmpty(),
            date=datetime(2020, 1, 1, tzinfo=UTC),
            broadcast=not extra.megagroup or None,
            megagroup=extra.megagroup or None,
            access_hash=extra.access_hash,
            username=channel.name,
        )

    def _message(self, channel: Channel, message: Message) -> Any:
        extra, peer = self.extra(channel.name), types.PeerChannel(channel.number)
        if message.service:
            pinned = types.MessageActionPinMessage()
            return types.MessageService(id=message.id, peer_id=peer, date=message.when, action=pinned)
        counts = [
            types.ReactionCount(types.ReactionEmoji(emoji), count)
            for emoji, count in (message.reactions or {}).items()
        ]
        return types.Message(
            id=message.id,
            peer_id=peer,
            date=message.when,
            message=message.text,
            post=True,
            media=_video() if message.video else None,
            views=message.views,
            forwards=None if message.views is None else extra.forwards,
            replies=None
            if extra.comments is None
            else types.MessageReplies(extra.comments, 1, comments=True, channel_id=99),
            reactions=types.MessageReactions(counts) if counts else None,
        )


def _me() -> Any:
    return types.User(USER_ID, is_self=True, access_hash=1, first_name="Анна", username="anna_smm")


def _video() -> Any:
    shape = types.DocumentAttributeVideo(12.0, 720, 1280)
    moment = datetime(2026, 11, 1, tzinfo=UTC)
    return types.MessageMediaDocument(
        document=types.Document(1, 1, b"", moment, "video/mp4", 1000, HOME_DC, [shape])
    )


def _graph(days: list[date], lines: Mapping[str, list[int]]) -> Any:
    names = {f"y{n}": name for n, name in enumerate(lines)}
    told = {
        "columns": [
            ["x", *(int(_moment(day).timestamp() * 1000) for day in days)],
            *([key, *lines[name]] for key, name in names.items()),
        ],
        "types": {"x": "x", **dict.fromkeys(names, "line")},
        "names": names,
    }
    return types.StatsGraph(types.DataJSON(json.dumps(told)))


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _multiplier() -> int:
    return int.from_bytes(srp.sha256(_ALGORITHM.p, srp.big_num_for_hash(DH_GENERATOR)), "big")


def _parameters(kind: Any) -> list[str]:
    from inspect import signature

    return list(signature(kind).parameters)


def _config_numbers() -> list[str]:
    """The numbers of a configuration, which nobody here asks for."""
    from inspect import Parameter, signature

    told = {"date", "expires", "test_mode", "this_dc", "dc_options", "dc_txt_domain_name", "me_url_prefix"}
    parameters = signature(types.Config).parameters.values()
    return [p.name for p in parameters if p.default is Parameter.empty and p.name not in told]


def _code(error: str) -> int:
    if error.startswith("FLOOD"):
        return 420
    if "MIGRATE" in error:
        return 303
    if error.startswith(("AUTH_KEY", "SESSION", "USER_DEACTIVATED")):
        return 401
    return 400
