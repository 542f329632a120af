"""Accounts of clients: putting one away, taking it back, and giving it another name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from store.refresh import refresh_goals

if TYPE_CHECKING:
    from datetime import datetime

    from goals.model import Account
    from store.contract import Writer


def put_away(writer: Writer, account: Account, *, author: str, now: datetime) -> Account:
    """Put an account away: it is read no more, its history stays. Raises ConflictError."""
    return _kept(writer, replace(account, archived=True), author=author, now=now)


def take_back(writer: Writer, account: Account, *, author: str, now: datetime) -> Account:
    """Read an account again that was put away. Raises ConflictError."""
    return _kept(writer, replace(account, archived=False), author=author, now=now)


def rename(writer: Writer, account: Account, title: str, *, author: str, now: datetime) -> Account:
    """Give an account another title; a network that tells its own replaces it. Raises ConflictError."""
    return writer.update_account(replace(account, title=title), author=author, now=now)


def _kept(writer: Writer, account: Account, *, author: str, now: datetime) -> Account:
    """Save the account and judge its client's goals by the accounts that are left."""
    with writer.together():
        changed = writer.update_account(account, author=author, now=now)
        refresh_goals(writer, writer.goals(account.client_id), now)
    return changed
