"""The docs show the pictures that the script draws, and no others."""

from __future__ import annotations

import re
from pathlib import Path

from tools.pictures import FOLDER, MOST_BYTES, PICTURES, main, plain

ROOT = Path(__file__).parent.parent
PAGES = (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))


def test_the_docs_show_what_the_script_draws() -> None:
    shown = {
        (page.parent / link).resolve()
        for page in PAGES
        for link in re.findall(r"!\[[^\]]+\]\(([^)]+\.svg)\)", page.read_text(encoding="utf-8"))
    }
    assert shown == {picture.path for picture in PICTURES} == set(FOLDER.glob("*.svg"))


def test_the_pictures_are_small_and_fetch_nothing() -> None:
    for picture in PICTURES:
        svg = picture.path.read_text(encoding="utf-8")
        assert len(svg.encode()) <= MOST_BYTES
        assert "url(http" not in svg.replace('"', "")
        assert "@font-face" not in svg


def test_words_stand_in_their_cells_without_blanks() -> None:
    piece = '<text class="r1" x="{}" y="5" textLength="{}" clip-path="a">{}</text>'
    svg = piece.format("12.2", "109.8", "&#160;да&#160;&#160;&amp;&#160;3&#160;")
    expected = piece.format("24.4", "24.4", "да") + piece.format("73.2", "36.6", "&amp;&#160;3")
    assert plain(svg) == expected + "\n"


def test_a_picture_that_does_not_exist_is_refused() -> None:
    assert main(["nowhere"]) == 2
