"""Answers judged by an OpenAPI document, whose dialect differs from JSON Schema in a few words."""

from __future__ import annotations

from typing import Any

from jsonschema import Draft202012Validator


class OpenApi:
    """The schemas of a document; `faults` says what of a value does not agree with one."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._components = {"schemas": _plain(document["components"]["schemas"])}

    def faults(self, name: str, value: object) -> list[str]:
        """What is wrong with a value that should be a `name`; empty where it is one."""
        schema = {"$ref": f"#/components/schemas/{name}", "components": self._components}
        errors = Draft202012Validator(schema).iter_errors(value)
        return [f"{'/'.join(map(str, error.path))}: {error.message}" for error in errors]


def _plain(node: Any) -> Any:  # noqa: ANN401 - a document of plain values
    """JSON Schema out of OpenAPI 3.0: what may be null says so, and a property's own `required` goes."""
    if isinstance(node, list):
        return [_plain(each) for each in node]
    if not isinstance(node, dict):
        return node
    left_out = {"nullable", "discriminator", "readOnly", "example", "format"}
    made = {name: _plain(value) for name, value in node.items() if name not in left_out}
    if isinstance(made.get("required"), bool):
        del made["required"]
    return {"anyOf": [made, {"type": "null"}]} if node.get("nullable") is True else made
