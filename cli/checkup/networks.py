"""What `smm doctor` looks at in the networks: tokens and plug-ins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from cli.checkup.run import Finding, Health
from cli.secrets import SecretError

if TYPE_CHECKING:
    from cli.context import Context
    from cli.hangers import Hanger


def check_tokens(ctx: Context, hanging: Mapping[str, Sequence[Hanger]], *, online: bool) -> Iterator[Finding]:
    """Whether each secret can be had and, `online`, whether its network accepts it."""
    from cli.online import check_tokens as call_with

    readable = []
    for name in ctx.config.tokens:
        try:
            ctx.secrets.token(name)
        except SecretError as error:
            yield Finding(f"token {name}", Health.FAIL, error.message, error.next_step)
        else:
            readable.append(name)
    text = ctx.words.text
    if not online:
        for name in readable:
            message = text("Token «{name}»: the secret is there; the network was not asked", name=name)
            yield Finding(f"token {name}", Health.OK, message)
        return
    for found in call_with(ctx, readable, hanging):
        status = Health.OK if found.ok else (Health.FAIL if found.refused else Health.WARN)
        message = text("Token «{name}»: {answer}", name=found.name, answer=found.answer)
        if not found.ok and _is_named(found.name, found.answer):
            message = found.answer
        yield Finding(f"token {found.name}", status, message, found.next_step or None)


def _is_named(name: str, sentence: str) -> bool:
    """Whether the sentence names the token itself, as most troubles of tokens do."""
    return re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", sentence) is not None


def check_plugins(ctx: Context) -> Iterator[Finding]:
    """Connectors of third parties that cannot be used."""
    from connectors.registry import NETWORKS, load, plugins
    from wording.troubles import trouble_sentence

    foreign = [plugin.name for plugin in plugins() if plugin.name not in NETWORKS]
    classes, troubles = load(foreign)
    for name in classes:
        yield Finding(
            f"connector {name}", Health.OK, ctx.words.text("Connector «{name}» is there", name=name)
        )
    for name, trouble in troubles.items():
        sentence = trouble_sentence(ctx.words, trouble.kind, trouble.code, trouble.detail, trouble.facts)
        yield Finding(f"connector {name}", Health.WARN, sentence.message, sentence.next_step)
