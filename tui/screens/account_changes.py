"""The forms that rename an account and put one away."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from store.errors import NotFoundError
from tui.changes import ChangedSinceError, Done, Undo
from tui.commands.command import Area, Command, commands_of
from tui.commands.form import NextField, PickDay, Save
from tui.drawing.cells import cell
from tui.screens.form import FormScreen
from tui.widgets.field import Field, text_field
from wording.names import NAME_LIMIT, read_name
from wording.words import mark
from work.accounts import put_away, rename, take_back

if TYPE_CHECKING:
    from goals.model import Account, AccountId
    from store.contract import Reader, Writer
    from tui.changes import Change
    from tui.services import Services


class ConfirmRemoval(Command):
    """What saving means here: there is no field in which Enter would do it."""

    id, area, keys = "accounts.confirm_removal", Area.FORM, ("enter", "f2")
    title, help = Save.title, Save.help
    action, short, rank, palette = "save", mark("remove"), 5, False


class RemoveAccountForm(FormScreen):
    """Asks whether an account is to be put away."""

    BINDINGS: ClassVar[list[BindingType]] = [ConfirmRemoval.binding()]
    AUTO_FOCUS = ""
    commands: ClassVar[tuple[type[Command], ...]] = tuple(
        ConfirmRemoval if command is Save else command
        for command in commands_of(Area.FORM)
        if command not in {NextField, PickDay}
    )

    def __init__(self, services: Services, account: Account, goals: int) -> None:
        super().__init__(services, services.words.text("Remove the account"))
        self.account = account
        self.goals = goals

    def build(self) -> list[Field]:
        """No field: the question is all."""
        return []

    @property
    def is_ready(self) -> bool:
        """There is nothing to wait for."""
        return True

    def check(self) -> Change | None:
        """Say what it means; what puts the account away."""
        words, name = self.services.words, cell(self.account.title or self.account.handle)
        told = words.text("«{name}» is read no more; its history stays", name=name)
        if self.goals:
            count = words.plural("{n} goal counts it", "{n} goals count it", self.goals)
            told = f"{told}. {count}"
        self.verdict(told)
        services, account = self.services, self.account

        def save(writer: Writer) -> Done:
            gone = put_away(writer, account, author=services.author, now=services.now())
            return Done(
                words.text("Put away: {name}. Its history stays", name=name), _undo_removal(services, gone)
            )

        return save


class RenameAccountForm(FormScreen):
    """Asks for another name of an account that no network names."""

    def __init__(self, services: Services, account: Account) -> None:
        super().__init__(services, services.words.text("Rename the account"))
        self.account = account

    def build(self) -> list[Field]:
        """The name."""
        return [
            text_field("title", self.services.words.text("name"), self.account.title or self.account.handle)
        ]

    def check(self) -> Change | None:
        """Check the name; what saves it, or None."""
        words, title = self.services.words, read_name(self.value("title"))
        problem = "" if title else words.text("say how the account is called")
        if len(title) > NAME_LIMIT:
            problem = words.text("The name is longer than {n} characters", n=NAME_LIMIT)
        self.judge("title", problem)
        self.verdict("")
        if problem:
            return None
        services, account = self.services, self.account

        def save(writer: Writer) -> Done:
            named = rename(writer, account, title, author=services.author, now=services.now())
            return Done(words.text("Renamed: {name}", name=title), _undo_name(services, named, account.title))

        return save


def _undo_removal(services: Services, gone: Account) -> Undo:
    def work(later: Writer) -> str:
        account = _same(later, gone)
        take_back(later, account, author=services.author, now=services.now())
        return services.words.text("Taken back: {goal}", goal=cell(account.title or account.handle))

    return Undo(work)


def _undo_name(services: Services, named: Account, before: str) -> Undo:
    def work(later: Writer) -> str:
        account = _same(later, named)
        rename(later, account, before, author=services.author, now=services.now())
        return services.words.text("Taken back: {goal}", goal=cell(before or account.handle))

    return Undo(work)


def _same(reader: Reader, made: Account) -> Account:
    """The account as the change has left it. Raises ChangedSinceError, NotFoundError."""
    account = _by_id(reader, made.id)
    if account.version != made.version:
        raise ChangedSinceError(account.author)
    return account


def _by_id(reader: Reader, account_id: AccountId) -> Account:
    for account in reader.accounts(archived=True):
        if account.id == account_id:
            return account
    raise NotFoundError(f"account {account_id}")
