"""The screens that a key opens from everywhere, each read when it is first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from goals.model import ClientId
    from tui.screens.work import SectionScreen
    from tui.services import Services

#: Section -> its module under tui.screens and its class; the class is called with the services and
#: the client under the cursor (None: no client is), and reads what it shows by itself.
SECTIONS: dict[str, str] = {
    "today": "today:TodayScreen",
    "warnings": "warnings:WarningsScreen",
    "posts": "posts:PostsScreen",
    "topics": "topics:TopicsScreen",
    "agreement": "agreement:AgreementScreen",
    "checkin": "checkin:CheckInScreen",
    "call": "call:CallScreen",
    "accounts": "accounts:AccountsScreen",
    "own": "own:OwnScreen",
}


def make_section(name: str, services: Services, client_id: ClientId | None) -> SectionScreen:
    """A section's screen. Raises KeyError for an unknown one."""
    module, _, class_name = SECTIONS[name].partition(":")
    make: Callable[[Services, ClientId | None], SectionScreen] = getattr(
        import_module(f"tui.screens.{module}"), class_name
    )
    return make(services, client_id)
