"""Who looks at another country goes on looking at it after an answer; nothing else can be put into an address that way."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from courses.models import LessonPage
from courses.pieces import Piece, pieces_of
from learning.models import Enrolment
from tests.factories.countries import EntryFactory
from tests.factories.practice import example, put_into

pytestmark = pytest.mark.django_db
HOSTILE = [
    "XX",
    "de",
    "ZZ",
    "",
    '"><script>alert(1)</script>',
    "DE\r\nSet-Cookie: a=b",
    "DE&x=1",
    "//evil.example",
    "\x00",
    "DE" * 5000,
]
KEPT = '<input type="hidden" name="country" value="DE">'


@pytest.fixture
def lesson(lessons: list[LessonPage]) -> LessonPage:
    put_into(lessons[0], example("national"), example("poll"), example("question"), example("scenario"), example("case_file"))
    EntryFactory()
    EntryFactory(country="DE")
    return lessons[0]


@pytest.fixture
def enrolled(learner: User, course, client_for: Callable[[User], Client]) -> Client:
    Enrolment.objects.create(user=learner, course_key=course.translation_key)
    return client_for(learner)


def piece_of(lesson: LessonPage, name: str) -> Piece:
    return next(piece for piece in pieces_of(lesson) if piece.name == name)


def post(client: Client, lesson: LessonPage, name: str, country: str | None = "DE", *, wrong: bool = False, script: bool = False):
    """Answer the block ``name``, with no answer where it is ``wrong``, as from a page that shows ``country``."""
    piece = piece_of(lesson, name)
    form = piece.block.form(piece.material, prefix=piece.prefix)
    field = next(iter(form.fields))
    first = next(iter(form.fields[field].choices))[0]
    data = {} if wrong else {f"{piece.prefix}-{field}": str(first)}
    headers = {"HX-Request": "true"} if script else {}
    address = reverse("learning:practice", args=[lesson.translation_key, piece.ident])
    return client.post(address, data if country is None else {**data, "country": country}, headers=headers)


def test_every_form_of_the_page_brings_the_country_along(enrolled: Client, client: Client, lesson: LessonPage) -> None:
    for reader in (enrolled, client):
        assert reader.get(lesson.url, {"country": "DE"}).content.decode().count(KEPT) == 4
        assert 'name="country" value' not in reader.get(lesson.url).content.decode(), "it was remembered for others"


@pytest.mark.parametrize("name", ["poll", "question"])
def test_answer_leads_back_to_the_country(enrolled: Client, lesson: LessonPage, name: str) -> None:
    response = post(enrolled, lesson, name)
    assert response.status_code == 303
    assert response.url == f"{lesson.url}?country=DE#p-{piece_of(lesson, name).ident}-news"
    page = enrolled.get(response.url).content.decode()
    assert "Rule of DE" in page and "Rule of BE" not in page


def test_place_of_a_story_and_the_country_share_the_address(enrolled: Client, lesson: LessonPage) -> None:
    piece = piece_of(lesson, "scenario")
    wanted = f"{lesson.url}?country=DE&{piece.prefix}=1#b-{piece.ident}"
    assert post(enrolled, lesson, "scenario", script=True)["HX-Push-Url"] == wanted
    response = post(enrolled, lesson, "scenario")
    assert response.url == wanted
    page = enrolled.get(response.url).content.decode()
    assert "Rule of DE" in page and "The man protests." in page
    page = enrolled.get(lesson.url, {"country": "DE"}).content.decode()
    assert f'href="?country=DE&amp;{piece.prefix}=1#b-{piece.ident}"' in page


def test_whole_file_opens_and_closes_in_the_country(client: Client, lesson: LessonPage) -> None:
    piece = piece_of(lesson, "case_file")
    page = client.get(lesson.url, {"country": "DE"}).content.decode()
    assert f'href="{lesson.url}?country=DE&amp;{piece.prefix}=all#b-{piece.ident}"' in page
    page = client.get(lesson.url, {"country": "DE", piece.prefix: "all"}).content.decode()
    assert f'href="{lesson.url}?country=DE#b-{piece.ident}"' in page


def test_errors_and_what_nobody_keeps_stand_in_the_country(client: Client, enrolled: Client, lesson: LessonPage) -> None:
    for reader, wrong, status in [(enrolled, True, 422), (client, True, 422), (client, False, 200)]:
        response = post(reader, lesson, "question", wrong=wrong)
        page = response.content.decode()
        assert response.status_code == status
        assert "Rule of DE" in page and "Rule of BE" not in page and page.count(KEPT) == 4
        assert f'action="{lesson.url}#' in page, "the choice of a country leads to the lesson"


@pytest.mark.parametrize(("wrong", "status"), [(True, 422), (False, 200)])
def test_block_that_a_script_puts_in_place_brings_it_along(client: Client, lesson: LessonPage, wrong: bool, status: int) -> None:
    response = post(client, lesson, "question", wrong=wrong, script=True)
    assert response.status_code == status and KEPT in response.content.decode()
    assert "HX-Push-Url" not in response
    assert KEPT not in post(client, lesson, "question", None, wrong=wrong, script=True).content.decode()


def test_part_behind_a_gate_opens_in_the_country(enrolled: Client, lessons: list[LessonPage]) -> None:
    put_into(lessons[0], example("question"), example("gate"), example("national"))
    EntryFactory()
    EntryFactory(country="DE")
    page = post(enrolled, lessons[0], "question", script=True).content.decode()
    assert "Rule of DE" in page and "Rule of BE" not in page


def test_link_that_opens_a_gate_leads_to_the_country(client: Client, lessons: list[LessonPage]) -> None:
    _question, gate, _box = put_into(lessons[0], example("question"), example("gate"), example("national"))
    opens = f'href="{lessons[0].url}?country=DE&amp;b{gate[:8]}=open#b-{gate}"'
    assert opens in client.get(lessons[0].url, {"country": "DE"}).content.decode()
    for country in ("", "XX"):
        assert f'href="{lessons[0].url}?b{gate[:8]}=open' in client.get(lessons[0].url, {"country": country}).content.decode()


def test_who_was_signed_out_goes_on_in_the_country(client: Client, lessons: list[LessonPage]) -> None:
    put_into(lessons[1], example("question"))
    assert KEPT in post(client, lessons[1], "question").content.decode()
    assert 'name="country" value' not in post(client, lessons[1], "question", "XX").content.decode()


@pytest.mark.parametrize("country", HOSTILE)
def test_what_is_no_country_of_ours_goes_nowhere(client: Client, enrolled: Client, lesson: LessonPage, country: str) -> None:
    assert post(enrolled, lesson, "question", country).url == f"{lesson.url}#p-{piece_of(lesson, 'question').ident}-news"
    for script in (True, False):
        page = post(client, lesson, "question", country, wrong=True, script=script).content.decode()
        assert 'name="country" value' not in page and "alert(1)" not in page
    page = client.get(lesson.url, {"country": country}).content.decode()
    assert 'name="country" value' not in page and "alert(1)" not in page
