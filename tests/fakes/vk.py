"""A fake VK: a small world of communities behind a real HTTP server, as strict as the real one.

It knows which kind of token may call what, counts calls a second and a day, runs `execute` of the one
form that is allowed, and answers in the shapes of the official schema. By hand:

    python -m tests.fakes.vk --port 8090 --communities 300
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.fakes.server import LoopbackServer, Reply, Request
from tests.fakes.vk_methods import METHODS, Context, ReplyError
from tests.fakes.vk_script import ScriptError, parse_script, run_script
from tests.fakes.vk_world import FakeToken, World, big_world

#: Calls a second, by token kind.
RATES = {"service": 3, "user": 3, "community": 20}
#: Calls that leave a third of a second apart do not arrive so: the second is a little short.
RATE_WINDOW = 0.95
DAILY = {"wall.get": 5000}
MOST_CALLS = 25
MOST_OPERATIONS = 1000
MOST_BYTES = 5 * 1024 * 1024

#: Which kinds of token may call a method; `execute` of a service key is switched by the token.
ALLOWED = {
    "groups.getById": {"user", "community", "service"},
    "groups.getTokenPermissions": {"community"},
    "users.get": {"user", "community", "service"},
    "wall.get": {"user", "service"},
    "stats.getPostReach": {"user"},
    "market.getGroupOrders": {"user", "community"},
    "stats.get": {"user"},
    "stories.get": {"user", "community"},
    "stories.getStats": {"user", "community"},
    "execute": {"user", "community", "service"},
}


@dataclass(frozen=True, slots=True)
class Called:
    """One API call as VK counts it: inside `execute` too. `at` is the server's clock in seconds."""

    method: str
    token: str
    params: Mapping[str, str]
    in_execute: bool
    at: float


@dataclass(slots=True)
class _Fault:
    code: int
    message: str
    method: str
    params: Mapping[str, str]
    times: int | None


@dataclass(slots=True)
class Limits:
    """What the fake enforces; a test may loosen or tighten each."""

    rates: dict[str, int] = field(default_factory=lambda: dict(RATES))
    daily: dict[str, int] = field(default_factory=lambda: dict(DAILY))
    calls: int = MOST_CALLS
    operations: int = MOST_OPERATIONS
    size: int = MOST_BYTES


