"""The HTTP client against a real server on loopback: whatever goes wrong ends soon and in one code."""

from __future__ import annotations

import gc
import gzip
import json
import logging
import socket
import threading
import traceback
import zlib
from collections.abc import AsyncIterator, Awaitable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.base import ConnectorError, TroubleKind
from connectors.counting import RequestCount
from connectors.http import SIZE_CAP, CallOptions, Http
from connectors.pace import Pace
from connectors.strict_json import parse_json
from connectors.waits import reset_wait, retry_after
from tests.fakes.server import LoopbackServer, Reply, Request

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
SECRET = "777:canary-token"


class EchoServer(LoopbackServer):
    """Answers every request with what it got."""

    def respond(self, request: Request) -> Reply:
        told = {"path": request.path, "query": dict(request.query), "form": dict(request.form)}
        return Reply(json.dumps(told).encode())


async def no_sleep(seconds: float) -> None:
    """Go on at once."""


@pytest.fixture
def server() -> Iterator[EchoServer]:
    with EchoServer() as running:
        yield running


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
async def http(pauses: list[float]) -> AsyncIterator[Http]:
    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    client = Http(user_agent="smart-smm/1.0", deadline=5, now=lambda: NOW, sleep=sleep, jitter=lambda: 0.5)
    yield client
    await client.aclose()


async def code_of(call: Awaitable[object]) -> str:
    with pytest.raises(ConnectorError) as caught:
        await call
    text = "".join(traceback.format_exception(caught.value)) + repr(caught.value.trouble)
    assert SECRET not in text
    return caught.value.trouble.code


async def test_an_answer_and_what_was_sent(server: EchoServer, http: Http) -> None:
    spent = RequestCount()
    options = CallOptions(spent=spent)
    got = await http.get_json(f"{server.url}/a", params={"q": "Зерно"}, options=options)
    await http.get_json(f"{server.url}/b", options=options)
    assert got == {"path": "/a", "query": {"q": "Зерно"}, "form": {}}
    assert spent.made == http.requests == 2
    assert server.requests[0].headers["user-agent"] == "smart-smm/1.0"


