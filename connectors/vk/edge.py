"""The HTTP edge of vk_api: a requests session with a deadline, a size cap, one host and no redirects.

Imported only inside a token's thread, for requests is slow to import.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import requests
from requests.adapters import HTTPAdapter
from requests.exceptions import RequestException
from urllib3 import exceptions as urllib3_errors

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
    """The server sends us elsewhere; the token stays here."""


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
                raise _RedirectError
            response._content = _read(response, until)
        finally:
            response.close()
        return response


def _read(response: requests.Response, until: float) -> bytes:
    pieces: list[bytes] = []
    size = 0
    try:
        while piece := response.raw.read1(_CHUNK, decode_content=True):
            pieces.append(piece)
            size += len(piece)
            if size > MAX_BYTES:
                raise _TooLargeError
            if time.monotonic() > until:
                raise _DeadlineError
    except urllib3_errors.ReadTimeoutError as error:
        raise _DeadlineError from error
    except (urllib3_errors.HTTPError, OSError) as error:
        raise requests.ConnectionError(str(error)) from error
    promised = response.headers.get("Content-Length", "")
    if "Content-Encoding" not in response.headers and promised.isdigit() and int(promised) != size:
        raise requests.ConnectionError("the answer is cut")
    return b"".join(pieces)


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


def of_line(error: RequestException) -> VkError:
    """What went wrong on the way."""
    if isinstance(error, _RedirectError):
        return VkError("http.redirect")
    if isinstance(error, _TooLargeError):
        return VkError("http.too_large")
    if isinstance(error, requests.exceptions.ProxyError):
        return VkError("http.proxy")
    if isinstance(error, requests.exceptions.InvalidSchema | requests.exceptions.InvalidProxyURL):
        return VkError("http.proxy")
    if isinstance(error, requests.ConnectTimeout):
        return VkError("http.unreachable")
    if isinstance(error, _DeadlineError | requests.Timeout):
        return VkError("http.timeout")
    if isinstance(error, requests.JSONDecodeError):
        return VkError("http.not_json")
    return VkError("http.unreachable")


def never_connected(error: RequestException) -> bool:
    """Whether the host itself could not be reached, so that VK's other host is worth a try."""
    if isinstance(error, requests.exceptions.ProxyError):
        return False
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.SSLError):
        return True
    cause = error.args[0] if error.args else None
    reason = getattr(cause, "reason", None)
    return isinstance(reason, urllib3_errors.NewConnectionError | urllib3_errors.SSLError)


def of_status(response: requests.Response, now: datetime) -> VkError:
    """An HTTP status instead of an answer, with the pause that the server asks for."""
    return VkError(
        "http.status",
        facts={"status": str(response.status_code)},
        retry_after=_seconds(response.headers.get("Retry-After"), now),
    )


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
