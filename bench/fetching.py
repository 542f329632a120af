"""A child of the bench: `python -m bench.fetching FILE` sends recorded requests and decodes the answers.

It is what any program would have to do for the same accounts: each request goes to the same fake once more,
ten at a time, JSON is decoded and pages are parsed. Nothing is paced, checked, retried or kept.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import httpx

CONNECTIONS = 10


async def _all(recorded: list[dict[str, Any]]) -> None:
    limits = httpx.Limits(max_connections=CONNECTIONS)
    async with httpx.AsyncClient(limits=limits, trust_env=False, timeout=60) as client:
        waiting = iter(recorded)

        async def sender() -> None:
            for request in waiting:
                answer = await client.request(
                    request["verb"],
                    request["url"],
                    params=request["query"],
                    data=request["form"] or None,
                    headers=request["headers"],
                )
                _decode(answer)

        await asyncio.gather(*(sender() for _ in range(CONNECTIONS)))


def _decode(answer: httpx.Response) -> None:
    if "json" in answer.headers.get("content-type", ""):
        json.loads(answer.content)
    else:
        from selectolax.lexbor import LexborHTMLParser

        LexborHTMLParser(answer.text)


if __name__ == "__main__":
    asyncio.run(_all(json.loads(Path(sys.argv[1]).read_text("utf-8"))))
