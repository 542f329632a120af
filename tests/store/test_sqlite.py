"""The SQLite store keeps the contract."""

from __future__ import annotations

from pathlib import Path

from store.contract import Reader, Writer
from store.opening import open_reader
from tests.store.contract import StoreContract
from tests.support.store import make_store


class TestSqlite(StoreContract):
    def make(self, path: Path) -> Writer:
        return make_store(path)

    def open_reader(self, path: Path) -> Reader:
        return open_reader(path)
