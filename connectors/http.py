"""The one HTTP client of the connectors, and the only file that sees httpx.

What every call gets: a deadline for the whole of it, a cap on the size after decompression, no
redirect followed, no proxy but the one of the settings, few connections, bounded retries with
jitter, strict JSON, and a `ConnectorError` of a code `http.*` for whatever goes wrong. An address
may hold a secret (a bot's token stands in the path), so none is ever logged or told: a trouble
names the host alone.
"""

from __future__ import annotations

import asyncio
import logging
import math
import random
import ssl
import zlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from connectors.base import ConnectorError, Trouble, TroubleKind
from connectors.clean import clean
from connectors.strict_json import parse_json
from connectors.waits import RETRY_AFTER_CAP, reset_wait, retry_after

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

    from connectors.counting import RequestCount
    from connectors.pace import Pace

#: Seconds for one try, from the first byte sent to the last one read.
DEADLINE = 20.0
CONNECT_DEADLINE = 5.0
#: The most bytes an answer may have, decompressed.
SIZE_CAP = 5_000_000
TRIES = 3
CONNECTIONS = 10
#: A longer pause is not waited for within a run: the next run tries again.
PATIENCE = 60.0

#: The parameters of an address; one with several values is repeated.
Params = Mapping[str, str | Sequence[str]]

