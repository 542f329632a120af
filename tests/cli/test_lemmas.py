"""Dictionary forms: those of a word come to one, of loanwords too, and nothing is loaded before its time."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version

import pytest

from cli.topic.lemmas import LEMMATIZER_VERSION, is_known, lemmatize


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("скидка", "скидка скидки скидке скидку скидкой скидок скидкам скидками скидках Скидок"),
        ("старый", "старый старого старой старую старые старых старыми старая"),
        ("свежий", "свежая свежей свежую свежие"),
        ("доставить", "доставим доставили доставлена доставлен"),
        ("слэб", "слэб слэба слэбу слэбом слэбе слэбы слэбов слэбам слэбами слэбах"),
        ("сейл", "сейл сейла сейлу сейле сейлом сейлы"),
        ("вебинар", "вебинар вебинара вебинаре вебинаром вебинары вебинаров"),
        ("доставочка", "доставочка доставочки доставочку"),
    ],
)
def test_the_forms_of_a_word_come_together(lemma: str, forms: str) -> None:
    assert {lemmatize(form) for form in forms.split()} == {lemma}


def test_a_noun_is_its_own_dictionary_form() -> None:
    assert [lemmatize(word) for word in ("йога", "банка", "партия")] == ["йога", "банк", "партия"]


@pytest.mark.parametrize("word", ["", "-", "123", "sale", "🔥", "ё" * 40, "\x00", "𗀀", "ёлка1"])
def test_anything_has_a_form(word: str) -> None:
    assert lemmatize(word) == word


def test_a_word_of_the_dictionary_is_known_in_any_form_and_without_its_dots() -> None:
    assert all(map(is_known, ("доставать", "привезем", "привезём", "Реакция")))
    assert not any(map(is_known, ("дотсавка", "абонимент", "слэб")))


def test_the_version_names_the_package_and_its_dictionary() -> None:
    assert version("pymorphy3") in LEMMATIZER_VERSION
    assert version("pymorphy3-dicts-ru") in LEMMATIZER_VERSION


def test_the_dictionary_is_loaded_at_the_first_word() -> None:
    probe = (
        "import sys, cli.topic.lemmas as lemmas; assert 'pymorphy3' not in sys.modules;"
        "lemmas.lemmatize('слово'); assert 'pymorphy3' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", probe], check=True)


def test_a_word_is_looked_up_once() -> None:
    lemmatize("однажды")
    before = lemmatize.cache_info().hits
    lemmatize("однажды")
    assert lemmatize.cache_info().hits == before + 1
