"""The discovery documents of Google's APIs judge the fake, and what the connector asks for."""

from __future__ import annotations

import asyncio
import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from tests.fakes.server import Reply, Request
from tests.fakes.youtube import FakeChannel, Video, YoutubeFake, channel_id, uploads
from tests.support.youtube_desk import NOW, OWNER, Desk, target

Json = Any
RESPONSES = {
    "/youtube/v3/channels": ("youtube.v3", "channels", "list", "ChannelListResponse"),
    "/youtube/v3/playlistItems": ("youtube.v3", "playlistItems", "list", "PlaylistItemListResponse"),
    "/youtube/v3/videos": ("youtube.v3", "videos", "list", "VideoListResponse"),
    "/v2/reports": ("youtubeAnalytics.v2", "reports", "query", "QueryResponse"),
}


@pytest.fixture(scope="module")
def documents() -> dict[str, Json]:
    """The discovery documents, of google-api-python-client or of the contracts beside the checkout."""
    spec = find_spec("googleapiclient")
    installed = [
        Path(place) / "discovery_cache" / "documents"
        for place in (spec and spec.submodule_search_locations) or ()
    ]
    beside = Path(__file__).parents[3] / "shared" / "contracts"
    for folder in (*installed, beside):
        paths = {name: folder / f"{name}.json" for name in ("youtube.v3", "youtubeAnalytics.v2")}
        if all(path.is_file() for path in paths.values()):
            return {name: json.loads(path.read_text("utf-8")) for name, path in paths.items()}
    pytest.skip(
        "SKIPPED LOUDLY: youtube.v3.json is neither in google-api-python-client nor in ../shared/contracts"
    )


def validator(document: Json, name: str) -> Draft202012Validator:
    """A schema of a discovery document as JSON Schema, its objects closed."""
    defs = {key: _schema(schema) for key, schema in document["schemas"].items()}
    return Draft202012Validator({"$defs": defs, "$ref": f"#/$defs/{name}"})


def _schema(node: Json) -> Json:
    if "$ref" in node:
        return {"$ref": f"#/$defs/{node['$ref']}"}
    kind = node.get("type")
    schema: dict[str, Json] = {} if kind in {None, "any"} else {"type": kind}
    if kind == "string" and node.get("format") in {"uint64", "int64"}:
        schema["pattern"] = r"^-?\d+$"
    if "enum" in node:
        schema["enum"] = node["enum"]
    if kind == "object":
        more = node.get("additionalProperties")
        schema["properties"] = {key: _schema(value) for key, value in node.get("properties", {}).items()}
        schema["additionalProperties"] = _schema(more) if more else False
    if kind == "array":
        schema["items"] = _schema(node["items"])
    return schema


class Recording(YoutubeFake):
    """A fake that keeps what it answered."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[Request, Json]] = []

    def respond(self, request: Request) -> Reply:
        reply = super().respond(request)
        with self.lock:
            self.told.append((request, json.loads(reply.body)))
        return reply


@pytest.fixture(scope="module")
def exchange() -> Iterator[list[tuple[Request, Json]]]:
    """Everything that is asked and answered in a reading of two channels."""
    with Recording() as fake:
        live = Video(
            "live0000001", NOW, live="upcoming", streaming={"scheduledStartTime": "2026-12-01T16:00:00Z"}
        )
        days = {NOW.date() - timedelta(days=5): (3, 1)}
        videos = [live, *uploads(60, NOW - timedelta(hours=1))]
        fake.add(FakeChannel(channel_id(1), "fake1", "Зерно", 12_345, videos=videos, days=days))
        fake.add(FakeChannel(channel_id(2), "", "Скрытный", 5, hides_subscribers=True))
        accounts = (target(1), target(2), replace(target(3), network_id=None))
        asyncio.run(Desk(fake).read(*accounts, tokens=(OWNER,)))
        yield fake.told


def test_the_fake_answers_as_the_documents_say(
    documents: dict[str, Json], exchange: list[tuple[Request, Json]]
) -> None:
    seen = set()
    for request, body in exchange:
        if request.path in RESPONSES and "error" not in body:
            document, _resource, _method, name = RESPONSES[request.path]
            validator(documents[document], name).validate(body)
            seen.add(request.path)
    assert seen == set(RESPONSES)


def test_the_connector_asks_as_the_documents_say(
    documents: dict[str, Json], exchange: list[tuple[Request, Json]]
) -> None:
    for request, _body in exchange:
        if request.path == "/token":
            continue
        name, resource, method, _schema_name = RESPONSES[request.path]
        document = documents[name]
        described = document["resources"][resource]["methods"][method]
        assert request.path == f"/{document['servicePath']}{described['path']}"
        assert set(request.query) <= set(described["parameters"])
        required = {key for key, told in described["parameters"].items() if told.get("required")}
        assert required <= set(request.query)
        for key, value in request.query.items():
            limits = described["parameters"][key]
            if "maximum" in limits:
                assert int(limits["minimum"]) <= int(value) <= int(limits["maximum"])


def test_the_documents_refuse_what_is_wrong(
    documents: dict[str, Json], exchange: list[tuple[Request, Json]]
) -> None:
    channels = next(
        body for request, body in exchange if "items" in body and request.path.endswith("/channels")
    )
    judge = validator(documents["youtube.v3"], "ChannelListResponse")
    for name, value in (("subscriberCount", 12), ("subs", "12")):
        broken = copy.deepcopy(channels)
        broken["items"][0]["statistics"][name] = value
        with pytest.raises(ValidationError):
            judge.validate(broken)
