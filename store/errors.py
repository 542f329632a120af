"""What can be wrong with a store, or with a change to it."""

from __future__ import annotations


class StoreError(Exception):
    """Something is wrong with the store; `path` is where it is."""

    def __init__(self, path: str, detail: str = "") -> None:
        super().__init__(f"{path}: {detail}" if detail else path)
        self.path = path
        self.detail = detail


class StoreMissingError(StoreError):
    """There is no store at the path (or an empty file): `smm init` makes one."""


class StoreNewerError(StoreError):
    """The store was written by a newer program; nothing was touched."""


class StoreOlderError(StoreError):
    """The store waits for a migration that a reader must not do."""


class StoreDamagedError(StoreError):
    """The file is no sound database."""


class StoreForeignError(StoreError):
    """The file is another program's database; nothing was touched."""


class StoreBusyError(StoreError):
    """Another process held the write lock for too long; nothing was written."""


class ConflictError(Exception):
    """The row was changed by `author` since it was read; nothing was written."""

    def __init__(self, author: str) -> None:
        super().__init__(f"changed meanwhile by {author}")
        self.author = author


class ExistsError(Exception):
    """There is one already: `existing` is its id."""

    def __init__(self, existing: int) -> None:
        super().__init__(f"exists already as {existing}")
        self.existing = existing


class NotFoundError(Exception):
    """There is no such row."""


class NothingToUndoError(Exception):
    """Every change of the goal, or the import, was taken back already, or there was none."""


class LeaseLostError(Exception):
    """Another run has claimed the account since; nothing was written."""
