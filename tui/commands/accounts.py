"""What can be done on the screen of accounts."""

from __future__ import annotations

from tui.commands.command import Area, Command
from wording.words import mark


class OpenAccountClient(Command):
    """To the client."""

    id, area, keys = "accounts.open", Area.ACCOUNTS, ("enter",)
    title, help = mark("To the client"), mark("Opens the client of the account (or a double click)")
    action = "screen.open_client"


class AddAccount(Command):
    """Add an account."""

    id, area, keys = "accounts.add", Area.ACCOUNTS, ("n",)
    title, help = (
        mark("Add an account"),
        mark("Adds a community or channel by its link and reads its history"),
    )
    action, short, rank = "screen.add_account", mark("add"), 6


class SyncAll(Command):
    """Update all accounts."""

    id, area, keys = "accounts.sync_all", Area.ACCOUNTS, ("s",)
    title, help = (
        mark("Update all"),
        mark("Asks the networks for new figures of all accounts; shown here as it goes"),
    )
    action, short, rank = "screen.sync_all", mark("update all"), 7


class SyncAccount(Command):
    """Update one account."""

    id, area, keys = "accounts.sync_one", Area.ACCOUNTS, ("o",)
    title, help = (
        mark("Update this account"),
        mark("Asks only for new figures of the account under the cursor"),
    )
    action, short, rank = "screen.sync_one", mark("only this"), 8


class SyncClient(Command):
    """Update one client's accounts."""

    id, area, keys = "accounts.sync_client", Area.ACCOUNTS, ("O",)
    title, help = mark("Update this client"), mark("Asks only for new figures of the client under the cursor")
    action, short, rank = "screen.sync_client", mark("its client"), 9


class StopUpdate(Command):
    """Stop the running update."""

    id, area, keys = "accounts.stop", Area.ACCOUNTS, ("x",)
    title, help = mark("Stop the update"), mark("Ends the running update; what has arrived is kept")
    action, short, rank = "screen.stop", mark("stop"), 10


class RenameAccount(Command):
    """Name an account."""

    id, area, keys = "accounts.rename", Area.ACCOUNTS, ("e",)
    title = mark("Rename the account")
    help = mark("Gives the account another name, where no network tells its own")
    action = "screen.rename_account"


class RemoveAccount(Command):
    """Put an account away."""

    id, area, keys = "accounts.remove", Area.ACCOUNTS, ("d", "delete")
    title, help = (
        mark("Remove the account"),
        mark("Puts the account away after a question; its history stays"),
    )
    action, short, rank = "screen.remove_account", mark("remove"), 60


class EveryClient(Command):
    """All clients or one."""

    id, area, keys = "accounts.every_client", Area.ACCOUNTS, ("A",)
    title, help = (
        mark("Accounts of all clients"),
        mark("Shows the accounts of all clients, or only those of the one under the cursor"),
    )
    action, short, rank = "screen.every_client", mark("every client"), 26


COMMANDS: tuple[type[Command], ...] = (
    OpenAccountClient, AddAccount, SyncAll, SyncAccount, SyncClient, StopUpdate, RenameAccount, RemoveAccount,
    EveryClient,
)  # fmt: skip
