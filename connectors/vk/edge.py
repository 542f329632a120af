"""The HTTP edge of vk_api: a requests session with a deadline, a size cap, one host and no redirects.

Imported only inside a token's thread, for requests is slow to import.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.exceptions import RequestException
from urllib3 import exceptions as urllib3_errors

from connectors.clean import clean
from connectors.vk.errors import VkError

__all__ = ["Edge", "RequestException", "guarded_session", "never_connected", "of_line", "of_status"]

MAX_BYTES = 5 * 1024 * 1024
USER_AGENT = "smart-smm (statistics of one's own communities)"

#: The address that vk_api calls; the edge puts the real one in its place.
_VK_API_ADDRESS = "https://api.vk.ru"
_CONNECT_SECONDS = 5.0
_CHUNK = 64 * 1024


class _DeadlineError(RequestException):
    """The whole call took too long."""


class _TooLargeError(RequestException):
    """The answer is larger than any honest one."""


class _RedirectError(RequestException):
    """The server sends us to the host `to`; the token stays here."""

    def __init__(self, to: str) -> None:
        super().__init__()
        self.to = to


class Edge(HTTPAdapter):
    """Sends a request to `base` and reads the whole answer within `deadline` seconds."""

    def __init__(self, base: str, deadline: float) -> None:
        super().__init__(max_retries=0)
        self.base = base
        self._deadline = deadline

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = True,  # noqa: FBT001, FBT002, ARG002  # the signature of requests
        timeout: object = None,  # noqa: ARG002
        verify: bool | str = True,  # noqa: FBT001, FBT002
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send and read. Raises RequestException, also for a redirect."""
        until = time.monotonic() + self._deadline
        request.url = self.base + (request.url or "").removeprefix(_VK_API_ADDRESS)
        response = super().send(
            request,
            stream=True,
            timeout=(min(_CONNECT_SECONDS, self._deadline), self._deadline),
            verify=verify,
            cert=cert,
            proxies=proxies,
        )
        try:
            if response.is_redirect or 300 <= response.status_code < 400:
                raise _RedirectError(urlsplit(response.headers.get("Location", "")).hostname or "")
            response._content = _read(response, until)
        finally:
            response.close()
        return response


def _read(response: requests.Response, until: float) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := _piece(response):
        pieces.append(piece)
        size += len(piece)
        if size > MAX_BYTES:
            raise _TooLargeError
        if time.monotonic() > until:
            raise _DeadlineError
    promised = response.headers.get("Content-Length", "")
    if "Content-Encoding" not in response.headers and promised.isdigit() and int(promised) != size:
        raise requests.ConnectionError("the answer is cut")
    return b"".join(pieces)


def _piece(response: requests.Response) -> bytes:
    try:
        piece: bytes = response.raw.read1(_CHUNK, decode_content=True)
    except urllib3_errors.ReadTimeoutError as error:
        raise _DeadlineError from error
    except (urllib3_errors.HTTPError, OSError) as error:
        raise requests.ConnectionError(str(error)) from error
    return piece


def guarded_session(base: str, proxy: str | None, deadline: float) -> tuple[requests.Session, Edge]:
    """A session that can reach VK's address (or `base` in its place) and nothing else.

    Args:
        base: the scheme and host to talk to, without a slash at the end.
        proxy: an http or socks address, or None; the environment is not asked.
        deadline: seconds for one whole call.
    """
    session = requests.Session()
    session.trust_env = False
    session.headers["User-Agent"] = USER_AGENT
    session.headers["Accept-Encoding"] = "gzip"
    if proxy:
        session.proxies = {"http": proxy, "https": proxy}
    edge = Edge(base, deadline)
    session.adapters.clear()
    session.mount(f"{_VK_API_ADDRESS}/", edge)
    return session, edge


def of_line(error: RequestException, base: str, *, has_proxy: bool) -> VkError:
    """What went wrong on the way to `base`."""
    facts = {"host": urlsplit(base).hostname or base}
    if isinstance(error, _RedirectError):
        return VkError("http.redirect", facts={**facts, "to": clean(error.to) or facts["host"]})
    if isinstance(error, requests.exceptions.InvalidSchema | requests.exceptions.InvalidURL):
        return VkError("http.bad_proxy" if has_proxy else "http.bad_url", facts=facts)
    if isinstance(error, requests.exceptions.SSLError):
        return VkError("http.tls", "certificate", facts=facts)
    return VkError(_code(error, has_proxy=has_proxy), type(error).__name__, facts=facts)


def _code(error: RequestException, *, has_proxy: bool) -> str:
    if isinstance(error, _TooLargeError):
        return "http.too_large"
    if isinstance(error, requests.JSONDecodeError):
        return "http.not_json"
    if isinstance(error, requests.exceptions.ProxyError):
        return "http.proxy"
    if isinstance(error, requests.ConnectTimeout) or never_connected(error):
        return "http.proxy" if has_proxy else "http.unreachable"
    if isinstance(error, _DeadlineError | requests.Timeout):
        return "http.timeout"
    return "http.truncated"


def never_connected(error: RequestException) -> bool:
    """Whether the host itself could not be reached, so that VK's other host is worth a try."""
    if isinstance(error, requests.exceptions.ProxyError):
        return False
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.SSLError):
        return True
    cause = error.args[0] if error.args else None
    return isinstance(getattr(cause, "reason", None), urllib3_errors.NewConnectionError)


def of_status(response: requests.Response, base: str, now: datetime) -> VkError:
    """An HTTP status instead of an answer, with the pause that the server asks for."""
    facts = {"host": urlsplit(base).hostname or base, "status": str(response.status_code)}
    wait = _seconds(response.headers.get("Retry-After"), now)
    if response.status_code != 429:
        return VkError("http.status", facts=facts, retry_after=wait)
    if wait is not None:
        facts["seconds"] = str(math.ceil(wait))
    return VkError("http.rate_limited", facts=facts, retry_after=wait)


def _seconds(value: str | None, now: datetime) -> float | None:
    if value is None:
        return None
    if value.isascii() and value.isdigit() and len(value) <= 9:
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())
