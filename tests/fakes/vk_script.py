"""`execute` of the one form that is allowed: `var wN=API.section.method({JSON});` and `return [...];`.

Everything else is a compile error. In the returned list stand JSON literals, wN, and chains of
`.field` and `@.field` on them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

_CALL = re.compile(r"\s*var\s+w(\d+)\s*=\s*API\.([a-zA-Z]+)\.([a-zA-Z]+)\(")
_RETURN = re.compile(r"\s*return\s*\[")
_NAME = re.compile(r"w(\d+)")
_STEP = re.compile(r"(@?)\.([a-zA-Z_]\w*)")
_decoder = json.JSONDecoder()


class ScriptError(Exception):
    """Code that is not of the form."""


@dataclass(frozen=True, slots=True)
class Chain:
    """A value of the list: a literal (`variable` None), or a variable with steps (for each?, field)."""

    variable: int | None
    literal: object = None
    steps: tuple[tuple[bool, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Script:
    """A parsed script; `operations` is what it costs."""

    calls: tuple[tuple[str, dict[str, object]], ...]
    wanted: tuple[Chain, ...]

    @property
    def operations(self) -> int:
        """One for each call, parameter, variable and step."""
        of_calls = sum(3 + len(params) for _method, params in self.calls)
        return of_calls + sum(1 + len(chain.steps) for chain in self.wanted)


def parse_script(code: str) -> Script:
    """Read a script. Raises ScriptError."""
    calls: list[tuple[str, dict[str, object]]] = []
    at = 0
    while found := _CALL.match(code, at):
        if int(found[1]) != len(calls):
            raise ScriptError(f"w{found[1]} stands where w{len(calls)} belongs")
        params, at = _json_at(code, found.end())
        if not isinstance(params, dict) or not code.startswith(");", at):
            raise ScriptError(f"a call takes one object, at {at}")
        at += 2
        calls.append((f"{found[2]}.{found[3]}", params))
    found = _RETURN.match(code, at)
    if found is None:
        raise ScriptError(f"neither a call nor a return at {at}: {code[at : at + 30]!r}")
    wanted, at = _wanted(code, found.end(), len(calls))
    if not re.fullmatch(r"\s*;\s*", code[at:]):
        raise ScriptError("something after the return")
    return Script(tuple(calls), tuple(wanted))


def _wanted(code: str, at: int, variables: int) -> tuple[list[Chain], int]:
    wanted: list[Chain] = []
    while True:
        if found := _NAME.match(code, at):
            if int(found[1]) >= variables:
                raise ScriptError(f"w{found[1]} is not defined")
            at = found.end()
            steps = []
            while step := _STEP.match(code, at):
                steps.append((bool(step[1]), step[2]))
                at = step.end()
            wanted.append(Chain(int(found[1]), steps=tuple(steps)))
        else:
            literal, at = _json_at(code, at)
            wanted.append(Chain(None, literal))
        mark = code[at : at + 1]
        at += 1
        if mark == "]":
            return wanted, at
        if mark != ",":
            raise ScriptError(f"neither a comma nor the end of the list at {at}")


def _json_at(code: str, at: int) -> tuple[object, int]:
    try:
        return _decoder.raw_decode(code, at)
    except ValueError as error:
        raise ScriptError(f"no JSON at {at}") from error


def run_script(script: Script, values: Sequence[object]) -> list[object]:
    """The returned list for the answers of the calls."""
    return [
        chain.literal if chain.variable is None else _walk(values[chain.variable], chain.steps)
        for chain in script.wanted
    ]


def _walk(value: object, steps: Sequence[tuple[bool, str]]) -> object:
    for each, name in steps:
        if each:
            value = [_field(item, name) for item in value] if isinstance(value, list) else None
        else:
            value = _field(value, name)
    return value


def _field(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, dict) else None
