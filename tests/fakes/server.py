"""The ground of the fake networks: a real HTTP server on loopback, with faults that can be scripted."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it arrived. `at` is the server's monotonic clock in seconds.

    `pairs` are the parameters of the address with those that are repeated, as they stand there.
    """

    verb: str
    path: str
    query: Mapping[str, str]
    form: Mapping[str, str]
    headers: Mapping[str, str]
    at: float
    pairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent back, or what goes wrong instead.

    `hang` answers nothing until the server closes, `cut` promises more bytes than it sends, `drip`
    pauses that many seconds after every byte, `reset` closes the connection without an answer.
    """

    body: bytes = b""
    status: int = 200
    content_type: str = "application/json; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    hang: bool = False
    cut: bool = False
    reset: bool = False
    drip: float = 0.0


@dataclass(slots=True)
class _Scripted:
    reply: Reply
    when: Callable[[Request], bool]
    times: int | None


def _any_request(request: Request) -> bool:
    return True


class LoopbackServer:
    """A threaded HTTP server on 127.0.0.1; a subclass answers in `respond`.

    Use it as a context manager. `requests` are all that arrived, oldest first, faults included.
    """

    def __init__(self, *, port: int = 0, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.requests: list[Request] = []
        self.lock = threading.RLock()
        self.closing = threading.Event()
        self._scripted: list[_Scripted] = []
        self._http = _Http(("127.0.0.1", port), _Handler)
        self._http.owner = self
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    @property
    def url(self) -> str:
        """The base address, without a slash at the end."""
        return f"http://127.0.0.1:{self._http.server_port}"

    def respond(self, request: Request) -> Reply:
        """The answer to a request that no scripted fault took."""
        raise NotImplementedError

    def script(
        self, reply: Reply, *, when: Callable[[Request], bool] = _any_request, times: int | None = 1
    ) -> None:
        """Answer the next `times` matching requests (None: all) with `reply`; earlier scripts go first."""
        with self.lock:
            self._scripted.append(_Scripted(reply, when, times))

    def clear_script(self) -> None:
        """Forget all scripted faults."""
        with self.lock:
            self._scripted.clear()

    def start(self) -> Self:
        """Begin to answer."""
        self._thread.start()
        return self

    def close(self) -> None:
        """Stop; hanging requests are let go."""
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def answer(self, request: Request) -> Reply:
        """Record the request and pick its answer."""
        with self.lock:
            self.requests.append(request)
            for scripted in self._scripted:
                if scripted.when(request):
                    if scripted.times is not None:
                        scripted.times -= 1
                        if scripted.times == 0:
                            self._scripted.remove(scripted)
                    return scripted.reply
        return self.respond(request)


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    owner: LoopbackServer

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in the middle is no error of the server's."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Http

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: tests look at `requests`."""

    def _serve(self) -> None:
        owner = self.server.owner
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = Request(
            verb=self.command,
            path=parts.path,
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            form=dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            at=owner.clock(),
            pairs=tuple(parse_qsl(parts.query, keep_blank_values=True)),
        )
        reply = owner.answer(request)
        if reply.hang:
            owner.closing.wait()
        if reply.hang or reply.reset:
            self.close_connection = True
            return
        self._send(reply, owner)

    def _send(self, reply: Reply, owner: LoopbackServer) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body) + (10 if reply.cut else 0)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if not reply.drip:
            self.wfile.write(reply.body)
        else:
            self._drip(reply, owner)
        self.wfile.flush()
        if reply.cut:
            self.close_connection = True

    def _drip(self, reply: Reply, owner: LoopbackServer) -> None:
        for byte in reply.body:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            if owner.closing.wait(reply.drip):
                self.close_connection = True
                return
