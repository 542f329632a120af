"""`smm post add|list|mark|remove`: content entered by hand, and what content is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.exits import Exit, UserError
from wording.words import mark

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from cli.context import Context
    from connectors.base import Link
    from goals.model import Account, Client
    from store.contract import Reader
    from store.values import PostRow

HELP = mark("posts and stories: add by hand, list, mark their topics, take back")


def add_arguments(parser: argparse.ArgumentParser, ctx: Context) -> None:
    """Declare the sub-commands."""
    text = ctx.words.text
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help=text("a post or story that no network tells of"))
    add.add_argument("link", nargs="?", metavar="LINK")
    add.add_argument("--client", metavar="NAME")
    add.add_argument("--account", metavar="LINK")
    add.add_argument("--kind", default="post", metavar="post|story|clip|video|stream|article")
    add.add_argument("--topic", action="append", default=[], metavar="TOPIC")
    add.add_argument("--day", metavar="DAY", help=text("today without it"))
    add.add_argument("--planned", action="store_true", help=text("it is still to be published"))
    add.add_argument("--text", default="", metavar="TEXT")
    show = actions.add_parser("list", help=text("posts, newest last"))
    show.add_argument("--client", metavar="NAME")
    show.add_argument("--account", metavar="LINK")
    show.add_argument("--since", metavar="DAY")
    show.add_argument("--until", metavar="DAY")
    show.add_argument("--state", metavar="planned|published|deleted")
    note = actions.add_parser("mark", help=text("say what a post is about"))
    note.add_argument("post", metavar="POST", help=text("its number in the list, or its link"))
    note.add_argument("--topic", action="append", required=True, metavar="TOPIC")
    how = note.add_mutually_exclusive_group()
    how.add_argument("--not", dest="about", action="store_false", help=text("it is not about that"))
    how.add_argument("--auto", action="store_true", help=text("take the mark back: its words tell again"))
    remove = actions.add_parser("remove", help=text("take back what was entered by hand"))
    remove.add_argument("post", metavar="POST", help=text("its number in the list, or its link"))
    for action in (add, show, note, remove):
        action.add_argument("--json", action="store_true")


def run(ctx: Context, args: argparse.Namespace) -> int:
    """Do what the sub-command says."""
    return {"add": _add, "list": _list, "mark": _mark, "remove": _remove}[args.action](ctx, args)


def _add(ctx: Context, args: argparse.Namespace) -> int:
    from cli.amounts import read_choice
    from cli.goal.listing import judge
    from cli.topic.topics import known_topics, match_new
    from connectors.clean import TEXT_LIMIT, clean
    from goals.model import PostKind, PostState
    from store.changes import ObservedPost
    from store.days import today_of
    from store.errors import ExistsError

    words = ctx.words
    with ctx.writer() as writer:
        link, network_id = _linked(ctx, args.link)
        account = _account(ctx, writer, args, link)
        client = next(known for known in writer.clients(archived=True) if known.id == account.client_id)
        post = ObservedPost(
            network_id=network_id,
            kind=PostKind(read_choice(words, args.kind, PostKind, words.text("The kind of content"))),
            state=PostState.PLANNED if args.planned else PostState.PUBLISHED,
            day=_day(ctx, args, client),
            url=clean(args.link or "", 500),
            text=clean(args.text, TEXT_LIMIT, multiline=True),
            topics=tuple(known_topics(ctx, writer, client.id, args.topic)),
        )
        try:
            post_id = writer.add_post(account.id, post, author=ctx.author, now=ctx.now())
        except ExistsError as error:
            raise UserError(
                words.text("This post is known already: number {id}", id=error.existing),
                words.text("Say what it is about: smm post mark {id} --topic T", id=error.existing),
            ) from error
        match_new(writer, ctx.now())
        judge(writer, [account.id], ctx.now())
        row = _found(ctx, writer, str(post_id))
        today = today_of(client, ctx.now())
    _show(ctx, [row], today, as_json=args.json, one=True)
    return Exit.OK


def _linked(ctx: Context, text: str | None) -> tuple[Link | None, str | None]:
    """The account and the post's id that a link names."""
    if not text:
        return None, None
    from cli.troubles import user_error
    from connectors.links import LinkError, split_post_link

    try:
        return split_post_link(text)
    except LinkError as error:
        raise user_error(ctx.words, error) from error


def _account(ctx: Context, reader: Reader, args: argparse.Namespace, link: Link | None) -> Account:
    """The account as named, that of the link, or the client's only one."""
    from cli.pick import pick_account, pick_client
    from connectors.links import may_be_of

    client = pick_client(reader, args.client, ctx.words) if args.client else None
    owner = client.id if client else None
    if args.account:
        account = pick_account(reader, args.account, ctx.words, client=owner)
        if link is not None and not may_be_of(link, account.network, account.handle, account.network_id):
            raise UserError(
                ctx.words.text(
                    "The link is of a post of another community, not of {name}",
                    name=f"{account.network}:{account.handle}",
                ),
                ctx.words.text("Leave out --account, or paste the link of a post of that account"),
                Exit.USAGE,
            )
        return account
    if link is not None and link.handle:
        name = link.network_id or link.handle
        return pick_account(reader, f"{link.network}:{name}", ctx.words, client=owner)
    accounts = [each for each in reader.accounts(owner) if link is None or each.network == link.network]
    if (client is not None or link is not None) and len(accounts) == 1:
        return accounts[0]
    raise UserError(
        ctx.words.text("Which account is it in?"),
        ctx.words.text("Name it: --account LINK, or paste the link of the post"),
        Exit.USAGE,
    )


