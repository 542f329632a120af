"""Servers that others wrote: installed into a cache outside of the checkout, started and stopped by tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import httpx
import pytest
from filelock import FileLock

#: The environment before a test has a home of its own: package clients have their settings at home.
ENVIRON = dict(os.environ)
HERE = Path(__file__).parent

#: Seconds for one step of an installation, and for a server to come up.
INSTALL_SECONDS = 420.0
START_SECONDS = 60.0

_ACCOUNT_OF_POSTGRES = "postgres"


def skip(reason: str) -> None:
    """Leave the tests out, loudly."""
    pytest.skip(f"SKIPPED LOUDLY: {reason}")


def tool(name: str) -> str:
    """A program of the system, or the tests are skipped."""
    found = shutil.which(name, path=ENVIRON.get("PATH"))
    if found is None:
        folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
        found = shutil.which(name, path=os.pathsep.join(map(str, folders)))
    if found is None:
        skip(f"{name} is not installed")
    return str(found)


def cache(name: str, install: Callable[[Path], None]) -> Path:
    """A folder of the cache (`SMM_E2E_CACHE`, else the user's), filled by `install` where it is not yet."""
    told = ENVIRON.get("SMM_E2E_CACHE")
    home = Path(ENVIRON.get("XDG_CACHE_HOME") or Path(ENVIRON.get("HOME", "/tmp")) / ".cache")
    folder = (Path(told) if told else home / "smart-smm-e2e") / name
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock", timeout=2 * INSTALL_SECONDS):
        done = folder / "installed"
        if not done.exists():
            install(folder)
            done.touch()
    return folder


def install_step(*argv: str, cwd: Path | None = None, **more: str) -> None:
    """Run a step of an installation; the tests are skipped where it fails."""
    try:
        done = subprocess.run(
            argv, cwd=cwd, env={**ENVIRON, **more}, capture_output=True, timeout=INSTALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        skip(f"{Path(argv[0]).name} {argv[1]} took longer than {INSTALL_SECONDS:.0f} s")
        return
    if done.returncode != 0:
        skip(f"{Path(argv[0]).name} {argv[1]} failed: {done.stderr.decode(errors='replace')[-500:]}")


def python_with(*packages: str) -> Path:
    """A Python of the cache that has these packages."""

    def install(folder: Path) -> None:
        install_step(sys.executable, "-m", "venv", "--clear", str(folder))
        pip = [
            str(folder / "bin" / "python"),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]
        install_step(*pip, *packages)

    return cache("-".join(packages).replace("==", "-"), install) / "bin" / "python"


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def running(
    argv: Sequence[str], *, env: Mapping[str, str] | None = None, user: str | None = None
) -> Iterator[subprocess.Popen[str]]:
    """A server that is ended with the block; it reads a pipe, so that it may end when the tests do."""
    process = subprocess.Popen(
        argv,
        env={**ENVIRON, **(env or {})},
        user=user,
        group=user,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def waits_for(condition: Callable[[], bool], what: str, seconds: float = START_SECONDS) -> None:
    """Wait until something holds."""
    give_up = monotonic() + seconds
    while not condition():
        assert monotonic() < give_up, f"{what}: not within {seconds:.0f} s"
        sleep(0.05)


def answers(url: str) -> bool:
    """Whether a server answers, whatever it says."""
    try:
        httpx.get(url, timeout=2, trust_env=False)
    except httpx.TransportError:
        return False
    return True


def listens(port: int) -> bool:
    """Whether somebody listens on a port of loopback."""
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


@dataclass(frozen=True, slots=True)
class Api:
    """Calls of a server by somebody who is logged in there (or by nobody)."""

    url: str
    token: str = ""

    def post(self, path: str, **body: object) -> dict[str, Any]:
        """Post JSON; the answer."""
        return self._call("POST", path, json=body)

    def get(self, path: str, **params: str) -> dict[str, Any]:
        """Get JSON."""
        return self._call("GET", path, params=params)

    def delete(self, path: str) -> None:
        """Delete what stands there."""
        self._call("DELETE", path)

    def _call(self, verb: str, path: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - those of httpx
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        url = f"{self.url}{path}"
        answer = httpx.request(verb, url, headers=headers, timeout=20, trust_env=False, **more)
        assert answer.is_success, f"{path}: {answer.status_code} {answer.text}"
        found: dict[str, Any] = answer.json()
        return found


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A PostgreSQL of its own in a folder, behind a socket there; its address. It refuses to run as root."""
    initdb, server, psql = tool("initdb"), tool("postgres"), tool("psql")
    user = None
    if os.geteuid() == 0:
        user = _ACCOUNT_OF_POSTGRES
        shutil.chown(folder, user, user)
    data = folder / "data"
    made = subprocess.run(
        [initdb, "-D", str(data), "-A", "trust", "-U", "pg", "-N"],
        user=user, group=user, cwd="/", capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    if made.returncode != 0:
        skip(f"initdb failed: {made.stderr.decode(errors='replace')[-300:]}")
    options = ["-c", "listen_addresses=", "-c", "fsync=off", "-k", str(folder)]
    with running([server, "-D", str(data), *options], user=user):

        def created() -> bool:
            argv = [psql, "-h", str(folder), "-U", "pg", "-c", "CREATE DATABASE pgdb", "postgres"]
            return subprocess.run(argv, capture_output=True, timeout=20, check=False).returncode == 0

        waits_for(created, "PostgreSQL")
        yield f"postgresql://pg@localhost/pgdb?host={folder}"


@contextmanager
def redis() -> Iterator[str]:
    """A Redis that keeps nothing; its host and port."""
    port = free_port()
    with running([tool("redis-server"), "--port", str(port), "--bind", "127.0.0.1", "--save", ""]):
        waits_for(lambda: listens(port), "Redis")
        yield f"127.0.0.1:{port}"