async def test_the_proxy_of_the_environment_is_not_used(
    server: EchoServer, http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert (await http.get_json(f"{server.url}/a"))["path"] == "/a"


async def test_the_proxy_of_the_settings_is_used(server: EchoServer) -> None:
    http = Http(proxy=server.url)
    got = await http.get_json("http://network.invalid/s/zerno")
    await http.aclose()
    assert got["path"] == "/s/zerno"
    assert server.requests[0].headers["host"] == "network.invalid"


def _socks_proxy(listener: socket.socket, answers: list[bytes], heard: list[bytes]) -> threading.Thread:
    """Take one connection and send the answers, each after something was heard."""

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            for answer in answers:
                heard.append(connection.recv(4096))
                connection.sendall(answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    return thread


async def test_a_socks_proxy_is_spoken_to() -> None:
    answer = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"ok": 1}'
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        connected = b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00"
        thread = _socks_proxy(listener, [b"\x05\x00", connected, answer], heard)
        http = Http(proxy=f"socks5://127.0.0.1:{listener.getsockname()[1]}", deadline=5)
        assert await http.get_json("http://network.invalid/x") == {"ok": 1}
        await http.aclose()
        thread.join(5)
    assert b"network.invalid" in heard[1]
    assert heard[2].startswith(b"GET /x HTTP/1.1")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("answer", [b"\x05\xff", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
async def test_a_socks_proxy_that_refuses_is_named(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        for _ in range(3):
            _socks_proxy(listener, [answer], [])
        http = Http(proxy=f"socks5://127.0.0.1:{listener.getsockname()[1]}", deadline=5, sleep=no_sleep)
        assert await code_of(http.get_json("http://network.invalid/")) == "http.proxy"
        await http.aclose()
    gc.collect()  # the client's library leaves the refused connection to the collector


@pytest.mark.parametrize("proxy", ["nonsense", "gopher://127.0.0.1:1", "http://user:canary-token@[::"])
async def test_a_proxy_that_is_none_is_a_setting_to_change(proxy: str) -> None:
    http = Http(proxy=proxy)
    with pytest.raises(ConnectorError) as caught:
        await http.get_json("http://127.0.0.1:9/")
    assert caught.value.trouble.code == "http.bad_proxy"
    assert caught.value.trouble.kind is TroubleKind.CONFIG
    assert "canary-token" not in "".join(traceback.format_exception(caught.value))


BROKEN: list[tuple[Reply, str, int]] = [
    (Reply(status=503), "http.status", 3),
    (Reply(status=500), "http.status", 3),
    (Reply(status=404), "http.status", 1),
    (Reply(status=403), "http.status", 1),
    (Reply(status=429), "http.rate_limited", 3),
    (Reply(status=429, headers={"Retry-After": "99999999"}), "http.rate_limited", 1),
    (Reply(reset=True), "http.truncated", 3),
    (Reply(b'{"a": 1}', cut=True), "http.truncated", 3),
    (Reply(gzip.compress(b'{"a": 1}')[:-9], headers={"Content-Encoding": "gzip"}), "http.truncated", 3),
    (Reply(b"no gzip at all", headers={"Content-Encoding": "gzip"}), "http.unreadable", 1),
    (Reply(b"xx", headers={"Content-Encoding": "br"}), "http.unreadable", 1),
    (Reply(b"<html>captcha</html>", content_type="text/html"), "http.not_json", 1),
    (Reply(b'{"a": 1}', content_type="text/html"), "http.not_json", 1),
    (Reply(b"<html>captcha</html>"), "http.not_json", 1),
    (Reply(b""), "http.not_json", 1),
    (Reply(b"null"), "http.not_json", 1),
    (Reply(b"[]"), "http.not_json", 1),
    (Reply(b'{"count": NaN}'), "http.not_json", 1),
    (Reply(b'{"count": 1e999}'), "http.not_json", 1),
    (Reply(b'{"count": ' + b"9" * 5000 + b"}"), "http.not_json", 1),
    (Reply(b'{"a":' * 100_000), "http.not_json", 1),
    (Reply(b"\xff\xfe"), "http.not_json", 1),
    (Reply(b"1" * (SIZE_CAP + 1)), "http.too_large", 1),
    (Reply(gzip.compress(b"1" * 60_000_000), headers={"Content-Encoding": "gzip"}), "http.too_large", 1),
    (Reply(zlib.compress(b"1" * 60_000_000), headers={"Content-Encoding": "deflate"}), "http.too_large", 1),
]


@pytest.mark.parametrize(("reply", "code", "tries"), BROKEN, ids=range(len(BROKEN)))
async def test_what_goes_wrong_ends_in_one_code(
    server: EchoServer, http: Http, reply: Reply, code: str, tries: int
) -> None:
    server.script(reply, times=None)
    assert await code_of(http.get_json(f"{server.url}/bot{SECRET}/getMe")) == code
    assert len(server.requests) == tries
    assert http.requests == tries


@pytest.mark.parametrize("reply", [Reply(status=502), Reply(reset=True), Reply(b"{}", cut=True)])
async def test_a_passing_fault_is_survived(
    server: EchoServer, http: Http, pauses: list[float], reply: Reply
) -> None:
    server.script(reply, times=2)
    assert (await http.get_json(f"{server.url}/a"))["path"] == "/a"
    assert pauses == [0.5, 1.0]


@pytest.mark.parametrize("reply", [Reply(hang=True), Reply(b"{" * 100, drip=0.05)])
async def test_the_deadline_is_for_the_whole_call(server: EchoServer, reply: Reply) -> None:
    http = Http(deadline=0.3)
    server.script(reply)
    assert await code_of(http.get_json(f"{server.url}/bot{SECRET}/getMe")) == "http.timeout"
    await http.aclose()
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_is_told_and_never_followed(server: EchoServer, http: Http, status: int) -> None:
    with EchoServer() as sink:
        server.script(Reply(status=status, headers={"Location": f"{sink.url}/bot{SECRET}/steal"}))
        assert (
            await code_of(http.get_json(f"{server.url}/bot{SECRET}/x", params={"t": SECRET}))
            == "http.redirect"
        )
        assert sink.requests == []


async def test_a_refused_connection_is_unreachable(http: Http, pauses: list[float]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert await code_of(http.get_json(f"http://127.0.0.1:{port}/bot{SECRET}/x")) == "http.unreachable"
    assert len(pauses) == 2


async def test_an_unsafe_connection_is_refused(server: EchoServer, http: Http) -> None:
    url = server.url.replace("http:", "https:")
    assert await code_of(http.get_json(f"{url}/bot{SECRET}/x")) == "http.tls"


@pytest.mark.parametrize("url", ["nonsense", "ftp://127.0.0.1/x", "http://[::1/x", f"http://\x00{SECRET}"])
async def test_an_address_that_is_none_is_a_setting_to_change(http: Http, url: str) -> None:
    assert await code_of(http.get_json(url)) == "http.bad_url"


async def test_no_address_is_logged(server: EchoServer, http: Http, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await http.get_json(f"{server.url}/bot{SECRET}/getMe")
    assert SECRET not in caplog.text
    assert SECRET not in repr(http)


async def test_the_network_is_waited_for_as_long_as_it_asks(
    server: EchoServer, http: Http, pauses: list[float]
) -> None:
    told: list[float] = []
    http.waiting = told.append
    later = format_datetime(NOW + timedelta(seconds=30), usegmt=True)
    server.script(Reply(status=429, headers={"Retry-After": "7"}))
    server.script(
        Reply(status=503, headers={"Retry-After": later, "Date": format_datetime(NOW, usegmt=True)})
    )
    assert (await http.get_json(f"{server.url}/a"))["path"] == "/a"
    assert pauses[0] == 7
    assert told == pauses


async def test_an_api_may_explain_its_refusal(server: EchoServer, http: Http, pauses: list[float]) -> None:
    server.script(Reply(b'{"ok": false, "wait": 3}', status=429))
    server.script(Reply(b'{"ok": false}', status=400))
    options = CallOptions(answers=frozenset({400}), told_wait=lambda body: json.loads(body)["wait"])
    assert await http.get_json(f"{server.url}/a", options=options) == {"ok": False}
    assert pauses == [3]


async def test_a_page_is_text(server: EchoServer, http: Http) -> None:
    server.script(Reply("Зерно".encode(), content_type="text/html; charset=utf-8"))
    assert await http.get_text(f"{server.url}/s/zerno") == "Зерно"
    assert await code_of(http.get_text(f"{server.url}/s/zerno")) == "http.not_text"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("12", 12),
        ("-5", 0),
        ("1.5", 1.5),
        ("99999999", 900),
        ("inf", 900),
        ("nan", None),
        ("", None),
        ("soon", None),
        ("Mon, 23 Nov 2026 06:01:00 GMT", 60),
        ("Mon, 23 Nov 2020 06:01:00 GMT", 0),
        ("Mon, 23 Nov 2099 06:01:00 GMT", 900),
        ("Mon, 99 Nov 2026 06:01:00 GMT", None),
    ],
)
def test_all_forms_of_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value}, NOW) == seconds


@given(st.text(max_size=40))
def test_no_retry_after_breaks_anything(value: str) -> None:
    seconds = retry_after({"retry-after": value}, NOW)
    assert seconds is None or 0 <= seconds <= 900


@pytest.mark.parametrize("name", ["ratelimit-reset", "x-ratelimit-reset"])
@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ((NOW + timedelta(seconds=30)).isoformat(), 30),
        ((NOW + timedelta(seconds=30)).strftime("%Y-%m-%dT%H:%M:%S.000000Z"), 30),
        (str(int(NOW.timestamp()) + 30), 30),
        ("30", 30),
        ("-5", 0),
        ((NOW - timedelta(seconds=30)).isoformat(), 0),
        ("99999999999999", 900),
        ("nan", None),
        ("soon", None),
        ("", None),
    ],
)
def test_all_forms_of_a_limit_that_is_set_back(name: str, told: str, seconds: float | None) -> None:
    assert reset_wait({name: told}, NOW) == seconds


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=10))
def test_sound_json_is_read(value: object) -> None:
    assert parse_json(json.dumps(value).encode()) == value


async def test_a_pace_lets_a_few_through_and_then_one_at_a_time() -> None:
    now = 100.0
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(round(seconds, 6))

    pace = Pace(1.0, burst=3, clock=lambda: now, sleep=sleep)
    for _ in range(5):
        await pace.wait()
    assert pauses == [1.0, 2.0]
    now += 60
    for _ in range(4):
        await pace.wait()
    assert pauses == [1.0, 2.0, 1.0]
