"""What only a process of its own shows: imports before the first picture, and how a crash ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HEAVY = {
    "httpx", "requests", "vk_api", "sqlite_utils", "pymorphy3", "numpy", "babel", "holidays",
    "connectors.http", "connectors.vk", "connectors.telegram", "sync",
}  # fmt: skip

FIRST_PICTURE = """
import asyncio, sys
from pathlib import Path
from tests.support.dashboard import screen_text, services_on
from tui.app import SmmApp

async def main():
    app = SmmApp(services_on(Path(sys.argv[1])))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Старая партия" in screen_text(app)
        print(*sorted(sys.modules), sep="\\n")

asyncio.run(main())
"""

CRASH = """
import sys
from pathlib import Path
from tests.support.dashboard import services_on
from tui.app import SmmApp

class Broken(SmmApp):
    def on_ready(self):
        token = "vk1.a." + "hunter2"
        raise RuntimeError("the picture fell down")

app = Broken(services_on(Path(sys.argv[1])))
app.run(headless=True)
sys.exit(app.return_code)
"""


def run(code: str, path: Path) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).parents[2]
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, str(path)],
        cwd=root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_nothing_heavy_is_imported_before_the_first_picture(store_path: Path) -> None:
    done = run(FIRST_PICTURE, store_path)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert "tui.screens.overview" in loaded
    assert not HEAVY & loaded


def test_a_crash_ends_with_a_code_and_shows_no_variables(store_path: Path) -> None:
    done = run(CRASH, store_path)
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "the picture fell down" in said
    assert "vk1.a.hunter2" not in said
    assert "locals" not in said
