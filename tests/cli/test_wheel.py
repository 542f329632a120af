"""The built wheel: whole, and alone in owning its names."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
NAMES = ("cli", "connectors", "goals", "reports", "store", "sync", "tui", "wording", "work")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as pip would, without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("smart_smm-*.whl")
    return built


def contents(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_it_holds_every_package_and_nothing_else(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in contents(wheel)}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(NAMES)


def test_every_source_file_is_inside(wheel: Path) -> None:
    held = contents(wheel)
    for name in NAMES:
        for path in (ROOT / name).rglob("*.py"):
            assert str(path.relative_to(ROOT)) in held


def test_catalogues_styles_and_the_example_are_inside(wheel: Path) -> None:
    held = contents(wheel)
    assert "wording/locale/ru/smm.mo" in held
    assert "cli/config/config.example.toml" in held
    for path in (ROOT / "tui").rglob("*.tcss"):
        assert str(path.relative_to(ROOT)) in held


def test_neither_tests_nor_bench_nor_leftovers_are_inside(wheel: Path) -> None:
    for name in contents(wheel):
        assert not name.startswith(("tests/", "bench/", "docs/")), name
        assert "__pycache__" not in name
        assert not name.endswith((".pyc", ".db"))


def test_the_command_and_the_licence_are_declared(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        info = next(name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert "smm = cli.__main__:run" in archive.read(info).decode()
        assert any(name.endswith("licenses/LICENSE") for name in archive.namelist())


def test_each_name_belongs_to_us_alone() -> None:
    owners = packages_distributions()
    for name in NAMES:
        assert set(owners.get(name, ["smart-smm"])) == {"smart-smm"}, name


def test_the_program_runs_out_of_the_wheel(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import cli.config.file as files; "
        "from cli.__main__ import main; path = files.example_path(); "
        "assert path.exists() and path.parent.name == 'config', path; sys.exit(main(['doctor', '--json']))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, str(tmp_path / "site")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert str(tmp_path) in done.stdout
