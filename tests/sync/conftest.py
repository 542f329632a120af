"""A bench with the scripted network in the registry."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors import registry
from tests.sync.scripted import Bench, Script, ScriptedConnector, make_bench


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Script:
    """The scripted network, known to the registry as `scripted`."""
    fresh = Script()
    monkeypatch.setattr(ScriptedConnector, "script", fresh)
    networks = {**registry.NETWORKS, "scripted": "tests.sync.scripted:ScriptedConnector"}
    monkeypatch.setattr(registry, "NETWORKS", networks)
    return fresh


@pytest.fixture
def bench(tmp_path: Path, script: Script) -> Bench:
    """An empty store, and runs on it."""
    return make_bench(tmp_path)
