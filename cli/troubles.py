"""A trouble of a link, a file or a network, as the error that ends a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.exits import Exit, UserError

if TYPE_CHECKING:
    from connectors.base import ConnectorError
    from wording.words import Words


def user_error(words: Words, error: ConnectorError, code: Exit = Exit.USAGE) -> UserError:
    """The trouble in words, with the next step."""
    from wording.troubles import trouble_sentence

    trouble = error.trouble
    return UserError(
        *trouble_sentence(words, trouble.kind, trouble.code, trouble.detail, trouble.facts), code
    )
