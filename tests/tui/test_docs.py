"""The key tables of the docs are those of the commands."""

from __future__ import annotations

import pytest

from tui.keytable import DOCS, PAGES, with_table
from wording.words import Words


@pytest.mark.parametrize("lang", PAGES)
def test_the_key_table_is_up_to_date(lang: str) -> None:
    page = (DOCS / PAGES[lang]).read_text("utf-8")
    assert with_table(page, Words(lang)) == page, "run: python -m tui.keytable"
