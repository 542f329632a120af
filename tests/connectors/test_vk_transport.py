"""VK's transport over real sockets: what may go wrong on the way, pacing, and what must not leak."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest

from connectors.base import Secret
from connectors.vk.errors import VkError
from connectors.vk.transport import Lane
from tests.fakes.server import LoopbackServer, Reply, Request
from tests.support.vk_tools import NOW, VirtualClock

TOKEN = "vk1.a.canary-secret"
GOOD = b'{"response": {"ok": 1}}'


class Echo(LoopbackServer):
    """Answers every call well."""

    def respond(self, request: Request) -> Reply:
        return Reply(GOOD)


@pytest.fixture
def server() -> Iterator[Echo]:
    with Echo() as echo:
        yield echo


@asynccontextmanager
async def lane_to(
    *hosts: str, clock: VirtualClock | None = None, deadline: float = 5.0, proxy: str | None = None
) -> AsyncIterator[Lane]:
    lane = Lane(
        "main",
        Secret(TOKEN),
        interval=0.34,
        clock=clock or VirtualClock(),
        now=lambda: NOW,
        hosts=hosts,
        deadline=deadline,
        proxy=proxy,
    )
    try:
        yield lane
    finally:
        lane.close()


async def failure_of(server: LoopbackServer, deadline: float = 5.0) -> VkError:
    async with lane_to(server.url, deadline=deadline) as lane:
        with pytest.raises(VkError) as caught:
            await lane.call("users.get", {})
    return caught.value


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_it_posts_a_form_with_the_token_and_the_version(server: Echo) -> None:
    async with lane_to(server.url) as lane:
        answer = await lane.call("wall.get", {"owner_id": -1, "text": "кириллица"})
    assert answer == {"response": {"ok": 1}}
    [request] = server.requests
    assert (request.verb, request.path) == ("POST", "/method/wall.get")
    assert request.form == {"owner_id": "-1", "text": "кириллица", "v": "5.199", "access_token": TOKEN}
    assert request.headers["user-agent"].startswith("smart-smm")
    assert "Mozilla" not in request.headers["user-agent"]
    assert TOKEN not in request.path


BOMB = gzip.compress(b'{"response": "' + b"x" * 60_000_000)


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(b"<html>captcha</html>", content_type="text/html"), "http.not_json"),
        (Reply(b""), "http.not_json"),
        (Reply(b"null"), "http.not_json"),
        (Reply(b"[]"), "http.not_json"),
        (Reply(b"{}"), "http.not_json"),
        (Reply(b'{"error": "invalid_request"}'), "http.not_json"),
        (Reply(b'{"error": {"error_msg": "no code"}}'), "http.not_json"),
        (Reply(b'{"error": {"error_code": true}}'), "http.not_json"),
        (Reply(b'{"response": ' + b"[" * 100_000), "http.not_json"),
        (Reply(b'{"response": {"count": ' + b"9" * 5000 + b"}}"), "http.not_json"),
        (Reply(b'{"response": {"count": 1', cut=True), "http.truncated"),
        (Reply(reset=True), "http.truncated"),
        (Reply(b"oops", status=500), "http.status"),
        (Reply(b"oops", status=404), "http.status"),
        (Reply(b"oops", status=429), "http.rate_limited"),
        (Reply(b'{"response": "' + b"x" * 6_000_000 + b'"}'), "http.too_large"),
        (Reply(BOMB, headers={"Content-Encoding": "gzip"}), "http.too_large"),
        (Reply(b'{"error": {"error_code": 5, "error_msg": "User authorization failed"}}'), "vk.5"),
        (Reply(b'{"error": {"error_code": 6, "error_msg": "Too many"}}'), "vk.6"),
        (Reply(b'{"error": {"error_code": 14, "error_msg": "Captcha needed"}}'), "vk.14"),
        (Reply(b'{"error": {"error_code": 17, "error_msg": "Validation"}}'), "vk.17"),
    ],
)  # fmt: skip
async def test_what_goes_wrong_has_a_code_and_one_request(server: Echo, reply: Reply, code: str) -> None:
    server.script(reply)
    error = await failure_of(server)
    assert error.code == code
    assert len(server.requests) == 1


async def test_a_compressed_answer_is_read(server: Echo) -> None:
    server.script(Reply(gzip.compress(GOOD), headers={"Content-Encoding": "gzip"}))
    async with lane_to(server.url) as lane:
        assert await lane.call("users.get", {}) == {"response": {"ok": 1}}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_refused_and_the_token_stays(server: Echo, status: int) -> None:
    with Echo() as other:
        server.script(Reply(status=status, headers={"Location": f"{other.url}/method/users.get"}))
        error = await failure_of(server)
        assert error.code == "http.redirect"
        assert error.facts["to"] == "127.0.0.1"
        assert other.requests == []


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        (format_datetime(NOW + timedelta(seconds=90)), 90.0),
        (format_datetime(NOW - timedelta(seconds=90)), 0.0),
        ("-5", None),
        ("soon", None),
        ("9" * 40, None),
    ],
)
async def test_retry_after_is_read(server: Echo, value: str, seconds: float | None) -> None:
    server.script(Reply(status=503, headers={"Retry-After": value}))
    error = await failure_of(server)
    assert error.retry_after == seconds
    assert error.facts["status"] == "503"


async def test_silence_ends_at_the_deadline(server: Echo) -> None:
    server.script(Reply(hang=True))
    started = time.monotonic()
    error = await failure_of(server, deadline=0.3)
    assert error.code == "http.timeout"
    assert time.monotonic() - started < 3


async def test_a_dripping_answer_ends_at_the_deadline_too(server: Echo) -> None:
    server.script(Reply(GOOD * 100, drip=0.05))
    started = time.monotonic()
    error = await failure_of(server, deadline=0.3)
    assert error.code == "http.timeout"
    assert time.monotonic() - started < 3


async def test_dripping_headers_end_at_the_deadline_and_the_next_call_passes() -> None:
    release = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            slow, _address = listener.accept()
            with slow:
                slow.recv(65536)
                for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 200:
                    try:
                        slow.sendall(bytes([byte]))
                    except OSError:
                        break
                    if release.wait(0.05):
                        break
            good, _address = listener.accept()
            with good:
                good.recv(65536)
                good.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(GOOD) + GOOD)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        async with lane_to(url, deadline=0.3) as lane:
            with pytest.raises(VkError, match=r"http\.timeout"):
                await lane.call("users.get", {})
            release.set()
            assert await lane.call("users.get", {}) == {"response": {"ok": 1}}
        thread.join(5)
        assert not thread.is_alive()


async def test_nobody_there_is_unreachable() -> None:
    async with lane_to(f"http://127.0.0.1:{closed_port()}") as lane:
        with pytest.raises(VkError) as caught:
            await lane.call("users.get", {})
    assert caught.value.code == "http.unreachable"
    assert caught.value.facts["host"] == "127.0.0.1"


async def test_the_second_host_stands_in_when_the_first_cannot_be_reached(server: Echo) -> None:
    async with lane_to(f"http://127.0.0.1:{closed_port()}", server.url) as lane:
        for _ in range(2):
            assert await lane.call("users.get", {}) == {"response": {"ok": 1}}
    assert len(server.requests) == 2


async def test_the_second_host_is_not_asked_after_an_answer_or_a_reset(server: Echo) -> None:
    with Echo() as second:
        for reply in (Reply(status=500), Reply(reset=True), Reply(b"<html>")):
            server.script(reply)
            async with lane_to(server.url, second.url) as lane:
                with pytest.raises(VkError):
                    await lane.call("users.get", {})
        assert second.requests == []


async def test_the_environments_proxy_is_not_used(server: Echo, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port()}")
    async with lane_to(server.url) as lane:
        assert await lane.call("users.get", {}) == {"response": {"ok": 1}}


async def test_a_configured_proxy_is_used() -> None:
    class Proxy(LoopbackServer):
        def respond(self, request: Request) -> Reply:
            return Reply(GOOD)

    with Proxy() as proxy:
        async with lane_to("http://vk.invalid", proxy=proxy.url) as lane:
            assert await lane.call("users.get", {}) == {"response": {"ok": 1}}
        [request] = proxy.requests
        assert request.headers["host"] == "vk.invalid"


@pytest.mark.parametrize(
    ("scheme", "code"), [("http", "http.proxy"), ("socks5h", "http.proxy"), ("gopher", "http.bad_proxy")]
)
async def test_a_dead_proxy_says_so(scheme: str, code: str) -> None:
    async with lane_to("http://vk.invalid", proxy=f"{scheme}://127.0.0.1:{closed_port()}") as lane:
        with pytest.raises(VkError) as caught:
            await lane.call("users.get", {})
    assert caught.value.code == code


async def test_starts_are_spaced_by_the_monotonic_clock(server: Echo) -> None:
    clock = VirtualClock()
    server.clock = clock.monotonic
    async with lane_to(server.url, clock=clock) as lane:
        await asyncio.gather(*(lane.call("users.get", {}) for _ in range(5)))
        lane.slow_down()
        await asyncio.gather(*(lane.call("users.get", {}) for _ in range(2)))
    at = [request.at for request in server.requests]
    gaps = [round(b - a, 3) for a, b in pairwise(at)]
    assert gaps == [0.34, 0.34, 0.34, 0.34, 0.425, 0.425]


async def test_a_slowed_lane_comes_back_to_its_pace_step_by_step(server: Echo) -> None:
    clock = VirtualClock()
    server.clock = clock.monotonic
    async with lane_to(server.url, clock=clock) as lane:
        lane.slow_down()
        lane.slow_down()
        for _ in range(18):
            await lane.call("users.get", {})
            lane.went_well()
        lane.slow_down()
        await lane.call("users.get", {})
    at = [request.at for request in server.requests]
    gaps = [round(b - a, 3) for a, b in pairwise(at)]
    assert gaps == [0.531] * 4 + [0.425] * 5 + [0.34] * 8 + [0.425]


async def test_a_cancelled_call_is_never_sent(server: Echo) -> None:
    server.script(Reply(hang=True))
    async with lane_to(server.url, deadline=0.5) as lane:
        first = asyncio.create_task(lane.call("users.get", {}))
        second = asyncio.create_task(lane.call("groups.getById", {}))
        await asyncio.sleep(0.1)
        second.cancel()
        with pytest.raises(VkError):
            await first
        await lane.call("wall.get", {})
    assert [request.path for request in server.requests] == ["/method/users.get", "/method/wall.get"]


async def test_a_broken_library_is_told_not_waited_for(
    server: Echo, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("vk_api.VkApi", None)
    error = await failure_of(server)
    assert (error.code, error.detail) == ("vk.broken", "TypeError")
    assert "Traceback" in caplog.text
    assert TOKEN not in caplog.text


async def test_the_thread_is_a_daemon_and_ends_when_closed(server: Echo) -> None:
    def mine() -> list[threading.Thread]:
        return [thread for thread in threading.enumerate() if thread.name == "vk-main"]

    async with lane_to(server.url) as lane:
        await lane.call("users.get", {})
        [thread] = mine()
        assert thread.daemon
    await asyncio.to_thread(thread.join, 5)
    assert not thread.is_alive()


def _describe(error: VkError) -> str:
    seen: list[str] = []
    current: BaseException | None = error
    while current is not None:
        seen += [repr(current), str(current), repr(vars(current)), repr(current.args)]
        current = current.__cause__ or current.__context__
    return "\n".join(seen)


@pytest.mark.parametrize(
    "make",
    [
        lambda echo: Reply(json.dumps({"error": {"error_code": 5, "request_params": [echo]}}).encode()),
        lambda echo: Reply(b"<html>", status=500),
        lambda echo: Reply(b"{}"),
        lambda echo: Reply(reset=True),
    ],
)  # fmt: skip
async def test_the_token_leaks_nowhere(
    server: Echo, make: Callable[[dict[str, str]], Reply], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.script(make({"key": "access_token", "value": TOKEN}))
    error = await failure_of(server)
    assert TOKEN not in _describe(error)
    assert TOKEN not in caplog.text
