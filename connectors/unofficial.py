"""What connectors of public pages' own JSON share: nobody promises it, so a change must be told as one.

The shapes were seen in public programs, they are documented nowhere and may change any day; an account
that cannot be read for that says so, and an import of a file is offered instead.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from connectors.base import ConnectorError, Trouble, TroubleKind
from connectors.http import CallOptions, Http

#: Codes of `connectors.http` that mean another page than the one that was asked for.
_ANOTHER_PAGE = frozenset({"http.not_json", "http.redirect"})


async def get_object(
    network: str,
    http: Http,
    url: str,
    *,
    options: CallOptions,
    params: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
    handle: str = "",
) -> dict[str, Any]:
    """The JSON object at `url`.

    Raises:
        ConnectorError: `NETWORK.not_found` for what is not there, `NETWORK.wall` where a page for people
            (a login, a captcha) comes instead, or one of `http.*`.
    """
    try:
        return await http.get_json(url, params=params, headers=headers, options=options)
    except ConnectorError as error:
        trouble = error.trouble
    if trouble.code in _ANOTHER_PAGE or trouble.facts.get("status") in {"401", "403"}:
        raise ConnectorError(replace(trouble, kind=TroubleKind.RETRY, code=f"{network}.wall"))
    if trouble.facts.get("status") in {"404", "410"}:
        raise ConnectorError(Trouble(TroubleKind.SKIP, f"{network}.not_found", facts={"handle": handle}))
    raise ConnectorError(trouble)


def changed(network: str, where: str) -> ConnectorError:
    """The error of an answer that is built in another way than it used to be; `where` names the place."""
    return ConnectorError(Trouble(TroubleKind.RETRY, f"{network}.changed", where))