def _day(ctx: Context, args: argparse.Namespace, client: Client) -> date:
    from cli.amounts import read_day
    from store.days import today_of

    today = today_of(client, ctx.now())
    day = read_day(ctx.words, args.day, today, ahead=args.planned) if args.day else today
    text = ctx.words.text
    if day > today and not args.planned:
        raise UserError(
            text("{day} has not come yet", day=day.isoformat()), text("Plan it: add --planned"), Exit.USAGE
        )
    if day < today and args.planned:
        raise UserError(
            text("{day} has passed", day=day.isoformat()),
            text("Leave out --planned if it was published, or name a later day"),
            Exit.USAGE,
        )
    return day


def _list(ctx: Context, args: argparse.Namespace) -> int:
    from cli.amounts import read_choice, read_day
    from cli.pick import pick_account, pick_client
    from goals.model import PostState
    from store.values import Filter

    words, today = ctx.words, ctx.now().astimezone(ctx.zone).date()
    state = read_choice(words, args.state, PostState, words.text("The state")) if args.state else None
    with ctx.reader() as reader:
        client = pick_client(reader, args.client, words) if args.client else None
        owner = client.id if client else None
        account = pick_account(reader, args.account, words, client=owner) if args.account else None
        which = Filter(
            client_id=owner,
            account_id=account.id if account else None,
            since=read_day(words, args.since, today) if args.since else None,
            until=read_day(words, args.until, today) if args.until else None,
        )
        rows = [row for row in reader.posts(which) if state in {None, row.post.state.value}]
    if not rows and not args.json:
        ctx.say(words.text("No posts here. Collect them with smm sync, or add one: smm post add"))
        return Exit.OK
    _show(ctx, rows, today, as_json=args.json)
    return Exit.OK


def _mark(ctx: Context, args: argparse.Namespace) -> int:
    from cli.goal.listing import judge
    from cli.topic.topics import known_topics, match_new

    with ctx.writer() as writer:
        row = _found(ctx, writer, args.post)
        owner = next(a for a in writer.accounts(archived=True) if a.id == row.post.account_id).client_id
        names = known_topics(ctx, writer, owner, args.topic)
        topics = dict.fromkeys(names, None if args.auto else args.about)
        writer.mark_topics(row.post.id, topics, author=ctx.author, now=ctx.now())
        match_new(writer, ctx.now())
        judge(writer, [row.post.account_id], ctx.now())
        row = _found(ctx, writer, str(row.post.id))
    _show(ctx, [row], ctx.now().astimezone(ctx.zone).date(), as_json=args.json, one=True)
    return Exit.OK


def _remove(ctx: Context, args: argparse.Namespace) -> int:
    """Take back what no network has told of, and judge the goals that counted it."""
    from cli.goal.listing import judge
    from store.errors import NotFoundError

    words = ctx.words
    with ctx.writer() as writer:
        row = _found(ctx, writer, args.post)
        try:
            writer.remove_post(row.post.id)
        except NotFoundError as error:
            raise UserError(
                words.text("Number {id} came from the network: it is not removed here", id=row.post.id),
                words.text("Say what it is not about: smm post mark {id} --topic T --not", id=row.post.id),
            ) from error
        judge(writer, [row.post.account_id], ctx.now())
    if not args.json:
        ctx.say(words.text("Taken back:"))
    _show(ctx, [row], ctx.now().astimezone(ctx.zone).date(), as_json=args.json, one=True)
    return Exit.OK


def _found(ctx: Context, reader: Reader, wanted: str) -> PostRow:
    """The post of a number or a link."""
    from store.values import Filter

    number = wanted.removeprefix("#")
    if number.isascii() and number.isdigit():
        for row in reader.posts(Filter()):
            if str(row.post.id) == number.lstrip("0"):
                return row
    else:
        link, network_id = _linked(ctx, wanted)
        for row in reader.posts(Filter(network=link.network if link else None)):
            if link and row.post.network_id == network_id and _is_of(row, link):
                return row
    text = ctx.words.text
    raise UserError(text("There is no post «{name}»", name=wanted), text("See the posts: smm post list"))


def _is_of(row: PostRow, link: Link) -> bool:
    if link.network_id is not None and row.account_id is not None:
        return row.account_id == link.network_id
    return row.account.casefold() == link.handle.casefold()


def _show(ctx: Context, rows: list[PostRow], today: date, *, as_json: bool, one: bool = False) -> None:
    from reports.tables import post_record

    if as_json:
        records = [{"id": row.post.id, "day": row.post.day, **post_record(row)} for row in rows]
        ctx.write_json(records[0] if one else records)
        return
    from cli.output import table
    from wording.content import post_kind_word, post_state_word

    text = ctx.words.text
    headers = [
        text("No."), text("day"), text("client"), text("account"), text("what"), text("state"),
        text("topics"), text("views"), text("text"),
    ]  # fmt: skip
    cells = [
        (
            str(row.post.id),
            ctx.words.day(row.post.day, today),
            row.client,
            f"{row.network}:{row.account}",
            post_kind_word(ctx.words, row.post.kind),
            post_state_word(ctx.words, row.post.state),
            ", ".join(row.post.topics) or "—",
            ctx.words.number(row.post.figures["views"]) if "views" in row.post.figures else "—",
            _beginning(row.post.text or row.post.url),
        )
        for row in rows
    ]
    ctx.write(table(headers, cells, right={0, 7}))


def _beginning(text: str, limit: int = 40) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
