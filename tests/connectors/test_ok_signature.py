"""What calls are signed with: the public vector, another's formula, and tokens that are not well formed."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache

import pytest
from aiookru.session import TokenSession
from hypothesis import given
from hypothesis import strategies as st

from connectors.base import ConnectorError, Secret, TroubleKind
from connectors.ok.credentials import credentials_of, signature
from tests.fakes.ok import ACCESS_TOKEN, APPLICATION_KEY, SESSION_SECRET, OkFake
from tests.support.ok_desk import Desk, group, target, token

WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)


def test_the_public_vector() -> None:
    session_secret = hashlib.md5(b"access tokenapp secret key").hexdigest()
    params = {"method": "users.getCurrentUser", "application_key": "app key"}
    assert signature(params, session_secret) == "8a41a73bcef600b6a3464158b2059549"


@cache
def others() -> TokenSession:
    """The same token in another's hands."""
    return TokenSession(ACCESS_TOKEN, APPLICATION_KEY, SESSION_SECRET)


@given(st.dictionaries(WORDS, WORDS, max_size=6))
def test_it_is_the_formula_of_others(params: dict[str, str]) -> None:
    assert signature(params, SESSION_SECRET) == others().sign_params(params)


async def test_what_is_sent_is_what_others_would_send(fake_ok: OkFake) -> None:
    fake_ok.add(group())
    await Desk(fake_ok).read(target())
    for sent in fake_ok.calls():
        params = {name: value for name, value in sent.items() if name not in {"sig", "access_token"}}
        assert sent["sig"] == others().sign_params(params)
        assert sent["access_token"] == ACCESS_TOKEN
    assert {request.verb for request in fake_ok.requests} == {"POST"}  # no secret stands in an address
    assert all(not request.query for request in fake_ok.requests)


def test_an_access_token_may_hold_a_colon() -> None:
    credentials = credentials_of(token(access="tkn1abc:CBAKEY", secret=SESSION_SECRET))
    assert credentials.access_token.reveal() == "tkn1abc:CBAKEY"
    assert credentials.session_secret.reveal() == SESSION_SECRET
    assert credentials.hidden_in(f"bad tkn1abc:CBAKEY and {SESSION_SECRET}") == "bad *** and ***"
    assert SESSION_SECRET not in repr(credentials)


@pytest.mark.parametrize(
    "secret", ["tkn1abc", "tkn1abc:", f":{SESSION_SECRET}", "tkn1abc:short", "a:b c d e f g h"]
)
def test_a_token_of_another_form_says_how_it_must_be(secret: str) -> None:
    with pytest.raises(ConnectorError) as caught:
        credentials_of(replace(token(), secret=Secret(secret)))
    trouble = caught.value.trouble
    assert (trouble.code, trouble.kind) == ("ok.token_form", TroubleKind.CONFIG)
    assert trouble.facts == {"token": "ok-zerno"}


@pytest.mark.parametrize("params", [{}, {"application_key": "  "}])
def test_a_token_needs_the_key_of_its_application(params: dict[str, str]) -> None:
    with pytest.raises(ConnectorError, match=r"ok\.no_application_key"):
        credentials_of(replace(token(), params=params))
