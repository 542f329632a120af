"""`smm cron`: one line in the user's crontab, and nothing else of it touched."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.cron.schedule import INTERVALS, Schedule, schtasks_line, systemd_units
from cli.cron.user_crontab import UserCrontab, our_line
from tests.support.program import Program

FOREIGN = (
    '# my jobs\nMAILTO=""\nPATH=/usr/bin:/bin\n\n@daily   /usr/bin/backup   --x # nightly\n'
    '*/5 *  * * *   echo "a b"  > /dev/null   # hi\n#0 5 * * * /bin/off\n\tlast line without an end'
)
FAKE = """#!/bin/sh
tab={tab}
case "$1" in
-l) if [ -f "$tab" ]; then cat "$tab"; else echo "no crontab for anna" >&2; exit 1; fi ;;
*) cat "$1" > "$tab"; echo x >> "$tab.writes" ;;
esac
"""


class Machine:
    """A computer with a crontab program of its own; `env` puts it on the PATH."""

    def __init__(self, folder: Path) -> None:
        self.tab = folder / "tab"
        self.bin = folder / "bin"
        self.bin.mkdir()
        program = self.bin / "crontab"
        program.write_text(FAKE.format(tab=shlex.quote(str(self.tab))))
        program.chmod(0o755)
        self.env = {"PATH": f"{self.bin}:{os.environ['PATH']}"}

    def lines(self) -> list[str]:
        return self.tab.read_text().splitlines()

    def writes(self) -> int:
        path = self.tab.with_name("tab.writes")
        return len(path.read_text()) // 2 if path.exists() else 0


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    folder = tmp_path / "machine"
    folder.mkdir()
    return Machine(folder)


def test_the_line_is_written_once_and_marked(ready: Program, machine: Machine) -> None:
    first = ready.ok("cron", "install", env=machine.env)
    (line,) = machine.lines()
    assert first.out.strip() == line
    assert re.fullmatch(r"\d+ \*/3 \* \* \* .* sync # smart-smm", line)
    ready.ok("cron", "install", env=machine.env)
    assert machine.lines() == [line]
    assert machine.writes() == 1


def test_another_interval_takes_the_place_of_the_first(ready: Program, machine: Machine) -> None:
    machine.tab.write_text("1 1 * * * /bin/a\n")
    ready.ok("cron", "install", env=machine.env)
    with machine.tab.open("a") as file:
        file.write("2 2 * * * /bin/b\n")
    ready.ok("cron", "install", "--every", "30m", env=machine.env)
    assert [line.split()[-1] for line in machine.lines()] == ["/bin/a", "smart-smm", "/bin/b"]
    assert re.match(r"\d+,\d+ \* \* \* \* ", machine.lines()[1])


def test_other_lines_stay_byte_for_byte(ready: Program, machine: Machine) -> None:
    machine.tab.write_text(FOREIGN)
    ready.ok("cron", "install", env=machine.env)
    assert machine.tab.read_text().startswith(f"{FOREIGN}\n")
    assert len(machine.lines()) == len(FOREIGN.splitlines()) + 1
    ready.ok("cron", "remove", env=machine.env)
    assert machine.tab.read_text() == f"{FOREIGN}\n"
    assert "не было" in ready.ok("cron", "remove", env=machine.env).err
    assert machine.writes() == 2


def test_a_switched_off_line_is_ours_too(ready: Program, machine: Machine) -> None:
    machine.tab.write_text("#1 1 * * * old sync # smart-smm\n# about smart-smm\n")
    ready.ok("cron", "install", env=machine.env)
    assert [line for line in machine.lines() if "old sync" in line] == []
    assert "# about smart-smm" in machine.lines()


def test_each_store_has_a_line_of_its_own(ready: Program, machine: Machine, tmp_path: Path) -> None:
    other = Program(tmp_path / "another store's", ready.env)
    other.folder.mkdir()
    other.write_config("[general]\nlanguage = 'ru'\n")
    for program in (ready, other, ready, other):
        program.ok("cron", "install", env=machine.env)
    assert [
        str(program.db) in line for program, line in zip((ready, ready), machine.lines(), strict=True)
    ] == [
        True,
        False,
    ]
    ready.ok("cron", "remove", env=machine.env)
    (line,) = machine.lines()
    assert other.ok("cron", "show", "--json", env=machine.env).json()["line"] == line
    assert ready.ok("cron", "show", "--json", env=machine.env).json()["installed"] is False


def test_the_line_runs_by_the_shell_of_cron(ready: Program, machine: Machine) -> None:
    odd = Program(ready.folder / "мои 100% 'файлы'", ready.env)
    odd.folder.mkdir()
    odd.write_config("[general]\nlanguage = 'ru'\n")
    odd.ok("init")
    odd.ok("cron", "install", env=machine.env)
    (line,) = machine.lines()
    command = line.split(maxsplit=5)[5].removesuffix("# smart-smm")
    assert "%" not in command.replace(r"\%", "")
    as_cron_runs_it = command.replace(r"\%", "%").replace(" sync ", " client list --json ")
    done = subprocess.run(
        ["/bin/sh", "-c", as_cron_runs_it],
        cwd="/",
        env={"HOME": "/nonexistent", "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Я" in done.stdout.decode()
    words = shlex.split(command.replace(r"\%", "%"))
    assert words[:4] == [sys.executable, "-P", "-m", "cli"]
    assert str(odd.db) in words
    assert str(odd.config) in words


def test_without_crontab_systemd_is_told(ready: Program) -> None:
    outcome = ready.run("cron", "install", env={"PATH": "/nonexistent"})
    assert outcome.code == 1
    assert "нет программы crontab" in outcome.err
    assert "OnCalendar=" in outcome.err
    assert ready.ok("cron", "remove", env={"PATH": "/nonexistent"}).err


def test_a_crontab_that_is_forbidden_is_told(ready: Program, machine: Machine) -> None:
    (machine.bin / "crontab").write_text("#!/bin/sh\necho 'you are not allowed' >&2\nexit 1\n")
    outcome = ready.run("cron", "install", env=machine.env)
    assert outcome.code == 1
    assert "you are not allowed" in outcome.err


def test_show_has_all_three_forms(ready: Program, machine: Machine) -> None:
    answer = ready.ok("cron", "show", "--json", env=machine.env).json()
    assert answer["installed"] is False
    assert answer["line"].endswith("sync # smart-smm")
    assert "[Timer]" in answer["systemd_timer"]
    assert answer["schtasks"].startswith("schtasks /Create")
    ready.ok("cron", "install", "--every", "1h", env=machine.env)
    assert ready.ok("cron", "show", "--json", env=machine.env).json()["line"] == machine.lines()[0]
    out = ready.ok("cron", "show", env=machine.env).out
    assert machine.lines()[0] in out
    assert "systemctl --user enable --now smart-smm.timer" in out


def test_the_run_for_stories_stands_beside_the_sync(ready: Program, machine: Machine) -> None:
    machine.tab.write_text(FOREIGN)
    alone = ready.ok("cron", "install", "--stories", env=machine.env)
    assert "smm cron install" in alone.err
    ready.ok("cron", "install", env=machine.env)
    stories, sync = machine.lines()[-2:]
    assert alone.out.strip() == stories
    assert re.fullmatch(r"\d+ \*/4 \* \* \* .* sync --stories # smart-smm-stories", stories)
    assert sync.endswith(" sync # smart-smm")
    assert stories.split()[0] != sync.split()[0]
    assert (
        "smm cron install"
        not in ready.ok("cron", "install", "--stories", "--every", "2h", env=machine.env).err
    )
    stories = machine.lines()[-2]
    assert " */2 " in stories
    assert machine.lines()[-1] == sync
    shown = ready.ok("cron", "show", env=machine.env).out
    assert sync in shown
    assert stories in shown
    ready.ok("cron", "remove", "--stories", env=machine.env)
    assert machine.lines() == [*FOREIGN.splitlines(), sync]
    ready.ok("cron", "install", "--stories", env=machine.env)
    told = ready.ok("cron", "remove", env=machine.env).err
    assert told.count("crontab") == 2
    assert machine.tab.read_text() == f"{FOREIGN}\n"


def test_the_run_for_stories_is_shown_in_all_three_forms(ready: Program, machine: Machine) -> None:
    answer = ready.ok("cron", "show", "--stories", "--json", env=machine.env).json()
    assert answer["line"].endswith("sync --stories # smart-smm-stories")
    assert "Description=SMART SMM stories" in answer["systemd_timer"]
    assert "sync --stories" in answer["systemd_service"]
    assert "/TN smart-smm-stories " in answer["schtasks"]
    out = ready.ok("cron", "show", "--stories", env=machine.env).out
    assert "smm cron install --stories" in out
    assert "systemctl --user enable --now smart-smm-stories.timer" in out


def test_a_token_out_of_the_environment_is_warned_about(ready: Program, machine: Machine) -> None:
    ready.write_config("[general]\nlanguage = 'ru'\n[tokens.tg]\nkind = 'bot'\nenv = 'TG_BOT'\n")
    assert "$TG_BOT" in ready.ok("cron", "install", env={**machine.env, "TG_BOT": "1:x"}).err


def test_an_interval_that_does_not_divide_the_day_is_refused(ready: Program, machine: Machine) -> None:
    outcome = ready.run("cron", "install", "--every", "7m", env=machine.env)
    assert outcome.code == 2
    assert "30m" in outcome.err
    assert not machine.tab.exists()


@given(st.sampled_from(INTERVALS), st.text(max_size=20))
def test_every_schedule_is_sound_and_comes_round_as_often_as_said(every: str, seed: str) -> None:
    schedule = Schedule.of(every, seed)
    assert Schedule.of(every, seed) == schedule
    line = our_line(schedule.cron_times(), ["/bin/true"])
    assert line.endswith("# smart-smm")
    minutes, hours = schedule.cron_times().split()[:2]
    times = len(minutes.split(",")) * {"*": 24}.get(hours, 24 // int(hours[2:]) if hours[:2] == "*/" else 1)
    a_day = {"m": 1440, "h": 24, "d": 1}[every[-1]] // int(every[:-1])
    assert times == a_day
    assert all(0 <= int(minute) < 60 for minute in minutes.split(","))


def test_the_minutes_are_spread() -> None:
    assert len({Schedule.of("3h", f"host{number}").minute for number in range(200)}) > 40


@pytest.mark.parametrize(
    ("every", "calendar", "windows"),
    [
        ("30m", "*-*-* *:07/30:00", "/SC MINUTE /MO 30 /ST 00:07"),
        ("1h", "*-*-* *:07:00", "/SC HOURLY /MO 1 /ST 00:07"),
        ("3h", "*-*-* 00/3:07:00", "/SC HOURLY /MO 3 /ST 00:07"),
        ("1d", "*-*-* 04:07:00", "/SC DAILY /MO 1 /ST 04:07"),
    ],
)
def test_the_same_for_systemd_and_windows(every: str, calendar: str, windows: str) -> None:
    schedule = Schedule(every, 7)
    assert schedule.calendar() == calendar
    assert schedule.windows() == windows


def test_odd_paths_are_quoted_in_each_form() -> None:
    argv = ["/opt/a b/python", "--db", "/data/100%$x.db", "sync"]
    service, _timer = systemd_units(argv, Schedule("3h", 7))
    assert 'ExecStart="/opt/a b/python" --db /data/100%%$$x.db sync' in service
    line = our_line("1 1 * * *", argv)
    assert line == r"1 1 * * * '/opt/a b/python' --db '/data/100\%$x.db' sync # smart-smm"
    assert '/TR "\\"/opt/a b/python\\" --db' in schtasks_line(argv, Schedule("3h", 7))


def test_bytes_that_are_no_text_survive(machine: Machine) -> None:
    machine.tab.write_bytes(b"# \xff\xfe\n1 1 * * * /bin/a\n")
    UserCrontab(machine.env, "/data/smm.db").install(our_line("1 1 * * *", ["/bin/true"]))
    UserCrontab(machine.env, "/data/smm.db").remove()
    assert machine.tab.read_bytes() == b"# \xff\xfe\n1 1 * * * /bin/a\n"


def test_a_secret_in_the_place_of_a_variable_is_not_repeated(ready: Program, machine: Machine) -> None:
    ready.write_config("[tokens.slip]\nkind = 'user'\nenv = 'c0ffee5ecret'\n")
    err = ready.ok("cron", "install", env=machine.env).err
    assert "«slip»" in err
    assert "c0ffee5ecret" not in err + ready.ok("token", "list").out
