"""The one way to work beside the screen.

The rule: work on the store happens in a thread that opens its own reader or writer and gives back a
message; it never touches a widget. The message goes to the node that asked. A failure goes to the
app, which alone turns it into a notification.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.message import Message
    from textual.worker import Worker


def start_job(
    node: DOMNode, work: Callable[[], Message | None], *, group: str, description: str
) -> Worker[None]:
    """Run `work` in a thread and post its message to `node`; a newer job of the group replaces it."""

    def run() -> None:
        message = work()
        if message is not None and not get_current_worker().is_cancelled:
            node.post_message(message)

    return node.app.run_worker(
        run,
        name=group,
        group=group,
        description=description,
        exclusive=True,
        thread=True,
        exit_on_error=False,
    )