class VkFake(LoopbackServer):
    """The server. `calls` are all API calls; `requests` (of the base class) all HTTP requests."""

    def __init__(self, world: World, *, port: int = 0, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(port=port, clock=clock)
        self.world = world
        self.limits = Limits()
        self.calls: list[Called] = []
        self._starts: dict[str, deque[float]] = {}
        self._spent: Counter[tuple[str, str]] = Counter()
        self._faults: list[_Fault] = []

    def fail(
        self, code: int, method: str, *, message: str = "", times: int | None = 1, **params: str
    ) -> None:
        """Answer the next `times` calls of a method (None: all) that have these params with an error."""
        with self.lock:
            self._faults.append(_Fault(code, message, method, params, times))

    def respond(self, request: Request) -> Reply:
        """Answer an API call."""
        method = request.path.removeprefix("/method/")
        if request.verb != "POST" or not request.path.startswith("/method/"):
            return Reply(b"<html>404</html>", status=404, content_type="text/html")
        with self.lock:
            try:
                answer = self._answer(method, request)
            except ReplyError as error:
                answer = {"error": _error(error, method, request)}
        return Reply(json.dumps(answer, ensure_ascii=False).encode())

    def _answer(self, method: str, request: Request) -> dict[str, object]:
        params = dict(request.form)
        token = self.world.tokens.get(params.pop("access_token", ""))
        if token is None:
            raise ReplyError(5, "User authorization failed: invalid access_token (4).")
        version = params.pop("v", "")
        if not version:
            raise ReplyError(8, "Invalid request: v (version) is required")
        self._count_second(token, request.at)
        if method == "execute":
            return self._execute(token, params, request)
        return {"response": self._call(method, token, params, request, in_execute=False)}

    def _count_second(self, token: FakeToken, at: float) -> None:
        starts = self._starts.setdefault(token.secret, deque())
        while starts and starts[0] <= at - RATE_WINDOW:
            starts.popleft()
        starts.append(at)
        if len(starts) > self.limits.rates[token.kind]:
            raise ReplyError(6, "Too many requests per second")

    def _call(
        self, method: str, token: FakeToken, params: dict[str, str], request: Request, *, in_execute: bool
    ) -> object:
        self.calls.append(Called(method, token.secret, params, in_execute, request.at))
        self._take_fault(method, params)
        if method not in METHODS:
            raise ReplyError(3, "Unknown method passed")
        if token.kind not in ALLOWED[method]:
            raise _kind_error(token)
        if method in self.limits.daily:
            self._spent[token.secret, method] += 1
            if self._spent[token.secret, method] > self.limits.daily[method]:
                raise ReplyError(29, "Rate limit reached")
        return METHODS[method](Context(self.world, token, params))

    def _take_fault(self, method: str, params: Mapping[str, str]) -> None:
        for fault in self._faults:
            if fault.method != method or any(params.get(k) != v for k, v in fault.params.items()):
                continue
            if fault.times is not None:
                fault.times -= 1
                if fault.times == 0:
                    self._faults.remove(fault)
            raise ReplyError(fault.code, fault.message or f"Fault {fault.code}")

    def _execute(self, token: FakeToken, params: dict[str, str], request: Request) -> dict[str, object]:
        self._take_fault("execute", params)
        if not token.execute:
            raise ReplyError(
                28, "Application authorization failed: method is unavailable with service token."
            )
        try:
            script = parse_script(params.get("code", ""))
        except ScriptError as error:
            raise ReplyError(12, f"Unable to compile code: {error}") from error
        if len(script.calls) > self.limits.calls:
            raise ReplyError(13, "Runtime error occurred during code invocation: too many api calls")
        if script.operations > self.limits.operations:
            raise ReplyError(13, "Runtime error occurred during code invocation: Too many operations")
        values: list[object] = []
        errors: list[dict[str, object]] = []
        for method, inner in script.calls:
            given = {name: str(value) for name, value in inner.items() if name != "v"}
            try:
                values.append(self._call(method, token, given, request, in_execute=True))
            except ReplyError as error:
                values.append(False)
                errors.append({"method": method, "error_code": error.code, "error_msg": error.message})
        answer: dict[str, object] = {"response": run_script(script, values)}
        if errors:
            answer["execute_errors"] = errors
        if len(json.dumps(answer, ensure_ascii=False).encode()) > self.limits.size:
            raise ReplyError(13, "Runtime error occurred during code invocation: response size is too big")
        return answer


def _kind_error(token: FakeToken) -> ReplyError:
    if token.kind == "community":
        return ReplyError(27, "Group authorization failed: method is unavailable with group auth.")
    if token.kind == "service":
        return ReplyError(28, "Application authorization failed: method is unavailable with service token.")
    return ReplyError(15, "Access denied: method is unavailable with user auth.")


def _error(error: ReplyError, method: str, request: Request) -> dict[str, object]:
    """The error as VK tells it, parameters (the token among them) echoed."""
    echoed = [{"key": name, "value": value} for name, value in {"method": method, **request.form}.items()]
    told: dict[str, object] = {
        "error_code": error.code,
        "error_msg": error.message,
        "request_params": echoed,
    }
    if error.code in {14, 17}:
        told["redirect_uri"] = "https://id.vk.ru/not_robot_captcha?session_token=x"
    return told


def main(arguments: list[str]) -> int:
    """Serve a made-up world until the process is ended."""
    parser = argparse.ArgumentParser(description="A fake VK on loopback.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--communities", type=int, default=3)
    parser.add_argument("--posts", type=int, default=120, help="posts on each wall")
    parser.add_argument("--no-limits", action="store_true", help="do not count calls a second")
    options = parser.parse_args(arguments)
    fake = VkFake(big_world(options.communities, posts=options.posts, now=time.time()), port=options.port)
    if options.no_limits:
        fake.limits.rates = dict.fromkeys(RATES, 10**9)
    with fake:
        sys.stdout.write(f"{fake.url}\n")
        for token in fake.world.tokens.values():
            sys.stdout.write(f"{token.kind}: {token.secret}\n")
        sys.stdout.flush()
        threading.Event().wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
