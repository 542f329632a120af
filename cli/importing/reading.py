"""Reading a file of any form and writing what it holds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from cli.importing.accounts import TELEGRAM, Owner
from cli.importing.gathering import Gathering
from connectors.files.chats import Chat, Messages, newest_moment, read_export
from connectors.files.columns import find_columns
from connectors.files.rows import BadRow, FileRow, parse_rows
from connectors.files.table import open_table
from connectors.files.troubles import FileTroubleError
from connectors.files.youtube import KIND, video_url, without_total
from connectors.links import account_url
from goals.model import PostKind, PostState

if TYPE_CHECKING:
    from datetime import datetime

    from cli.importing.accounts import Accounts
    from cli.importing.columns import Choice
    from store.contract import Writer

_NAMES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Brought:
    """What was read; the columns and the channels of which nothing was taken."""

    gathering: Gathering
    columns: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    is_chat: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be read, and by what: `zone` is that of times without one, `chat` the one that is meant."""

    path: Path
    accounts: Accounts
    now: datetime
    author: str
    zone: tzinfo | None = None
    sheet: str | None = None
    chat: str | None = None


def gather_table(job: Job, choice: Choice) -> Brought:
    """Read a table whole; nothing is written yet. Raises FileTroubleError."""
    with open_table(job.path, job.sheet) as table:
        columns = find_columns(table.header, choice.mapping)
        is_youtube = choice.is_youtube
        gathering = Gathering(
            job.accounts,
            job.now,
            only_accounts=columns.only_accounts,
            kind=KIND if is_youtube else PostKind.POST,
        )
        rows = without_total(table.rows, columns.fields["post"]) if is_youtube else table.rows
        for row in parse_rows(rows, columns, job.zone):
            gathering.take(_of_video(row) if is_youtube else row)
    return Brought(gathering, columns.unused)


def bring_chats(job: Job, zone: tzinfo, writer: Writer) -> Brought:
    """Read an export of Telegram and write its posts as they are read, so that its length is no matter.

    Raises FileTroubleError, also `file.not_channel` and `file.unknown_channel` where nothing is taken.
    """
    gathering = Gathering(job.accounts, job.now, newest=newest_moment(job.path))
    taker = _Taker(job, gathering, writer)
    read_export(job.path, taker.take, zone)
    if not taker.taken:
        names = ", ".join(taker.others[:_NAMES_SHOWN])
        raise FileTroubleError("file.unknown_channel" if names else "file.not_channel", channels=names)
    gathering.write(writer, author=job.author)
    return Brought(gathering, channels=tuple(taker.others), is_chat=True)


@dataclass(slots=True)
class _Taker:
    job: Job
    gathering: Gathering
    writer: Writer
    taken: int = 0
    others: list[str] = field(default_factory=list)

    def take(self, chat: Chat, messages: Messages) -> None:
        if not chat.is_channel:
            return
        is_meant = self.job.chat is None or self.job.chat.casefold() in {chat.name.casefold(), chat.number}
        alone = chat.is_alone or self.job.chat is not None
        owner = self.job.accounts.find_chat(replace(chat, is_alone=alone)) if is_meant else None
        if owner is None:
            self.others.append(chat.name or chat.number)
            return
        self.taken += 1
        address = _address(owner, chat)
        for row in messages:
            if isinstance(row, FileRow):
                url = f"{address}/{row.post}" if address else ""
                self.gathering.take_post(replace(row, state=PostState.PUBLISHED, url=url), owner)
            else:
                self.gathering.take_post(row, owner)
            if self.gathering.is_full:
                self.gathering.write(self.writer, author=self.job.author)


def _address(owner: Owner, chat: Chat) -> str:
    """The address under which the posts of a public channel stand."""
    if owner.account is None or not chat.is_public:
        return ""
    return account_url(TELEGRAM, owner.account.handle)


def _of_video(row: FileRow | BadRow) -> FileRow | BadRow:
    return replace(row, url=video_url(row.post)) if isinstance(row, FileRow) and row.post else row
