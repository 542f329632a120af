"""What a store can do: the protocols `Reader` and `Writer` over the values of the domain.

Every store passes the one suite in tests/store/contract.py. No method asks the clock: moments come
in as arguments. Every writing method is one transaction of its own, all or nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from types import TracebackType
from typing import Protocol, Self

from goals.board import GoalRow
from goals.evaluate import Evaluation
from goals.facts import Facts
from goals.model import (
    Account,
    AccountId,
    Client,
    ClientId,
    Gap,
    Goal,
    GoalId,
    Post,
    PostId,
    Reading,
    Topic,
    TopicId,
)
from goals.records import (
    AgreementVersion,
    DayOff,
    Entry,
    Hourly,
    PostText,
    Verdict,
    WarningState,
)
from goals.revision import Revision
from goals.workcalendar import WorkCalendar
from store.changes import ImportBatch, NewAccount, NewClient, ObservedPost, UnitOutcome
from store.rhythm import RhythmReader, RhythmWriter
from store.values import (
    Block,
    ByHand,
    Changes,
    Filter,
    ImportCounts,
    ImportRecord,
    ImportUndone,
    PostRow,
    ReadingRow,
    RunRecord,
    RunStatus,
    TopicMark,
    UnitCounts,
    UnitRecord,
)


class Reader(RhythmReader, Protocol):
    """Reading a store: sees whole transactions only, never blocks a writer."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def close(self) -> None:
        """Give the store back; nothing can be read after."""

    def change_token(self) -> int:
        """A number that differs after another connection has committed; microseconds to ask."""

    def is_demo(self) -> bool:
        """Whether this is the demo store."""

    def clients(self, *, archived: bool = False) -> list[Client]:
        """All clients by name, the specialist's own last; with `archived` also those put away."""

    def accounts(self, client_id: ClientId | None = None, *, archived: bool = False) -> list[Account]:
        """Accounts by client and network, without the hidden ones of manual metrics."""

    def topics(self, client_id: ClientId | None = None) -> list[Topic]:
        """Topics by name."""

    def posts_to_match(self, matcher: str, limit: int) -> list[PostText]:
        """Posts that this version of the matcher has not seen as they are, oldest first.

        Only those of clients that have a topic with words, hashtags or links, or that were matched
        before. A post waits again when its text or its client's topics change. Read them within one
        `Writer.together` with `put_matches`, so that nothing changes in between.
        """

    def suggestions(self, client_id: ClientId) -> list[tuple[Post, str]]:
        """Posts that are perhaps about a topic, with its name; newest first. They count nowhere."""

    def topic_marks(self, client_id: ClientId | None = None) -> list[TopicMark]:
        """What the posts of the client (None: of all) are about, and who says so; by post, then by topic."""

    def agreements(self, client_id: ClientId) -> list[AgreementVersion]:
        """The versions of the client's agreement, oldest first."""

    def goals(self, client_id: ClientId | None = None, *, dropped: bool = False) -> list[Goal]:
        """Goals in the order they were added."""

    def goal(self, goal_id: GoalId) -> Goal:
        """One goal. Raises NotFoundError."""

    def board_rows(self, client_ids: Iterable[ClientId] | None = None) -> list[GoalRow]:
        """Every goal of the clients (None: of all; dropped ones aside) with its stored evaluation.

        A goal without one is a draft.
        """

    def changes_since(self, mark: int) -> Changes:
        """What a board has to read again that was read at `mark`; 0 is before the first change."""

    def bands(self, client_id: ClientId | None = None) -> dict[int, tuple[float, float]]:
        """The 80 % band (low, high) of the figure on the deadline, by goal; goals without one left out."""

    def urgent_rows(self, clients: int) -> list[GoalRow]:
        """The rows of the so many clients that have the most urgent goals: the top of the board."""

    def data_as_of(self, client_id: ClientId | None = None) -> datetime | None:
        """When figures last arrived from a network or by an import."""

    def facts(self, goal: Goal, since: date, today: date) -> Facts:
        """What is known in the goal's scope from `since` to `today` (planned posts: also after).

        The specialist's own income, hours, cases and courses are those of all clients together; the
        number of clients is counted, unless figures of it were logged.
        """

    def goals_touched(self, account_ids: Iterable[AccountId]) -> list[Goal]:
        """The goals whose scope holds one of the accounts (dropped ones aside).

        For one that was merged into another, these are the goals of the other one. Figures logged for any
        client are in the scope of the specialist's own goals that sum them up.
        """

    def not_judged_on(self, clients: Mapping[ClientId, date]) -> list[Goal]:
        """The goals without an evaluation of the client's given day."""

    def verdicts(self, goal_ids: Iterable[GoalId], since: date) -> dict[GoalId, list[Verdict]]:
        """How the goals stood from a day on, oldest first, one verdict a day; goals without one left out.

        Days on which nobody judged are missing; past its deadline a goal has the days on which its
        status changed.
        """

    def warning_states(self, client_id: ClientId | None = None) -> list[WarningState]:
        """The states of the client's warnings (None: of all), gone ones too, by key."""

    def hourly(self, since: date, until: date) -> list[Hourly]:
        """Each client's income and hours of these days (both included), clients by name.

        Clients with neither are left out.
        """

    def latest(self, account_ids: Iterable[AccountId]) -> list[Reading]:
        """The newest reading of each metric of the accounts."""

    def readings(self, which: Filter) -> Iterable[ReadingRow]:
        """Readings by client, account, metric and day."""

    def posts(self, which: Filter) -> Iterable[PostRow]:
        """Posts by client, account and day, newest last."""

    def gaps(self, account_id: AccountId) -> list[Gap]:
        """The known gaps of an account."""

    def entries(self, client_id: ClientId, metric: str | None = None) -> list[Entry]:
        """Figures logged by hand, oldest first."""

    def revisions(self, goal_id: GoalId) -> list[Revision]:
        """The changes of a goal, oldest first."""

    def days_off(self) -> list[DayOff]:
        """Days off by first day."""

    def calendar(self, client_id: ClientId) -> WorkCalendar:
        """The client's working days: public holidays, moved days and days off together."""

    def holidays_until(self, client_id: ClientId) -> date | None:
        """The last day for which public holidays were looked up."""

    def imports(self, limit: int = 20) -> list[ImportRecord]:
        """The newest imports that changed anything, newest first; those that were taken back too."""

    def cursors(self, account_id: AccountId) -> dict[str, str]:
        """Where each part of the account's last reading ended."""

    def blocks(self, now: datetime) -> list[Block]:
        """Methods of tokens that must not be called at `now`."""

    def calls_since(self, token: str, method: str, since: datetime) -> int:
        """How many calls of `method` the token has made since."""

    def runs(self, limit: int = 20) -> list[RunRecord]:
        """The newest runs, newest first."""

    def units(self, run_id: int) -> list[UnitRecord]:
        """The units of a run."""

    def last_units(self) -> list[UnitRecord]:
        """The newest unit of each account."""

    def last_reads(self) -> dict[AccountId, datetime]:
        """When each account was last read from its network, be it only in part; those never read left out."""


