"""What the client says of an address, asked of a real server; and that it never speaks to a machine that is not public."""

import pytest

from courses.linking.client import HOPS, is_public, look_at
from courses.linking.models import Link

from .conftest import Web

State = Link.State


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, State.FINE), (204, State.FINE), (403, State.FINE), (429, State.FINE), (404, State.GONE), (410, State.GONE),
        (401, State.LOGIN), (500, State.AWAY), (503, State.AWAY),
    ],
)  # fmt: skip
def test_an_answer_is_judged(web: Web, status: int, state: str) -> None:
    web.answers["/page?a=1"] = (status, "")
    verdict = look_at(f"{web.url}/page?a=1#part")
    assert (verdict.state, verdict.code) == (state, status)
    assert web.asked[0] == "HEAD /page?a=1"
    assert all("LinkCheck" in agent and "http" in agent for agent in web.agents)


def test_a_server_that_knows_no_head_is_asked_again(web: Web) -> None:
    web.no_head = True
    web.answers["/page"] = (200, "")
    assert look_at(f"{web.url}/page").state == State.FINE
    assert web.asked == ["HEAD /page", "GET /page"]


def test_redirects_are_followed_to_their_end(web: Web) -> None:
    web.answers |= {"/old": (301, "/new"), "/new": (302, f"{web.url}/newest"), "/newest": (200, "")}
    assert look_at(f"{web.url}/old").state == State.FINE
    web.answers["/newest"] = (404, "")
    assert look_at(f"{web.url}/old").state == State.GONE
    web.answers["/newest"] = (302, "/old")
    web.asked.clear()
    assert look_at(f"{web.url}/old").state == State.AWAY
    assert len(web.asked) == HOPS + 1


def test_a_page_that_sends_to_a_sign_in_is_told(web: Web) -> None:
    web.answers |= {"/members": (302, "/login?next=/members"), "/login?next=/members": (200, "")}
    web.answers["/blogging-in-2026"] = (200, "")
    assert look_at(f"{web.url}/members").state == State.LOGIN
    assert look_at(f"{web.url}/login?next=/members").state == State.FINE
    assert look_at(f"{web.url}/blogging-in-2026").state == State.FINE


def test_a_server_that_is_away_or_speaks_no_http(web: Web, inner: Web, impatient: None, settings) -> None:
    web.answers["/"] = (0, "")
    assert look_at(web.url).state == State.AWAY
    assert look_at("http://no-such-name.invalid/").state == State.AWAY


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://10.0.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/",
        "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[fe80::1]/", "http://0.0.0.0/", "http://2130706433/",
        "http://0x7f.1/", "http://100.64.0.1/", "http://224.0.0.1/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/",
        "http://8.8.8.8:22/", "http://somebody:secret@8.8.8.8/", "ftp://8.8.8.8/", "file:///etc/passwd", "http://[broken/",
        "http://8.8.8.8:99999/", "https:///nothing",
    ],
)  # fmt: skip
def test_what_is_not_the_public_web_is_refused(url: str) -> None:
    assert look_at(url).state == State.REFUSED


@pytest.mark.parametrize("place", ["{inner}/", "file:///etc/passwd", "//127.0.0.1:1/", "ftp://127.0.0.1/"])
def test_no_redirect_leads_into_our_network(web: Web, inner: Web, place: str) -> None:
    web.answers["/"] = (302, place.format(inner=inner.url))
    assert look_at(web.url).state == State.REFUSED
    assert look_at(f"{inner.url}/").state == State.REFUSED


def test_addresses_of_the_public_internet_may_be_asked() -> None:
    assert is_public("8.8.8.8") and is_public("2001:4860:4860::8888")
