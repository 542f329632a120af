"""The registry: ours by name, third parties by entry point, and a broken one fails alone."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from connectors.base import API_VERSION, ConnectorError, Setup, Target, TroubleKind
from connectors.registry import NETWORKS, connector_class, load, network_names, plugins
from connectors.testing import DictMemory
from tests.fakes.server import LoopbackServer, Reply, Request

PLUGIN = """
from connectors.base import Connector, Fetched, Part, Route, TokenCheck


class {name}Connector(Connector):
    name = "{declared}"
    api_version = {version}
    reads = {{Part.PROFILE: frozenset()}}
    metrics = frozenset({{"audience"}})

    def routes(self, target):
        return (Route(Part.PROFILE, None),)

    async def fetch(self, targets):
        for target in targets:
            yield await self.resolve(target)

    async def resolve(self, target):
        return Fetched(target.key, Part.PROFILE, self.setup.now())

    async def check(self, token):
        return TokenCheck(ok=False)
"""


def install(folder: Path, network: str, source: str, value: str | None = None) -> None:
    """Put a package with one connector where Python finds it, as pip would."""
    module = f"smm_plugin_{network}"
    (folder / f"{module}.py").write_text(source, encoding="utf-8")
    info = folder / f"{module}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: smm-{network}\nVersion: 1.0\n", encoding="utf-8"
    )
    target = value or f"{module}:{network.title()}Connector"
    (info / "entry_points.txt").write_text(
        f"[smart_smm.connectors]\n{network} = {target}\n", encoding="utf-8"
    )


def plugin_source(network: str, declared: str = "", version: int = API_VERSION) -> str:
    return PLUGIN.format(name=network.title(), declared=declared or network, version=version)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    place = tmp_path / "site"
    place.mkdir()
    monkeypatch.syspath_prepend(str(place))
    yield place
    for module in [name for name in sys.modules if name.startswith("smm_plugin_")]:
        del sys.modules[module]


def broken_detail(network: str) -> str:
    with pytest.raises(ConnectorError) as caught:
        connector_class(network)
    trouble = caught.value.trouble
    assert (trouble.code, trouble.kind) == ("registry.broken", TroubleKind.CONFIG)
    assert trouble.facts == {"network": network, "package": f"smm-{network}"}
    return trouble.detail


@pytest.mark.parametrize("network", network_names())
def test_each_of_ours_calls_itself_by_its_name(network: str) -> None:
    found = connector_class(network)
    assert found.name == network
    assert found.reads
    assert found.metrics


def test_names_import_no_connector() -> None:
    code = (
        "import sys; from connectors.registry import network_names; print(*network_names());"
        "assert not {'httpx', 'vk_api', 'requests', 'selectolax', 'connectors.http'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == list(NETWORKS)


def test_an_unknown_network_is_named() -> None:
    with pytest.raises(ConnectorError) as caught:
        connector_class("myspace")
    assert caught.value.trouble.code == "registry.unknown"
    assert caught.value.trouble.facts == {"network": "myspace"}


def test_a_third_partys_network_is_found(folder: Path) -> None:
    install(folder, "agora", plugin_source("agora"))
    assert [(p.name, p.distribution) for p in plugins()] == [("agora", "smm-agora")]
    assert connector_class("agora").metrics == {"audience"}
    assert "agora" not in network_names()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import no_such_library", "ModuleNotFoundError: No module named 'no_such_library'"),
        ("raise SystemError('at import')", "SystemError: at import"),
        ("AgoraConnector = int", "TypeError"),
        ("", "AttributeError"),
        (
            plugin_source("agora", version=API_VERSION + 1),
            f"API_VERSION {API_VERSION + 1}, needed {API_VERSION}",
        ),
        (plugin_source("agora").replace("api_version", "version"), f"API_VERSION None, needed {API_VERSION}"),
        (plugin_source("agora", declared="other"), "calls itself 'other'"),
        (plugin_source("agora").replace("async def check", "async def test"), "no complete Connector"),
        (plugin_source("agora").replace("Part.PROFILE: ", "'profile page': "), "no complete Connector"),
    ],
    ids=range(9),
)
def test_a_broken_plugin_says_what_is_wrong(folder: Path, source: str, expected: str) -> None:
    install(folder, "agora", source)
    assert broken_detail("agora").startswith(expected)


def test_a_broken_plugin_fails_alone(folder: Path) -> None:
    install(folder, "agora", plugin_source("agora"))
    install(folder, "rotten", "raise RuntimeError('rotten')")
    classes, troubles = load(["telegram", "rotten", "agora", "myspace"])
    assert set(classes) == {"telegram", "agora"}
    assert {name: trouble.code for name, trouble in troubles.items()} == {
        "rotten": "registry.broken",
        "myspace": "registry.unknown",
    }


def test_a_plugin_cannot_take_the_place_of_ours(folder: Path) -> None:
    install(folder, "telegram", "raise RuntimeError('never imported')")
    assert connector_class("telegram").__module__.startswith("connectors.")


class TownBoard(LoopbackServer):
    """The network of the example in docs/connectors.md."""

    def respond(self, request: Request) -> Reply:
        if request.path != "/boards/market.json":
            return Reply(b"{}", 404)
        return Reply(b'{"id": 7, "title": "[/x]\\u001b[31m", "followers": 312}')


async def test_the_example_of_the_documentation_works(folder: Path) -> None:
    pages = (Path(__file__).parents[2] / "docs" / "connectors.md").read_text(encoding="utf-8")
    source = re.findall(r"```python\n(.*?)```", pages, re.DOTALL)[0]
    install(folder, "townboard", source, "smm_plugin_townboard:TownBoardConnector")
    now = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
    with TownBoard() as network:
        setup = Setup((), lambda: now, DictMemory(lambda: now), base_url=network.url)
        connector = connector_class("townboard")(setup)
        targets = [Target(key, name, None, ZoneInfo("UTC")) for key, name in enumerate(("market", "gone"))]
        found = [result async for result in connector.fetch(targets)]
        await connector.aclose()
    assert [figure.value for figure in found[0].figures] == [312]
    assert (found[0].network_id, found[0].title) == ("7", "[/x]")
    assert found[1].trouble is not None
    assert found[1].trouble.code == "http.status"
