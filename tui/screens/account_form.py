"""The form of a new account: a link, checked as it is pasted, then read by the program's own command."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from textual import on
from textual.message import Message

from connectors.links import SITES, TELEGRAM, LinkError, parse_link
from goals.model import AccountId
from store.errors import NotFoundError
from tui.changes import Done, Undo
from tui.drawing.cells import cell
from tui.screens.form import FormScreen
from tui.widgets.field import Field, choice_field, text_field
from tui.writing import Writing
from wording.goals import network_name
from wording.troubles import trouble_sentence
from work.accounts import put_away

if TYPE_CHECKING:
    from goals.model import Account, Client, ClientId
    from store.contract import Reader, Writer
    from tui.changes import Change
    from tui.services import Ran, Services

#: The exit codes of `smm account add` after which the account is kept: all well, or not all could be read.
_KEPT = (0, 3)
#: The networks that a bare name may be of.
_NETWORKS = tuple(SITES)


class AccountFacts(NamedTuple):
    """The clients, their accounts, and the client to begin with."""

    clients: tuple[Client, ...]
    accounts: tuple[Account, ...]
    client_id: ClientId | None


def read_account_facts(reader: Reader, client_id: ClientId | None) -> AccountFacts:
    """Read what the form needs."""
    return AccountFacts(tuple(reader.clients()), tuple(reader.accounts()), client_id)


class Named(NamedTuple):
    """The account that a text names."""

    network: str
    handle: str
    network_id: str | None


class Wanted(NamedTuple):
    """What is to be added: the text that was pasted, what it names, and whose it is."""

    typed: str
    link: Named
    client: Client
    network: str | None


@dataclass
class AddingEnded(Message):
    """The command has ended."""

    ran: Ran


class AccountForm(FormScreen):
    """Asks for a link and whose account it is."""

    def __init__(self, services: Services, facts: AccountFacts) -> None:
        super().__init__(services, services.words.text("New account"))
        self.facts = facts
        self._wanted: Wanted | None = None

    def build(self) -> list[Field]:
        """Link, client, and the network where the link does not say it."""
        text = self.services.words.text
        clients = [(str(client.id), client.name) for client in self.facts.clients]
        known = dict.fromkeys((*_NETWORKS, *(account.network for account in self.facts.accounts)))
        networks = [(network, network_name(self.services.words, network)) for network in known]
        return [
            text_field("link", text("link"), placeholder=text("t.me/zerno, vk.com/zerno or @zerno")),
            choice_field("client", text("client"), clients, str(self.facts.client_id or "")),
            choice_field("network", text("network"), networks, _NETWORKS[0]),
        ]

    def check(self) -> Change | None:
        """Check the link before any network is asked; the command saves it, so there is no change."""
        typed, words = self.value("link"), self.services.words
        link, problem, asks = self._read_link(typed)
        self.fields["network"].display = asks
        client = next(each for each in self.facts.clients if str(each.id) == self.fields["client"].value)
        if link is not None and self._is_known(link, client):
            problem = words.text("{client} has this account already", client=client.name)
        self.judge("link", problem)
        self._wanted = None
        if link is None or problem:
            self._say("")
        else:
            self._wanted = Wanted(typed, link, client, link.network if asks else None)
            self._say(self._told(link))
        return None

    def _say(self, sentence: str) -> None:
        if not self._saving:
            self.verdict(sentence)

    def _read_link(self, typed: str) -> tuple[Named | None, str, bool]:
        """What the text names, or why it names nothing; and whether the network has to be asked for."""
        try:
            return _named(typed, None), "", False
        except LinkError as error:
            if error.code != "link.no_network":
                return None, self._sentence(error), False
        try:
            return _named(typed, self.fields["network"].value), "", True
        except LinkError as error:
            return None, self._sentence(error), True

    def _sentence(self, error: LinkError) -> str:
        trouble = error.trouble
        told = trouble_sentence(
            self.services.words, trouble.kind, trouble.code, trouble.detail, trouble.facts, adding=True
        )
        return f"{told.message}. {told.next_step}"

    def _is_known(self, link: Named, client: Client) -> bool:
        return any(
            account.client_id == client.id
            and account.network == link.network
            and (
                account.handle.casefold() == link.handle.casefold()
                or (link.network_id is not None and link.network_id == account.network_id)
            )
            for account in self.facts.accounts
        )

    def _told(self, link: Named) -> str:
        """What was understood, and whether it can be read."""
        text = self.services.words.text
        name = f"{network_name(self.services.words, link.network)} {cell(link.handle)}"
        if self.services.network_tokens.get(link.network):
            return text("{name}: enter adds it and reads its history", name=name)
        if link.network == TELEGRAM:
            return text("{name}: no token is needed, the figures come within a minute", name=name)
        return text("{name}: to read it, a token is needed: smm token add", name=name)

    def action_save(self) -> None:
        """Add the account by the command, which asks the network; what was typed stays till it is there."""
        self._tried = True
        if self._saving or not self.is_ready:
            return
        self.check()
        wanted = self._wanted
        if wanted is None:
            self.fields["link"].widget.focus()
            return
        name = network_name(self.services.words, wanted.link.network)
        self.freeze(
            self.services.words.text(
                "Asking {network}… Esc closes the form, the reading goes on", network=name
            )
        )
        self.app.run_worker(
            self._add(wanted), group="account", description="adding an account", exit_on_error=False
        )

    def action_cancel(self) -> None:
        """Leave at any time: what is being read is waited for by the app."""
        self.dismiss(None)

    async def _add(self, wanted: Wanted) -> None:
        """Run the command to its end; where the form was left meanwhile, the app tells how it went."""
        options = [f"--client={wanted.client.name}", "--json"]
        if wanted.network is not None:
            options.append(f"--network={wanted.network}")
        app = self.app
        try:
            ran = await self.services.command("account", "add", *options, "--", wanted.typed)
        finally:
            if self in app.screen_stack:
                self.thaw()
        if self in app.screen_stack:
            self.post_message(AddingEnded(ran))
        elif isinstance(app, Writing):
            done = self._done(ran)
            if done is None:
                app.tell(self._refusal(ran), severity="error")
            app.finished(done)

    @on(AddingEnded)
    def _ended(self, message: AddingEnded) -> None:
        done = self._done(message.ran)
        if done is None:
            self.verdict(self._refusal(message.ran), wrong=True)
        else:
            self.dismiss(done)

    def _done(self, ran: Ran) -> Done | None:
        """What was added, in a sentence; None where nothing was."""
        if ran.code not in _KEPT:
            return None
        answer = json.loads(ran.answer)
        words = self.services.words
        name = cell(str(answer["title"] or answer["handle"]))
        said = cell(" ".join(line.removeprefix("→ ") for line in ran.said.splitlines()))
        sentence = words.text("Added: {name}", name=f"{network_name(words, answer['network'])} {name}")
        return Done(
            f"{sentence}. {said}" if said else sentence, added_undo(self.services, AccountId(answer["id"]))
        )

    def _refusal(self, ran: Ran) -> str:
        said = "\n".join(cell(line) for line in ran.said.splitlines())
        return said or self.services.words.text("Nothing was added. See: smm doctor")


def _named(typed: str, network: str | None) -> Named:
    """What a text names. Raises LinkError."""
    link = parse_link(typed, network)
    return Named(link.network, link.handle, link.network_id)


def added_undo(services: Services, account_id: AccountId) -> Undo:
    """How an account that was added is taken back: it is put away."""

    def work(later: Writer) -> str:
        account = next((one for one in later.accounts() if one.id == account_id), None)
        if account is None:
            raise NotFoundError(f"account {account_id}")
        put_away(later, account, author=services.author, now=services.now())
        return services.words.text("Taken back: {goal}", goal=cell(account.title or account.handle))

    return Undo(work)
