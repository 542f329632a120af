"""Reading JSON piece by piece: a document of any length in the memory of its largest piece.

The pieces themselves are read by the scanner of the standard library; what is walked here is what
stands around them. A piece has a size that it must not exceed, so a hostile file costs no memory.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from connectors.files.troubles import FileTroubleError

#: No message of a chat comes near this many characters.
MOST_PIECE = 4 << 20
_CHUNK = 1 << 18
_SPACE = re.compile(r"[ \t\r\n]*")
_OF_NUMBER = re.compile(r"[-+.0-9eE]*")
_MARK = re.compile(r'["{}\[\]]')
_IN_STRING = re.compile(r'[^"\\]*(?:\\.[^"\\]*)*', re.DOTALL)
_DECODER = json.JSONDecoder()


class JsonStream:
    """A document that is read once, from its beginning to its end.

    Whoever walks `members` or `elements` takes each value, by `value`, by `skip` or by walking it.
    All methods raise FileTroubleError: `file.broken_json`, `file.json_piece`, `file.encoding`.
    """

    def __init__(self, file: BinaryIO, path: str, most_piece: int = MOST_PIECE) -> None:
        self._file = file
        self._path = path
        self._most = most_piece
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._text = ""
        self._at = 0
        self._ended = False

    def peek(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            found = _SPACE.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def value(self) -> Any:  # noqa: ANN401 - whatever the document holds
        """The next value, whole."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except (ValueError, RecursionError) as error:  # also of a number of too many digits
                if isinstance(error, RecursionError) or not self._more():
                    raise self._broken() from error
                continue
            if self._is_whole(end) or not self._more():
                self._at = end
                return value

    def _is_whole(self, end: int) -> bool:
        """Whether a value that ends there does so in the next chunk too: a number may go on."""
        found = _OF_NUMBER.match(self._text, end)
        return found is not None and found.end() < len(self._text)

    def skip(self) -> None:
        """Pass the next value by without holding it."""
        if self.peek() not in {"{", "["}:
            self.value()
            return
        depth = 0
        while True:
            found = _MARK.search(self._text, self._at)
            if found is None:
                self._at = len(self._text)
                self._need_more()
                continue
            self._at = found.end()
            if found[0] == '"':
                self._skip_string()
                continue
            depth += 1 if found[0] in "{[" else -1
            if depth == 0:
                return

    def members(self) -> Iterator[str]:
        """The names of an object, one by one; nothing where the next value is none."""
        if self.peek() != "{":
            self.skip()
            return
        for _ in self._parts("}"):
            name = self.value()
            if not isinstance(name, str) or self.peek() != ":":
                raise self._broken()
            self._at += 1
            yield name

    def elements(self) -> Iterator[None]:
        """Stop at each element of a list; nothing where the next value is none."""
        if self.peek() != "[":
            self.skip()
            return
        yield from self._parts("]")

    def _parts(self, end: str) -> Iterator[None]:
        self._at += 1
        if self.peek() == end:
            self._at += 1
            return
        while True:
            yield
            mark = self.peek()
            if mark not in {end, ","}:
                raise self._broken()
            self._at += 1
            if mark == end:
                return

    def _skip_string(self) -> None:
        while True:
            found = _IN_STRING.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text) and self._text[self._at] == '"':
                self._at += 1
                return
            self._need_more()

    def _need_more(self) -> None:
        if not self._more():
            raise self._broken()

    def _more(self) -> bool:
        """Read on, what was taken dropped; False where nothing is left."""
        if self._ended:
            return False
        chunk = self._file.read(_CHUNK)
        self._ended = not chunk
        try:
            text = self._decoder.decode(chunk, final=self._ended)
        except UnicodeDecodeError as error:
            raise FileTroubleError("file.encoding", path=self._path) from error
        self._text = self._text[self._at :] + text
        self._at = 0
        if len(self._text) > self._most + _CHUNK:
            raise FileTroubleError("file.json_piece", path=self._path)
        return not self._ended or bool(text)

    def _broken(self) -> FileTroubleError:
        return FileTroubleError("file.broken_json", path=self._path)
