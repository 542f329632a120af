"""Secrets: each place they may come from, whatever may be wrong with it, and that none is ever shown."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from cli.config.values import Config, TokenSettings
from cli.secrets import SecretError, Secrets
from connectors.base import TokenKind
from wording.words import Words

CANARY = "vk1.a.canary-7f3a"


def secrets(folder: Path, *, seconds: float = 10.0, cmd: tuple[str, ...] = (), file: str = "") -> Secrets:
    settings = TokenSettings("vk", "service", cmd=cmd, file=file)
    config = Config(folder / "config.toml", tokens={"vk": settings})
    return Secrets(config, os.environ, Words("en"), seconds=seconds)


def secret_file(folder: Path, content: bytes, mode: int = 0o600) -> Path:
    path = folder / "vk"
    path.write_bytes(content)
    path.chmod(mode)
    return path


def refusal(found: Secrets) -> SecretError:
    with pytest.raises(SecretError) as caught:
        found.token("vk")
    error = caught.value
    assert CANARY not in error.message + error.next_step + repr(error)
    assert error.trouble.facts["token"] == "vk"
    assert error.code == 2
    assert error.next_step
    return error


@pytest.mark.parametrize(
    "content", [CANARY, f"{CANARY}\n", f"{CANARY}\r\n", f"  {CANARY} \n\n", f"\ufeff{CANARY}"]
)
def test_a_file_is_read_and_stripped(tmp_path: Path, content: str) -> None:
    secret_file(tmp_path, content.encode())
    token = secrets(tmp_path, file="vk").token("vk")
    assert token.secret.reveal() == CANARY
    assert token.kind is TokenKind.SERVICE
    assert CANARY not in repr(token)
    assert CANARY not in str(token)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"two\nlines", "a space, a line break"),
        (b"two words", "a space, a line break"),
        ("токен".encode(), "a foreign letter"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (b"a" * 5000, "too long"),
    ],
)
def test_what_is_no_token_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    secret_file(tmp_path, content)
    assert told in refusal(secrets(tmp_path, file="vk")).message


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_file_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = secret_file(tmp_path, CANARY.encode(), mode)
    error = refusal(secrets(tmp_path, file="vk"))
    assert "can be read by other users" in error.message
    assert error.next_step.endswith(f"chmod 600 {path}")


def test_a_file_of_another_user_is_refused_also_behind_a_link(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a file away")
    theirs = secret_file(tmp_path, CANARY.encode())
    os.chown(theirs, 12345, 12345)
    (tmp_path / "link").symlink_to(theirs)
    assert "belongs to another user" in refusal(secrets(tmp_path, file="vk")).message
    assert "belongs to another user" in refusal(secrets(tmp_path, file="link")).message


def test_a_missing_file_a_folder_and_a_pipe_are_refused_at_once(tmp_path: Path) -> None:
    assert "is not there" in refusal(secrets(tmp_path, file="none")).message
    (tmp_path / "folder").mkdir(mode=0o700)
    assert "no plain file" in refusal(secrets(tmp_path, file="folder")).message
    os.mkfifo(tmp_path / "pipe", 0o600)
    assert "no plain file" in refusal(secrets(tmp_path, file="pipe")).message


def test_the_environment(tmp_path: Path) -> None:
    found = Secrets(
        Config(tmp_path / "c", tokens={"vk": TokenSettings("vk", "bot", env="VK_KEY")}),
        {"VK_KEY": f"{CANARY}\n"},
        Words("en"),
    )
    assert found.token("vk").secret.reveal() == CANARY


def test_a_variable_that_is_not_set_is_told(tmp_path: Path) -> None:
    config = Config(tmp_path / "c", tokens={"vk": TokenSettings("vk", "bot", env="VK_KEY")})
    assert "variable that its env names is not set" in refusal(Secrets(config, {}, Words("en"))).message


@pytest.mark.parametrize(
    "settings",
    [
        TokenSettings("vk", "bot", env=CANARY.replace(".", "_").replace("-", "_")),
        TokenSettings("vk", "bot", file=CANARY),
        TokenSettings("vk", "bot", file=CANARY * 30),
        TokenSettings("vk", "bot", cmd=(CANARY,)),
        TokenSettings("vk", "bot", cmd=(sys.executable, "-c", "raise SystemExit(1)", CANARY)),
    ],
)
def test_a_secret_in_the_place_of_its_place_is_not_told(tmp_path: Path, settings: TokenSettings) -> None:
    error = refusal(Secrets(Config(tmp_path / "c", tokens={"vk": settings}), {}, Words("en")))
    told = error.message + error.next_step + repr(error.trouble)
    assert CANARY not in told
    assert settings.env not in told or not settings.env


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def test_a_program_gives_its_first_line(tmp_path: Path) -> None:
    found = secrets(
        tmp_path, cmd=python(f"print('{CANARY}\\r'); print('url: https://vk.com'); print('x' * 99999)")
    )
    assert found.token("vk").secret.reveal() == CANARY


def test_a_program_is_asked_once_and_only_when_needed(tmp_path: Path) -> None:
    count = tmp_path / "count"
    found = secrets(tmp_path, cmd=python(f"open({str(count)!r}, 'a').write('x'); print('{CANARY}')"))
    assert not count.exists()
    found.token("vk")
    found.token("vk")
    assert count.read_text() == "x"


def test_no_shell_reads_the_program_line(tmp_path: Path) -> None:
    found = secrets(tmp_path, cmd=(sys.executable, "-c", "import sys; print(sys.argv[1])", "$(id);`id`"))
    assert found.token("vk").secret.reveal() == "$(id);`id`"


@pytest.mark.parametrize(
    ("cmd", "told"),
    [
        (("/no/such/program",), "there is no program such as its cmd names"),
        (python("print('x'); raise SystemExit(3)"), "it ended with code 3"),
        (python(""), "is empty"),
        (python("import sys; sys.stdout.buffer.write(b'\\xff\\xfe\\n')"), "not text in UTF-8"),
        (python("print('a b')"), "a space, a line break"),
    ],
)
def test_a_program_that_gives_no_token_is_told(tmp_path: Path, cmd: tuple[str, ...], told: str) -> None:
    assert told in refusal(secrets(tmp_path, cmd=cmd)).message


def test_a_program_that_hangs_is_killed_with_its_children(tmp_path: Path) -> None:
    child = tmp_path / "child"
    cmd = ("/bin/sh", "-c", f"sleep 60 & echo $! > {child}; wait")
    began = time.monotonic()
    error = refusal(secrets(tmp_path, seconds=1.0, cmd=cmd))
    assert "no answer in 1 s" in error.message
    assert time.monotonic() - began < 20  # the child sleeps for 60 s
    while _runs(int(child.read_text())):  # a killed process takes a moment to end
        assert time.monotonic() - began < 20


def test_a_program_that_never_stops_printing_is_killed(tmp_path: Path) -> None:
    assert (
        "no answer"
        in refusal(secrets(tmp_path, seconds=0.5, cmd=python("while True: print('x' * 1000)"))).message
    )


def test_a_child_left_in_the_background_does_not_hold_the_answer_up(tmp_path: Path) -> None:
    began = time.monotonic()
    cmd = ("/bin/sh", "-c", f"sleep 20 & echo {CANARY}")
    assert secrets(tmp_path, cmd=cmd).token("vk").secret.reveal() == CANARY
    assert time.monotonic() - began < 10  # the child sleeps for 20 s


def test_an_unknown_token_is_told(tmp_path: Path) -> None:
    with pytest.raises(SecretError, match="There is no token «tg»"):
        secrets(tmp_path, file="vk").token("tg")


def _runs(process: int) -> bool:
    """Whether the process runs; a dead one that nobody has reaped yet does not."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