_CHUNK = 65_536
_BUSY = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class CallOptions:
    """How a call is made.

    `pace` is waited for before every try, `spent` counts tries, `answers` are error statuses whose
    body is the answer (an API that explains its refusal), and `told_wait` reads out of a body for
    how many seconds the network asks to wait.
    """

    pace: Pace | None = None
    spent: RequestCount | None = None
    answers: frozenset[int] = frozenset()
    told_wait: Callable[[bytes], float | None] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the body is decompressed and whole."""

    status: int
    content_type: str
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Document:
    """A JSON answer: its value (an object or a list), its status and its headers."""

    value: Any
    status: int
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Call:
    url: str
    params: Params | None
    headers: Mapping[str, str]
    form: Mapping[str, str] | None = None

    def __repr__(self) -> str:
        return f"_Call({self.host})"

    @property
    def host(self) -> str:
        return _host(self.url)


class _AgainError(ConnectorError):
    """A trouble that another try may cure; `wait` is for how long the network asked, seconds."""

    def __init__(self, trouble: Trouble, wait: float | None = None) -> None:
        super().__init__(trouble)
        self.wait = wait


@dataclass(slots=True)
class Http:
    """Makes calls for one network; close it with `aclose`.

    `now` is the wall clock in UTC, `sleep` and `jitter` (0 to 1) may be replaced, `waiting` is told
    of every pause in seconds. `requests` counts what was sent, tries included.
    """

    user_agent: str = "smart-smm"
    proxy: str | None = None
    deadline: float = DEADLINE
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    jitter: Callable[[], float] = random.random
    waiting: Callable[[float], None] | None = None
    requests: int = field(default=0, init=False)
    _client: httpx.AsyncClient | None = field(default=None, init=False, repr=False)
    _slots: asyncio.Semaphore = field(
        default_factory=lambda: asyncio.Semaphore(CONNECTIONS), init=False, repr=False
    )

    async def get_json(
        self,
        url: str,
        *,
        params: Params | None = None,
        headers: Mapping[str, str] | None = None,
        options: CallOptions | None = None,
    ) -> dict[str, Any]:
        """The JSON object at `url`. Raises ConnectorError with a code `http.*`."""
        call = _Call(url, params, headers or {})
        answer = await self._send(call, options or CallOptions())
        value = _json_value(call, answer)
        if not isinstance(value, dict):
            raise _error(call, TroubleKind.RETRY, "http.not_json", type(value).__name__)
        return value

    async def get_document(
        self,
        url: str,
        *,
        params: Params | None = None,
        headers: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        options: CallOptions | None = None,
    ) -> Document:
        """The JSON at `url`, an object or a list, with its headers; `form` is posted where it is given.

        A form may be sent again when the connection breaks: only for calls that may be repeated.
        Raises ConnectorError with a code `http.*`.
        """
        call = _Call(url, params, headers or {}, form)
        answer = await self._send(call, options or CallOptions())
        return Document(_json_value(call, answer), answer.status, answer.headers)

    async def get_text(
        self,
        url: str,
        *,
        params: Params | None = None,
        headers: Mapping[str, str] | None = None,
        options: CallOptions | None = None,
    ) -> str:
        """The text or page at `url`, as UTF-8. Raises ConnectorError with a code `http.*`."""
        call = _Call(url, params, headers or {})
        answer = await self._send(call, options or CallOptions())
        if not answer.content_type.startswith("text/"):
            raise _error(call, TroubleKind.RETRY, "http.not_text", answer.content_type)
        return answer.body.decode("utf-8", "replace")

    async def aclose(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def _send(self, call: _Call, options: CallOptions) -> Answer:
        tries = 0
        while True:
            tries += 1
            try:
                return await self._try(call, options)
            except _AgainError as error:
                wait = error.wait
                if wait is None:
                    wait = self.jitter() * 2.0 ** (tries - 1)
                if tries >= TRIES or wait > PATIENCE:
                    raise ConnectorError(error.trouble) from None
            if self.waiting is not None:
                self.waiting(wait)
            await self.sleep(wait)

    async def _try(self, call: _Call, options: CallOptions) -> Answer:
        if options.pace is not None:
            await options.pace.wait()
        async with self._slots:
            self.requests += 1
            if options.spent is not None:
                options.spent.add()
            async with _translated(call, has_proxy=self.proxy is not None):
                answer = await self._exchange(call)
        if answer.status in _BUSY:
            raise self._busy(call, answer, options)
        if 200 <= answer.status < 300 or answer.status in options.answers:
            return answer
        raise _refused(call, answer)

    async def _exchange(self, call: _Call) -> Answer:
        if self._client is None:
            self._client = _new_client(self.user_agent, self.proxy, self.deadline)
        async with (
            asyncio.timeout(self.deadline),
            self._client.stream(
                "GET" if call.form is None else "POST",
                call.url,
                params=call.params,
                headers=call.headers,
                data=call.form,
            ) as response,
        ):
            body = await _read(call, response)
        content_type = response.headers.get("content-type", "").lower()
        return Answer(response.status_code, content_type, body, response.headers)

    def _busy(self, call: _Call, answer: Answer, options: CallOptions) -> _AgainError:
        wait = retry_after(answer.headers, self.now())
        if wait is None and answer.status == 429:
            wait = reset_wait(answer.headers, self.now())
        if options.told_wait is not None:
            told = options.told_wait(answer.body)
            wait = wait if told is None else min(max(told, 0.0), RETRY_AFTER_CAP)
        facts = {"host": call.host, "status": str(answer.status)}
        if answer.status != 429:
            return _AgainError(Trouble(TroubleKind.RETRY, "http.status", facts=facts), wait)
        if wait is not None:
            facts["seconds"] = str(math.ceil(wait))
        return _AgainError(Trouble(TroubleKind.RETRY, "http.rate_limited", facts=facts), wait)


def _json_value(call: _Call, answer: Answer) -> dict[str, Any] | list[Any]:
    if "json" not in answer.content_type:
        raise _error(call, TroubleKind.RETRY, "http.not_json", answer.content_type)
    try:
        value = parse_json(answer.body)
    except ValueError as error:
        raise _error(call, TroubleKind.RETRY, "http.not_json", str(error)) from None
    if not isinstance(value, dict | list):
        raise _error(call, TroubleKind.RETRY, "http.not_json", type(value).__name__)
    return value


def _new_client(user_agent: str, proxy: str | None, deadline: float) -> httpx.AsyncClient:
    import httpx

    for name in ("httpx", "httpcore"):  # they log addresses, and an address may hold a token
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        return httpx.AsyncClient(
            verify=_authorities(),
            proxy=proxy,
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(deadline, connect=min(CONNECT_DEADLINE, deadline)),
            limits=httpx.Limits(max_connections=CONNECTIONS),
            headers={"User-Agent": user_agent, "Accept-Encoding": "gzip, deflate"},
        )
    except (ValueError, ImportError, httpx.InvalidURL):
        raise ConnectorError(Trouble(TroubleKind.CONFIG, "http.bad_proxy")) from None


@cache
def _authorities() -> ssl.SSLContext:
    """The authorities that are trusted; to load them is dear, so that all networks share them."""
    import httpx

    return httpx.create_ssl_context(trust_env=False)


async def _read(call: _Call, response: httpx.Response) -> bytes:
    """The whole body, decompressed as it arrives, so that a bomb is left at the cap."""
    encoding = response.headers.get("content-encoding", "identity").lower().strip()
    if encoding not in {"identity", "gzip", "deflate"}:
        raise _error(call, TroubleKind.RETRY, "http.unreadable", encoding)
    unpack = None if encoding == "identity" else zlib.decompressobj(zlib.MAX_WBITS | 32)
    body = bytearray()
    async for chunk in response.aiter_raw(_CHUNK):
        try:
            body += chunk if unpack is None else unpack.decompress(chunk, SIZE_CAP + 1 - len(body))
        except zlib.error as error:
            raise _error(call, TroubleKind.RETRY, "http.unreadable", str(error)) from None
        if len(body) > SIZE_CAP:
            raise _error(call, TroubleKind.RETRY, "http.too_large")
    if unpack is not None and not unpack.eof:
        raise _AgainError(_trouble(call, TroubleKind.RETRY, "http.truncated"))
    return bytes(body)


@asynccontextmanager
async def _translated(call: _Call, *, has_proxy: bool) -> AsyncIterator[None]:
    """Turn what httpx raises into troubles; the cause is cut off, for its text may hold the address."""
    import httpx
    from socksio import SOCKSError

    retry = TroubleKind.RETRY
    try:
        yield
    except (TimeoutError, httpx.ReadTimeout, httpx.WriteTimeout, httpx.PoolTimeout):
        raise _error(call, retry, "http.timeout") from None
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError, SOCKSError) as error:
        if _is_tls(error):
            raise _error(call, TroubleKind.CONFIG, "http.tls", str(error)) from None
        code = "http.proxy" if has_proxy else "http.unreachable"
        raise _AgainError(_trouble(call, retry, code, str(error))) from None
    except (httpx.NetworkError, httpx.RemoteProtocolError) as error:
        raise _AgainError(_trouble(call, retry, "http.truncated", str(error))) from None
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError):
        raise _error(call, TroubleKind.CONFIG, "http.bad_url") from None


def _is_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _refused(call: _Call, answer: Answer) -> ConnectorError:
    facts = {"host": call.host, "status": str(answer.status)}
    if 300 <= answer.status < 400:
        facts["to"] = clean(_host(answer.headers.get("location", ""))) or call.host
        return ConnectorError(Trouble(TroubleKind.CONFIG, "http.redirect", facts=facts))
    kind = TroubleKind.AUTH if answer.status in {401, 403} else TroubleKind.RETRY
    return ConnectorError(Trouble(kind, "http.status", facts=facts))


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # a broken IPv6 address
        return ""


def _trouble(call: _Call, kind: TroubleKind, code: str, detail: str = "") -> Trouble:
    return Trouble(kind, code, clean(detail), {"host": call.host})


def _error(call: _Call, kind: TroubleKind, code: str, detail: str = "") -> ConnectorError:
    return ConnectorError(_trouble(call, kind, code, detail))
