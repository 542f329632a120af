"""What importing a long export of Telegram holds in memory: that of a tenfold one must not be larger."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from itertools import count
from pathlib import Path

from bench.harness import Budget, CannotMeasureError, ProgramFailedError, Sampler, in_turn
from bench.world import NOW, World
from store.changes import NewAccount, NewClient
from store.opening import open_writer, prepare

LONG_MB, SHORT_MB = 200, 20
_TEXT = "Свежая партия уже в кофейне: приходите пробовать, пока не разобрали. " * 8
_FIRST = 1_600_000_000
_EVERY_SECONDS = 60
#: The kernel tells of a child as much as its parent held when it was started, so the parent is a small one.
_PEAK = (
    "import resource, subprocess, sys;"
    "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE);"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss);"
    "sys.stderr.buffer.write(done.stderr);"
    "sys.exit(done.returncode)"
)


def write_export(path: Path, megabytes: int) -> None:
    """An export of one channel of so many millions of bytes, as Telegram Desktop writes it."""
    with path.open("w", encoding="utf-8") as file:
        file.write('{"name": "Зерно", "type": "public_channel", "id": 1234567890, "messages": [\n')
        for number in count(1):
            file.write(json.dumps(_message(number), ensure_ascii=False, indent=1))
            if file.tell() > megabytes * 1_000_000:
                break
            file.write(",\n")
        file.write("]}\n")


def _message(number: int) -> dict[str, object]:
    seconds = _FIRST + number * _EVERY_SECONDS
    return {
        "id": number,
        "type": "message",
        "date": "2020-09-13T12:26:40",
        "date_unixtime": str(seconds),
        "from": "Зерно",
        "from_id": "channel1234567890",
        "text": [_TEXT, {"type": "hashtag", "text": "#кофе"}],
        "text_entities": [{"type": "plain", "text": _TEXT}, {"type": "hashtag", "text": "#кофе"}],
        "reactions": [{"type": "emoji", "count": number % 19 + 1, "emoji": "❤"}],
    }


class _Imports:
    """Imports into fresh copies of a store that knows the channel."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._template = world.folder / "channel.db"
        prepare(self._template)
        with open_writer(self._template) as store:
            client = store.add_client(NewClient("Клиент"), author="bench", now=NOW)
            new = NewAccount(client, "telegram", "bench_channel", "1234567890")
            store.add_account(new, author="bench", now=NOW)

    def peak_mib(self, export: Path) -> float:
        """The most memory that the import of this export held, in MiB."""
        db = self._world.folder / "imported.db"
        shutil.copyfile(self._template, db)
        command = [self._world.smm, "--db", str(db), "import", str(export)]
        done = subprocess.run(
            [self._world.python, "-c", _PEAK, *command],
            env=self._world.environ(),
            capture_output=True,
            check=False,
        )
        for left in self._world.folder.glob("imported.db*"):
            left.unlink()
        if done.returncode:
            raise ProgramFailedError(f"{' '.join(command)}: {done.stderr.decode(errors='replace').strip()}")
        return int(done.stdout) / 1024


def _flatness(world: World) -> Sampler:
    if os.uname().sysname != "Linux":
        raise CannotMeasureError("only Linux tells the peak memory of a program in KiB")
    long, short = world.folder / "long.json", world.folder / "short.json"
    write_export(long, LONG_MB)
    write_export(short, SHORT_MB)
    imports = _Imports(world)
    return in_turn(lambda: imports.peak_mib(long), lambda: imports.peak_mib(short))


BUDGETS = (
    Budget(
        "import-memory",
        f"peak memory of importing an export of Telegram of {LONG_MB} MB / of {SHORT_MB} MB",
        1.2,
        "MiB",
        _flatness,
    ),
)
