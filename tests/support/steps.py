"""How much work something is, the same on a busy machine as on an idle one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import process_time
from types import FrameType

#: The longest that a text made to hang the program may take, in seconds of the processor: it takes a
#: tenth of a second. Patterns that try every way through a text are seen here only, they count as one call.
HANGS = 5.0


def steps_of(work: Callable[[], object]) -> int:
    """How many calls the work makes, of Python's and of built-in functions. It must not hang."""
    calls = 0

    def count(_frame: FrameType, event: str, _what: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before, began = sys.getprofile(), process_time()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    assert process_time() - began < HANGS
    return calls
