"""When the sync runs by itself, and the lines that cron, systemd and Windows understand. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

#: By these names the system knows the run that collects everything, and the one for stories only.
SYNC = "smart-smm"
STORIES = "smart-smm-stories"
#: What `--every` takes: only what divides an hour or a day comes round evenly.
INTERVALS = ("5m", "10m", "15m", "20m", "30m", "1h", "2h", "3h", "4h", "6h", "8h", "12h", "1d")
_WHAT = {SYNC: "sync", STORIES: "stories"}
_FIRST_HOUR = 4  # once a day: before the working day


@dataclass(frozen=True, slots=True)
class Schedule:
    """How often, and at which minute, so that not all computers ask a network at the same one."""

    every: str
    minute: int

    @classmethod
    def of(cls, every: str, seed: str) -> Schedule:
        """The schedule of an interval (one of INTERVALS); `seed` spreads the minutes."""
        digest = hashlib.sha256(seed.encode("utf-8", "surrogateescape")).digest()
        return cls(every, digest[0] % (cls(every, 0)._number if every.endswith("m") else 60))

    @property
    def _number(self) -> int:
        return int(self.every[:-1])

    def cron_times(self) -> str:
        """The five fields of a crontab line."""
        if self.every.endswith("m"):
            minutes = ",".join(str(minute) for minute in range(self.minute, 60, self._number))
            return f"{minutes} * * * *"
        if self.every == "1h":
            return f"{self.minute} * * * *"
        if self.every.endswith("h"):
            return f"{self.minute} */{self._number} * * *"
        return f"{self.minute} {_FIRST_HOUR} * * *"

    def calendar(self) -> str:
        """The same as systemd's OnCalendar."""
        minute = f"{self.minute:02}"
        if self.every.endswith("m"):
            return f"*-*-* *:{minute}/{self._number}:00"
        if self.every == "1h":
            return f"*-*-* *:{minute}:00"
        if self.every.endswith("h"):
            return f"*-*-* 00/{self._number}:{minute}:00"
        return f"*-*-* {_FIRST_HOUR:02}:{minute}:00"

    def windows(self) -> str:
        """The same as options of schtasks."""
        unit = {"m": "MINUTE", "h": "HOURLY", "d": "DAILY"}[self.every[-1]]
        start = f"{_FIRST_HOUR if unit == 'DAILY' else 0:02}:{self.minute:02}"
        return f"/SC {unit} /MO {self._number} /ST {start}"


def systemd_units(argv: Sequence[str], schedule: Schedule, name: str = SYNC) -> tuple[str, str]:
    """The texts of a service and of its timer."""
    command = " ".join(_for_systemd(word) for word in argv)
    unit = f"[Unit]\nDescription=SMART SMM {_WHAT[name]}\n\n"
    service = f"{unit}[Service]\nType=oneshot\nExecStart={command}\n"
    timer = (
        f"{unit}"
        f"[Timer]\nOnCalendar={schedule.calendar()}\nPersistent=true\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )
    return service, timer


def schtasks_line(argv: Sequence[str], schedule: Schedule, name: str = SYNC) -> str:
    """The line that makes a task of Windows."""
    command = " ".join(f'\\"{word}\\"' if re.search(r"[\s\\/]", word) else word for word in argv)
    return f'schtasks /Create /F /TN {name} {schedule.windows()} /TR "{command}"'


def _for_systemd(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"' if re.search(r"[\s\"'\\;]", word) else escaped
