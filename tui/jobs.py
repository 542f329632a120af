"""The one way to work beside the screen.

The rule: work on the store happens in a thread that opens its own reader or writer and gives back a
message; it never touches a widget. The message goes to the node that asked. A failure goes to the
app, which alone turns it into a notification.

Leaving the program waits for no thread that only reads: it is dropped where it stands, and a store
that was being written to is as it was before. What a person has asked to be written is waited for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from threading import Thread
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from textual.app import App
    from textual.dom import DOMNode
    from textual.message import Message
    from textual.worker import Worker

    from tui.services import ExitState

#: So many jobs run at once; the others wait, and one that was replaced meanwhile never begins.
_AT_ONCE = 6

_slots: WeakKeyDictionary[App[ExitState], asyncio.Semaphore] = WeakKeyDictionary()


def start_job(
    node: DOMNode, work: Callable[[], Message | None], *, group: str, description: str, writes: bool = False
) -> Worker[None]:
    """Run `work` in a thread and post its message to `node`; a newer job of the group replaces it.

    `writes` says that somebody has asked for it to be written: leaving the program waits for its end.
    """
    slots = _slots.setdefault(node.app, asyncio.Semaphore(_AT_ONCE))

    async def run() -> None:
        await slots.acquire()
        message = await _in_thread(work, slots, name=group, daemon=not writes)
        if message is not None:
            node.post_message(message)

    return node.app.run_worker(
        run,
        name=group,
        group=group,
        description=description,
        exclusive=True,
        exit_on_error=False,
    )


def _in_thread(
    work: Callable[[], Message | None], slots: asyncio.Semaphore, *, name: str, daemon: bool
) -> asyncio.Future[Message | None]:
    """Start a thread; what it gives back or raises. The slot is free again when the thread has ended."""
    loop = asyncio.get_running_loop()
    result: asyncio.Future[Message | None] = loop.create_future()
    context = copy_context()

    def end(message: Message | None, error: BaseException | None) -> None:
        slots.release()
        if result.cancelled():
            return
        if error is None:
            result.set_result(message)
        else:
            result.set_exception(error)

    def run() -> None:
        message, error = None, None
        try:
            message = context.run(work)
        except BaseException as failure:  # noqa: BLE001 - raised again where the job is awaited
            error = failure
        with suppress(RuntimeError):  # the program was left meanwhile: nobody awaits it
            loop.call_soon_threadsafe(end, message, error)

    Thread(target=run, name=name, daemon=daemon).start()
    return result