class Writer(RhythmWriter, Reader, Protocol):
    """Writing a store. `author` is who makes the change, `now` when."""

    def together(self, *, keep: bool = True) -> AbstractContextManager[None]:
        """Make one transaction of several writes; without `keep` it is a rehearsal, undone at its end."""

    def mark_demo(self) -> None:
        """Mark the store as the demo."""

    def add_client(self, new: NewClient, *, author: str, now: datetime) -> ClientId:
        """Add a client. Raises ExistsError for a name that differs at most in case, or a second self."""

    def update_client(self, client: Client, *, author: str, now: datetime) -> Client:
        """Save an edited client if its version is still the stored one. Raises ConflictError."""

    def add_account(self, new: NewAccount, *, author: str, now: datetime) -> AccountId:
        """Add an account. Raises ExistsError when the client has it (by network id or handle)."""

    def update_account(self, account: Account, *, author: str, now: datetime) -> Account:
        """Save an edited account. Raises ConflictError."""

    def manual_account(self, client_id: ClientId) -> AccountId:
        """The client's hidden account for manual metrics, made when first asked for."""

    def topic(self, client_id: ClientId, name: str) -> TopicId:
        """The client's topic of this name (any case), made when first asked for."""

    def update_topic(self, topic: Topic, *, author: str, now: datetime) -> Topic:
        """Save an edited topic; a new name is taken over by the client's goals.

        Raises ConflictError, and ExistsError where the client has another topic of that name.
        """

    def remove_topic(self, topic_id: TopicId, *, marks: bool = False) -> None:
        """Remove a topic that no goal, file or person names. Raises NotFoundError for any other.

        With `marks`, those of files and persons go with it.
        """

    def put_matches(
        self, matcher: str, post_ids: Collection[PostId], matches: Iterable[tuple[PostId, TopicId, bool]]
    ) -> set[AccountId]:
        """Replace what a matcher found in these posts: (post, topic, whether it is only a suggestion).

        Marks by hand and of files stay. Gives the accounts with posts that count otherwise now: their
        goals are to be judged again.
        """

    def add_agreement(
        self,
        client_id: ClientId,
        terms: Mapping[str, object],
        *,
        reason: str,
        based_on: int,
        author: str,
        now: datetime,
    ) -> int:
        """Add the next version of plain terms, made from version `based_on` (0: from none); its number.

        Raises ConflictError when there is a newer version.
        """

    def accept_agreement(
        self, client_id: ClientId, version: int, *, by: str, on: date, author: str, now: datetime
    ) -> None:
        """Note the client's yes to a version. Raises ExistsError where it was said already, NotFoundError."""

    def add_goal(self, goal: Goal, *, author: str, now: datetime) -> GoalId:
        """Add a goal (its id is not looked at). Raises ValueError for one that ends before it starts."""

    def update_goal(
        self, goal: Goal, *, author: str, now: datetime, why: str = "", agreed_on: date | None = None
    ) -> Goal:
        """Save an edited goal with a revision of what changed.

        Raises ConflictError, and ValueError for days by which the goal would end before it starts.
        """

    def undo_goal(self, goal_id: GoalId, *, author: str, now: datetime) -> Goal:
        """Take back the newest change or yes that was not taken back yet, by a revision of its own.

        Raises NothingToUndoError where there is none: a goal that was added is dropped instead.
        """

    def set_baseline(self, goal_id: GoalId, baseline: float) -> None:
        """Fill in a baseline that was not known when the goal was set; no revision."""

    def add_post(self, account_id: AccountId, post: ObservedPost, *, author: str, now: datetime) -> PostId:
        """Add a post or story by hand. Raises ExistsError for one of the same network id."""

    def remove_post(self, post_id: PostId) -> None:
        """Take back a post or story that no network has told of. Raises NotFoundError for any other."""

    def mark_topics(self, post_id: PostId, topics: ByHand, *, author: str, now: datetime) -> None:
        """Mark by hand what a post is about; outweighs files and matchers. Raises NotFoundError."""

    def log_entry(self, entry: Entry) -> int:
        """Log a manual figure (its id is not looked at); the day's reading is brought up to it."""

    def remove_entry(self, entry_id: int) -> None:
        """Take a logged figure back."""

    def add_day_off(self, day_off: DayOff, *, author: str, now: datetime) -> int:
        """Add days off (the id is not looked at)."""

    def remove_day_off(self, number: int) -> None:
        """Take days off back. Raises NotFoundError."""

    def set_holidays(
        self, client_id: ClientId, *, free: Iterable[date], working: Iterable[date], until: date
    ) -> None:
        """Replace the client's public holidays and moved working days, known up to `until`."""

    def put_evaluations(self, evaluations: Iterable[Evaluation]) -> None:
        """Store the newest verdicts, and each as its day's."""

    def put_warning_states(self, states: Iterable[WarningState]) -> None:
        """Store what the rules found.

        What a person said of a warning meanwhile, and that it was told, stays as long as the warning
        lasts with the same severity; of one that comes again or grows, the given state is taken whole.
        """

    def acknowledge_warning(self, key: str, *, author: str, now: datetime) -> None:
        """Note that somebody knows of a warning. Raises NotFoundError."""

    def unacknowledge_warning(self, key: str) -> None:
        """Take it back that somebody knows of a warning. Raises NotFoundError."""

    def snooze_warning(self, key: str, until: date | None, *, author: str) -> None:
        """Hide a warning until a day (None: show it again). Raises NotFoundError."""

    def import_batches(self, batches: Sequence[ImportBatch], *, now: datetime) -> ImportCounts:
        """Write a file's figures, all batches in one transaction. Plans alone make no data fresher.

        A figure that was taken later than the file's stays, and what a network tells of its post stays
        where the file tells it otherwise.
        """

    def recorded_import(self, name: str, *, author: str, now: datetime) -> AbstractContextManager[int]:
        """Remember what is written meanwhile as one import of the file `name`; gives its number.

        All of it is one transaction. An import that changed nothing is not kept in the list.
        """

    def undo_import(self, number: int | None, *, author: str, now: datetime) -> ImportUndone:
        """Take an import back, the newest that was not taken back yet without a number.

        What was changed since stays as it is. Raises NotFoundError for a number that there is not,
        NothingToUndoError where it was taken back already or there is none to take back.
        """

    def start_run(self, now: datetime) -> int:
        """Begin a run; its id is the fence of its claims."""

    def claim(self, run_id: int, account_ids: Iterable[AccountId]) -> None:
        """Take the accounts for this run; an earlier run's commits on them are refused from now on."""

    def commit_unit(self, unit: UnitOutcome, fence: int) -> UnitCounts:
        """Write one unit with its cursor in one transaction. Raises LeaseLostError.

        An account whose profile shows that it is another live one of its client gives that one what
        it holds (figures, posts, goals, tokens; nothing is overwritten) and is put away.
        """

    def finish_run(self, run_id: int, status: RunStatus, requests: int, now: datetime) -> None:
        """End a run."""

    def block(self, block: Block) -> None:
        """Remember that a token's method must not be called for a while."""

    def unblock(self, token: str) -> None:
        """Forget all blocks of a token (it was replaced)."""

    def count_calls(self, token: str, method: str, calls: int, now: datetime) -> None:
        """Add to a token's calls of a method that has a daily limit."""
