"""Any text in any field: a clear answer, what was typed is still there, and nothing of it acts."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from accounts.models import Organisation, User
from certificates.models import Certificate
from courses.models import CoursePage
from quizzes.models import Quiz
from tests.factories.certificates import issued
from tests.factories.quizzes import begin, question_url

from .words import NASTY, is_harmless

pytestmark = pytest.mark.django_db
CHOICE = {"script", "null"}  # a choice needs no long list: whatever is not offered is refused


@dataclass(frozen=True)
class Form:
    """A form of the site. ``texts`` are the fields in which people write, ``choices`` those in which they choose."""

    client: Client
    url: str
    sane: dict[str, str]
    texts: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    method: str = "post"
    statuses: set[int] = field(default_factory=lambda: {302, 422})

    def send(self, **strange: str):
        return getattr(self.client, self.method)(self.url, {**self.sane, **strange})


@pytest.fixture
def forms(
    client: Client,
    client_for: Callable[[User], Client],
    holder: User,
    due_certificate: Certificate,
    quiz: Quiz,
    issuer: User,
    administrator: User,
    trainer: User,
    course: CoursePage,
) -> dict[str, Form]:
    learner = client_for(holder)
    attempt = begin(learner, quiz)
    admin = {"statuses": {200, 302, 422}}
    place = {"language": "en", "country": "BE", "theme": "light", "next": ""}
    person = {"email": "ana@example.com", "full_name": "Ana", "country": "BE", "occupation": "lawyer", "language": "en"}
    organisation = {"name": "Partner", "slug": "partner", "country": "BE", "website": "", "signatory_name": "A"}
    rows = {f"memberships-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    words_to_find = {"method": "get", "statuses": {200}}
    return {
        "search": Form(client, reverse("home:search"), {"q": ""}, ("q", "page"), **words_to_find),
        "verify": Form(client, reverse("certificates:verify"), {"code": ""}, ("code",), **words_to_find),
        "place": Form(client, reverse("home:place"), place, ("next",), ("language", "country", "theme")),
        "about you": Form(
            learner,
            reverse("accounts:about_you"),
            {"country": "BE", "occupation": "lawyer", "next": ""},
            ("next",),
            ("country", "occupation"),
        ),
        "name": Form(learner, reverse("accounts:name"), {"full_name": "Ana"}, ("full_name",)),
        "certificate": Form(
            learner,
            reverse("certificates:detail", args=[due_certificate.public_id]),
            {"holder_name": "Ana", "language": "en", "preview": "1"},
            ("holder_name",),
            ("language",),
        ),
        "answer": Form(learner, question_url(attempt, 1), {"act": "continue"}, ("act", "version"), ("q-choice",)),
        "report": Form(
            client_for(trainer),
            reverse("learning_report", args=[course.translation_key]),
            {},
            ("q", "p", "export"),
            ("country", "occupation", "organisation", "state"),
            **words_to_find,
        ),
        "desk": Form(
            client_for(issuer), reverse("certificates_desk:index"), {}, ("q", "p"), ("status", "ordering"), **words_to_find
        ),
        "organisation": Form(
            client_for(administrator),
            reverse("organisations:add"),
            organisation | rows,
            ("name", "slug", "website", "signatory_name", "signatory_role"),
            ("country",),
            **admin,
        ),
        "person": Form(
            client_for(administrator), reverse("wagtailusers_users:add"), person, ("email", "full_name"), ("country",), **admin
        ),
        "bank": Form(
            client_for(trainer),
            reverse("wagtailsnippets_quizzes_questionbank:add"),
            {"name": "Bank", "slug": "bank"},
            ("name", "slug"),
            **admin,
        ),
    }


FORMS = [
    "search",
    "verify",
    "place",
    "about you",
    "name",
    "certificate",
    "answer",
    "report",
    "desk",
    "organisation",
    "person",
    "bank",
]


@pytest.mark.parametrize("name", FORMS)
def test_no_text_in_a_field_acts_or_breaks(forms: dict[str, Form], name: str):
    form = forms[name]
    for label in form.texts:
        for what, text in NASTY.items():
            response = form.send(**{label: text})
            html = response.content.decode()
            assert response.status_code in form.statuses, (label, what)
            assert is_harmless(html), (label, what)
            assert response.status_code == 302 or "</html>" in html, (label, what)
            assert "planted" not in response.cookies, (label, what)


@pytest.mark.parametrize("name", FORMS)
def test_a_choice_that_was_not_offered_is_refused(forms: dict[str, Form], name: str):
    form = forms[name]
    for label in form.choices:
        for what in CHOICE:
            response = form.send(**{label: NASTY[what]})
            assert response.status_code in {200, 422}, (label, what)
            assert is_harmless(response.content.decode()), (label, what)


@pytest.mark.parametrize(("name", "label"), [("name", "full_name"), ("certificate", "holder_name")])
@pytest.mark.parametrize("what", ["ten thousand letters", "null"])
def test_what_was_refused_is_still_in_the_field(forms: dict[str, Form], name: str, label: str, what: str):
    response = forms[name].send(**{label: NASTY[what]})
    html = response.content.decode()
    assert response.status_code == 422
    assert "There is a problem" in html
    kept = re.search(rf'name="{label}"[^>]* value="([^"]*)"|value="([^"]*)"[^>]* name="{label}"', html)
    assert escape(NASTY[what]) in kept.groups()


def test_a_refused_choice_is_not_read_out_at_length(forms: dict[str, Form]):
    for name, label in [("about you", "country"), ("about you", "occupation"), ("certificate", "language")]:
        html = forms[name].send(**{label: NASTY["ten thousand letters"]}).content.decode()
        assert NASTY["ten thousand letters"] not in html, (name, label)


@pytest.mark.parametrize("broken", [b"Ann%ED%A0%80b", b"Ann%FF%FEb", b"%", b"%u0041nn", b"Ann\xff"])
def test_bytes_that_are_no_text(forms: dict[str, Form], broken: bytes):
    """Half of a surrogate pair, bytes that are no UTF-8, half an escape: as a browser never sends them."""
    for name, label in [("name", "full_name"), ("certificate", "holder_name")]:
        form = forms[name]
        body = f"{label}=".encode() + broken + b"&language=en&preview=1"
        response = form.client.post(form.url, body, content_type="application/x-www-form-urlencoded")
        assert response.status_code in {302, 422}, (name, broken)
        search = form.client.get(reverse("home:search") + "?q=" + broken.decode("latin-1"))
        assert search.status_code == 200


def test_a_body_that_is_no_form_is_said_to_be_none(forms: dict[str, Form]):
    form = forms["name"]
    for kind in ("multipart/form-data", "multipart/form-data; boundary=", "application/x-www-form-urlencoded; charset=utf-16"):
        response = form.client.post(form.url, b"garbage", content_type=kind)
        assert response.status_code == 400, kind
        assert "We did not understand that" in response.content.decode(), kind


@pytest.mark.parametrize("what", ["script", "attribute", "turned round", "invisible", "right to left", "emoji", "formula"])
def test_a_name_is_text_wherever_it_is_shown(
    client_for, client, template, organisation, trainer, issuer, administrator, what: str, course: CoursePage
):
    """The learner's own pages, the trainer's report, the issuer's desk, the administrator's list, and both downloads."""
    learner = User.objects.create_user("ana@example.org", "correct horse battery", country="BE", occupation="lawyer")
    organisation.memberships.create(user=learner, role="learner")
    browser = client_for(learner)
    browser.post(reverse("accounts:name"), {"full_name": NASTY[what]})
    browser.post(reverse("learning:start", args=[course.translation_key]))
    report = reverse("learning_report", args=[course.translation_key])
    pages = [
        (browser, reverse("accounts:profile")),
        (client_for(trainer), report),
        (client_for(administrator), reverse("wagtailusers_users:index")),
    ]
    for reader, url in pages:
        html = reader.get(url).content.decode()
        assert is_harmless(html), url
        assert "\u202e" not in html and "\u200b" not in html, url
    table = client_for(trainer).get(report, {"export": "csv"}).content.decode("utf-8-sig")
    assert not re.search(r'(^|[;,"\n])[=+@]', table)


@pytest.mark.parametrize("name", ["Ann <b>Smith</b> & Co", 'Ann "onload="alert(1)" Smith', "<script>alert(1)</script> Li"])
def test_a_name_on_a_certificate_is_text(client, client_for, holder, template, issuer, name: str):
    certificate = issued(holder, template, name)
    code = reverse("certificates:verify_code", args=[certificate.code])
    desk = reverse("certificates_desk:index")
    for reader, url in [(client, code), (client_for(issuer), desk), (client_for(issuer), desk + "?export=csv")]:
        body = reader.get(url).content.decode()
        assert (escape(name) in body) or "export" in url, url
        assert "export" in url or name not in body, url
    download = client_for(holder).get(reverse("certificates:download", args=[certificate.public_id]))
    assert download.content.startswith(b"%PDF-")


@pytest.mark.parametrize("name", ["Z" + "\u0301" * 40 + "oe", "Ann\ufffdb", "Ann\u202egpj.exe", "Ann\u200bb", "\u2060"])
def test_a_name_that_would_spoil_the_paper_is_refused_in_words(client_for, holder, due_certificate, name: str):
    url = reverse("certificates:detail", args=[due_certificate.public_id])
    response = client_for(holder).post(url, {"holder_name": name, "language": "en"})
    html = response.content.decode()
    assert response.status_code == 422
    assert "cannot print" in html or "Write your name" in html
    due_certificate.refresh_from_db()
    assert due_certificate.status == Certificate.Status.DUE


def test_extra_fields_give_no_rights(client_for, holder, organisation: Organisation):
    """T18: every field of a person, sent with every form about oneself, changes nothing but what the form asks."""
    browser, before = client_for(holder), User.objects.filter(pk=holder.pk).values().get()
    planted = {f.name: "1" for f in User._meta.get_fields() if not f.auto_created} | {
        "is_superuser": "on",
        "is_staff": "on",
        "email": "evil@example.com",
        "memberships-TOTAL_FORMS": "1",
        "memberships-0-organisation": str(organisation.pk),
        "memberships-0-role": "issuer",
    }
    browser.post(reverse("accounts:name"), planted | {"full_name": "Ana"})
    browser.post(reverse("accounts:about_you"), planted | {"country": "FR", "occupation": "lawyer"})
    browser.post(reverse("home:place"), planted | {"language": "fr", "country": "FR", "theme": "dark"})
    after = User.objects.filter(pk=holder.pk).values().get()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"full_name", "country", "occupation", "language"}
    assert not holder.memberships.exists() and not holder.groups.exists()
