"""Reads the settings: one TOML file, with all its problems at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cli.config.values import Config, ConfigError, Problem
from wording.words import mark

if TYPE_CHECKING:
    from wording.words import Words

_MAX_BYTES = 1_000_000


def load_config(path: Path, *, required: bool, language: Callable[[], str]) -> Config:
    """Read the settings.

    Args:
        path: the TOML file, UTF-8 with or without a byte-order mark, at most 1 MB.
        required: a missing file is an error; otherwise it means the defaults.
        language: the language of the errors where the file does not name one.

    Raises:
        ConfigError: with all problems, each naming the file, the key and what is expected.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        if not required:
            return Config(path)
        words = _words(language())
        step = words.text("Make one with: smm init, or name another file with --config")
        raise ConfigError(
            [Problem(str(path), "", words.text("there is no such file"))], step, words
        ) from None
    except OSError as error:
        from wording.details import in_brackets

        words = _words(language())
        text = words.text("cannot be read") + in_brackets(words, error.strerror or str(error))
        step = words.text("Name another file with --config")
        raise ConfigError([Problem(str(path), "", text)], step, words) from error
    return parse_config(raw, path, language)


def parse_config(raw: bytes, path: Path, language: Callable[[], str]) -> Config:
    """Read the settings out of the file's bytes. Raises ConfigError with all problems."""
    import tomllib

    told = _told_language(raw) or language
    if len(raw) > _MAX_BYTES:
        raise _of_file(path, told, mark("larger than 1 MB: this is no file of settings"))
    try:
        tree = tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _of_file(path, told, mark("not in UTF-8: save the file as UTF-8")) from None
    except RecursionError:
        raise _of_file(path, told, mark("nested too deeply")) from None
    except tomllib.TOMLDecodeError as error:
        from cli.config.check import syntax_problem

        words = _words(told())
        found = syntax_problem(str(path), raw.decode("utf-8-sig"), str(error), words)
        raise ConfigError([found], _mend(words), words) from None
    return _checked(tree, path, language)


def _checked(tree: dict[str, object], path: Path, language: Callable[[], str]) -> Config:
    from cli.config.check import Check

    general = tree.get("general")
    named = general.get("language") if isinstance(general, dict) else None
    check = Check(str(path), lambda: _words(named if named in {"ru", "en"} else language()))
    config = check.config(tree, path)
    if check.problems:
        raise ConfigError(check.problems, _mend(check.words), check.words)
    return config


def _mend(words: Words) -> str:
    return words.text("Mend the file: every setting stands with an example in config.example.toml")


def _of_file(path: Path, language: Callable[[], str], message: str) -> ConfigError:
    words = _words(language())
    return ConfigError([Problem(str(path), "", words.text(message))], _mend(words), words)


def _told_language(raw: bytes) -> Callable[[], str] | None:
    """The language that a file names which cannot be read as a whole; None where it names none."""
    import re

    for encoding in ("utf-8", "utf-16"):
        text = raw[:_MAX_BYTES].decode(encoding, "replace")
        found = re.search(r"^\s*(?:general\s*\.\s*)?language\s*=\s*([\"'])(ru|en)\1", text, re.MULTILINE)
        if found:
            lang = found[2]
            return lambda: lang
    return None


def _words(lang: str) -> Words:
    from wording.words import Words

    return Words(lang)
