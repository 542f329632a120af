"""`smm agreement edit`: the editor, the file, and that nothing that was typed is lost."""

from __future__ import annotations

import shlex
import sys
import tempfile
from pathlib import Path

import pytest

from tests.cli.agreed import CLIENT, editor, kept, save, temporary, toml, versions
from tests.support.answering import answered
from tests.support.program import Program, made_once

RIGHT = 'path.write_text(text.replace("amount = 21", "amount = 24"), encoding="utf-8")'
WRONG = """
text = text.replace("amount = 21", "amount = 0").replace("notice_days = 14", "notise = 1")
path.write_text(text.replace("month = 30", 'month = "x"'), encoding="utf-8")
"""


@pytest.fixture(autouse=True)
def _own_temporary_folder(ready: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python looks once for where temporary files belong: this counts for commands in this process."""
    monkeypatch.setattr(tempfile, "tempdir", str(temporary(ready.folder)))


@pytest.fixture
@made_once
def coffee(ready: Program) -> Program:
    """The program with a client whose agreement is written down."""
    ready.ok("client", "add", CLIENT)
    save(ready)
    return ready


def problems(text: str) -> list[str]:
    return [line.split(": ")[1] for line in text.splitlines() if line.startswith("agreement.toml: ")]


def right_text() -> str:
    return toml().replace("amount = 21", "amount = 24")


def test_the_editor_gets_a_private_file_that_is_gone_afterwards(coffee: Program) -> None:
    script = """
modes = [oct(each.stat().st_mode & 0o777) for each in (path, path.parent)]
Path(os.environ["SEEN"]).write_text(" ".join(modes) + text, encoding="utf-8")
path.with_name("agreement.toml~").touch()
"""
    seen = coffee.folder / "seen"
    env = editor(coffee.folder, script + RIGHT) | {"SEEN": str(seen)}
    outcome = coffee.ok("agreement", "edit", "зерно", "--reason", "больше историй", env=env)
    assert "Сохранено: версия 2" in outcome.err
    assert seen.read_text(encoding="utf-8") == "0o600 0o700" + toml()
    assert list(temporary(coffee.folder).iterdir()) == []
    record = coffee.ok("agreement", "show", "зерно", "--json").json()
    assert (record["version"], record["reason"]) == (2, "больше историй")
    assert record["terms"]["content"][1]["amount"] == 24


def test_visual_comes_before_editor_and_may_have_options(coffee: Program) -> None:
    env = editor(coffee.folder, f'assert sys.argv[1] == "--wait"\n{RIGHT}')
    coffee.ok(
        "agreement", "edit", "зерно", env=env | {"VISUAL": f"{env['EDITOR']} --wait", "EDITOR": "false"}
    )
    assert versions(coffee) == [1, 2]


def test_a_text_that_says_the_same_is_no_version(coffee: Program) -> None:
    env = editor(coffee.folder, 'path.write_text(text + "# note", encoding="utf-8")')
    outcome = coffee.ok("agreement", "edit", "зерно", env=env)
    assert "Ничего не изменилось" in outcome.err
    assert versions(coffee) == [1]
    assert kept(coffee.folder) == []


def test_all_problems_are_told_at_once_and_the_text_is_kept(coffee: Program) -> None:
    outcome = coffee.run("agreement", "edit", "зерно", env=editor(coffee.folder, WRONG))
    assert outcome.code == 2
    assert problems(outcome.err) == ["dates.notise", "content[1].amount", "hours.month"]
    assert versions(coffee) == [1]
    (text,) = kept(coffee.folder)
    assert text.stat().st_mode & 0o777 == 0o600
    said = next(line for line in outcome.err.splitlines() if str(text) in line)
    text.write_text(right_text(), encoding="utf-8")
    coffee.ok(*shlex.split(said.partition(": smm ")[2]))
    assert versions(coffee) == [1, 2]


def test_a_slip_in_the_toml_is_told_with_its_line(coffee: Program) -> None:
    outcome = coffee.run("agreement", "edit", "зерно", "--file", "-", stdin='[client]\nabout = "a\n')
    assert outcome.code == 2
    assert outcome.err.startswith("-:2:")


def test_at_a_terminal_the_editor_opens_again_until_all_is_right(coffee: Program) -> None:
    mend = "path.write_text(Path(os.environ['MENDED']).read_text(encoding='utf-8'), encoding='utf-8')"
    mended = coffee.folder / "mended.toml"
    mended.write_text(right_text(), encoding="utf-8")
    env = editor(coffee.folder, f"if 'notise' in text:\n    {mend}\n    raise SystemExit\n{WRONG}")
    env["MENDED"] = str(mended)
    code, shown = answered(coffee, "agreement", "edit", "зерно", typed="\n", env=env)
    assert code == 0, shown
    assert problems(shown) == ["dates.notise", "content[1].amount", "hours.month"]
    assert "Открыть редактор ещё раз? [Д/н]" in shown
    assert versions(coffee) == [1, 2]
    assert kept(coffee.folder) == []


@pytest.mark.parametrize("typed", ["нет\n", "n\n", "\x04"])
def test_at_a_terminal_one_may_leave_it_and_the_text_is_kept(coffee: Program, typed: str) -> None:
    env = editor(coffee.folder, WRONG)
    code, shown = answered(coffee, "agreement", "edit", "зерно", typed=typed, env=env)
    assert code == 2
    (text,) = kept(coffee.folder)
    assert str(text) in shown
    assert versions(coffee) == [1]


def test_a_newer_version_meanwhile_is_not_written_over_and_the_text_is_kept(coffee: Program) -> None:
    other = coffee.folder / "other.toml"
    other.write_text(toml().replace("amount = 21", "amount = 28"), encoding="utf-8")
    coworker = coffee.argv("agreement", "edit", "зерно", "--file", str(other))
    env = editor(coffee.folder, f"{RIGHT}\nsubprocess.run({coworker!r}, check=True)")
    outcome = coffee.run("agreement", "edit", "зерно", env=env)
    assert outcome.code == 1
    assert "появилась версия новее" in outcome.err
    assert "smm agreement show" in outcome.err
    assert versions(coffee) == [1, 2]
    (text,) = kept(coffee.folder)
    assert text.read_text(encoding="utf-8") == right_text()
    assert str(text) in outcome.err
    coffee.ok("agreement", "edit", "зерно", "--file", str(text))
    assert versions(coffee) == [1, 2, 3]


def test_a_text_outlives_the_end_of_the_program(coffee: Program) -> None:
    env = editor(coffee.folder, f"{RIGHT}\nos.kill(os.getppid(), signal.SIGTERM)\ntime.sleep(20)")
    outcome = coffee.process("agreement", "edit", "зерно", env=env)
    assert outcome.code == 130
    (text,) = kept(coffee.folder)
    assert text.read_text(encoding="utf-8") == right_text()
    assert str(text) in outcome.err
    assert versions(coffee) == [1]


@pytest.mark.parametrize("command", ["false", "/no/such/editor", "'unfinished"])
def test_an_editor_that_fails_is_named(coffee: Program, command: str) -> None:
    env = editor(coffee.folder) | {"EDITOR": command}
    outcome = coffee.run("agreement", "edit", "зерно", env=env)
    assert outcome.code == 1
    assert command.strip("'") in outcome.err
    assert "EDITOR=nano" in outcome.err
    assert list(temporary(coffee.folder).iterdir()) == [], "nothing was typed, nothing is left"


def test_without_any_editor_the_next_step_is_told(coffee: Program) -> None:
    env = editor(coffee.folder) | {"EDITOR": " ", "PATH": str(Path(sys.executable).parent)}
    outcome = coffee.run("agreement", "edit", "зерно", env=env)
    assert outcome.code == 2
    assert "EDITOR=nano" in outcome.err


@pytest.mark.parametrize(("content", "said"), [(None, "--file"), (b'[client]\nabout = "\xff"\n', "строка 2")])
def test_a_file_that_cannot_be_read_is_named(coffee: Program, content: bytes | None, said: str) -> None:
    path = coffee.folder / "agreement.toml"
    if content is not None:
        path.write_bytes(content)
    outcome = coffee.run("agreement", "edit", "зерно", "--file", str(path))
    assert outcome.code == 2
    assert str(path) in outcome.err
    assert said in outcome.err
    assert versions(coffee) == [1]


def test_the_first_version_begins_with_the_template(ready: Program) -> None:
    ready.ok("client", "add", CLIENT)
    outcome = ready.ok("agreement", "edit", "зерно", env=editor(ready.folder))
    assert "Ничего не изменилось" in outcome.err
    assert versions(ready) == []
    env = editor(
        ready.folder, 'path.write_text(text.replace("# month = 30", "month = 20"), encoding="utf-8")'
    )
    outcome = ready.ok("agreement", "edit", "зерно", env=env)
    assert "важных" in outcome.err, "what an agreement needs is missing still"
    assert outcome.out == "", "there is nothing before it to compare with"
    assert ready.ok("agreement", "show", "зерно", "--json").json()["terms"] == {"hours": {"month": 20}}
