"""Gaps, short texts, numbers and marked words on the site: nothing leaks, nothing is run, translators get words alone."""

import json
import re
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from quizzes.kinds import KINDS
from tests.factories.kinds import example
from tests.factories.quizzes import (
    begin,
    best_answer,
    choice,
    make_question,
    make_quiz,
    question_url,
    result_url,
    start_url,
    submit_url,
)
from tests.quizzes.kinds.examples import as_posted, messages_in, value_of
from tests.quizzes.test_translation import WORDS, offered, translate

pytestmark = pytest.mark.django_db
CANARY = "canary-7f3a"
SECRET_NUMBER = r"(?<![0-9a-f-])73519(?![0-9a-f-])"  # and not a part of an id
SECRETS = rf"{CANARY}|{SECRET_NUMBER}|73[.]519|4[.]6"
AFTERWARDS = {name: f"{CANARY} {name}" for name in ("when_right", "when_partly", "when_wrong")}


def written(words, secret):
    """One question of each of these kinds whose open texts say ``words`` and whose hidden ones say ``secret``."""
    rich = f"<p>{words}</p>"
    passage = f"<p>{words} [1], {words} [2].</p>"
    choices = [choice(f"{words} 1", True, secret), choice(f"{words} 2", False, secret)]
    accepted = [{"text": f"{secret} 1", "feedback": secret}, {"text": f"{secret} 2 *", "feedback": secret, "credit": "50"}]
    number = {"value": Decimal("73519"), "tolerance": Decimal("4.6"), "feedback": secret}
    units = [{"name": f"{words} 1", "factor": Decimal(1)}, {"name": f"{words} 2", "factor": Decimal("73.519")}]
    own = {
        "gap_choice": {"passage": passage, "gaps": [{"choices": choices}, {"choices": choices[::-1]}]},
        "gap_text": {"passage": passage, "gaps": [{"accepted": accepted, "feedback": secret}] * 2},
        "short_text": {"accepted": accepted},
        "numeric": {"accepted": [number], "units": units, "ask_unit": True},
        "mark_words": {"passage": f"{words} [{words} 1] {{{words} 2}}", "feedback": [secret, secret]},
    }
    after = {"explanation": f"<p>{secret}</p>", "hints": [secret]} | dict.fromkeys(AFTERWARDS, secret)
    return {kind: example(kind, text=rich, **after, **fields) for kind, fields in own.items()}


KIND_NAMES = list(written("w", "s"))


def form_on(page):
    """The learner's form of the one question that a page asks."""
    (question,) = page.context["questions"]
    return question.form


def everything(response):
    return f"{response.headers} {response.cookies} {response.content.decode()}"


def before_handing_in(client, quiz):
    """Every answer of the server on the way to handing in, with whole, empty, unfinished and unknown answers."""
    attempt = begin(client, quiz)
    seen = [client.get(start_url(quiz))]
    for position in range(1, attempt.length + 1):
        url, snapshot = question_url(attempt, position), attempt.responses.get(position=position).snapshot
        whole = as_posted(snapshot, best_answer(attempt, position))
        half = dict(list(whole.items())[:1])
        for data in ({}, {"act": "unsure"}, {**whole, "version": "99"}, half, dict.fromkeys(whole, "never offered"), whole):
            seen += [client.post(url, data)]
    seen += [client.get(submit_url(attempt)), client.get(result_url(attempt))]
    return attempt, seen


def test_no_answer_of_the_server_before_handing_in_carries_a_secret(taker):
    questions = [make_question(body) for body in written("open", CANARY).values()]
    quiz = make_quiz(questions)
    attempt = begin(taker, quiz)
    pages = [taker.get(question_url(attempt, n)) for n in range(1, 6)] + [
        taker.post(question_url(attempt, n)) for n in range(1, 6)
    ]
    assert {page.status_code for page in pages} == {200, 422}
    assert [page.request["PATH_INFO"] for page in pages if re.search(SECRETS, everything(page))] == []
    attempt, seen = before_handing_in(taker, quiz)
    typed = [response.request["PATH_INFO"] for response in seen if CANARY in everything(response)]
    assert set(typed) <= {question_url(attempt, 2), question_url(attempt, 3)}, "only what was typed comes back"
    assert everything(taker.post(submit_url(attempt), follow=True)).count(CANARY) > 10


def turned(snapshot):
    """``snapshot`` with everything right made wrong, and every hidden word and number another one."""
    text = json.dumps(snapshot)
    for old, new in [('"correct": true', '"correct": TURN'), ('"correct": false', '"correct": true'), ("TURN", "false")]:
        text = text.replace(old, new)
    for old, new in [(CANARY, "quite other words"), ("73.519", "3"), ("4.6", "0"), ('"50"', '"25"')]:
        text = text.replace(old, new)
    return json.loads(re.sub(SECRET_NUMBER, "2", text))


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_a_page_is_the_same_to_the_byte_whatever_is_right(taker, kind):
    attempt = begin(taker, make_quiz([make_question(written("open", CANARY)[kind])]))
    response, url, pages = attempt.responses.get(), question_url(attempt, 1), []
    for snapshot in (response.snapshot, turned(response.snapshot)):
        response.snapshot = snapshot
        response.save()
        for page in (taker.get(url), taker.post(url, {}), taker.get(submit_url(attempt))):
            pages.append(re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page.content.decode()))
    assert pages[:3] == pages[3:]


@pytest.mark.parametrize("kind", KIND_NAMES)
@pytest.mark.parametrize(
    "words", ["<script>alert('x')</script>\"><img src=x onerror=alert(1)>", "من يتحدث باسم الطفل؟", "Kind 👧🏽 Ж" * 60]
)
def test_any_writing_is_shown_and_never_run(taker, kind, words):
    body = written(words, words)[kind]
    attempt = begin(taker, make_quiz([make_question(body)]))
    url = question_url(attempt, 1)
    saved = taker.post(url, {**as_posted(attempt.responses.get().snapshot, best_answer(attempt, 1)), "act": "continue"})
    pages = [taker.get(url), taker.post(url, {}), saved, taker.get(url), taker.post(submit_url(attempt), follow=True)]
    assert {page.status_code for page in pages} <= {200, 302, 422}
    html = "".join(page.content.decode() for page in pages)
    assert "<script>alert" not in html and "<img src=x" not in html


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_a_whole_answer_over_http_earns_everything_and_is_there_again(taker, kind):
    attempt = begin(taker, make_quiz([make_question(example(kind))]))
    snapshot, answer = attempt.responses.get().snapshot, best_answer(attempt, 1)
    response = taker.post(question_url(attempt, 1), as_posted(snapshot, answer) | {"act": "continue"})
    assert response.status_code == 302
    saved = attempt.responses.get()
    assert saved.answer == answer and saved.points == 1
    again = form_on(taker.get(question_url(attempt, 1)))
    assert as_posted(snapshot, answer) == {field.html_name: field.value() for field in again if field.value() is not None}


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_every_control_has_its_own_label_and_error(taker, kind):
    attempt = begin(taker, make_quiz([make_question(example(kind))]))
    page = taker.post(question_url(attempt, 1), {})
    html, form = page.content.decode(), form_on(page)
    assert len(form.fields) >= 1
    for field in form:
        assert f'id="{field.auto_id}_error"' in html and f'href="#{field.auto_id}' in html
        assert re.search(rf'aria-describedby="[^"]*{field.auto_id}_error', html)
        assert re.search(rf'<label[^>]* for="{field.auto_id}', html)
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("kind", ["gap_text", "short_text"])
def test_free_text_asks_not_to_name_a_child(taker, kind):
    attempt = begin(taker, make_quiz([make_question(example(kind, match_case=True))]))
    html = taker.get(question_url(attempt, 1)).content.decode()
    assert "Do not write names or details that identify a real child." in html and "Capital letters count." in html


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_translators_are_offered_words_and_nothing_else(kind):
    question = make_question(
        written(WORDS, WORDS)[kind],
        outcome=f"{WORDS} outcome",
        source=f"{WORDS} source",
        review_key="7b3f0e52-17b7-4fa1-b04c-3f31a6a7a6d0",
    )
    texts = offered(question)
    assert len(texts) >= 8 and all(str(text).startswith(WORDS) for text in texts), texts


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_a_translation_keeps_what_can_be_chosen_and_what_is_right(kind, site, django_capture_on_commit_callbacks):
    question = make_question(example(kind, text="<p>What?</p>"))
    with django_capture_on_commit_callbacks(execute=True):
        words = {"What?": "Quoi ?", "understands well": "comprend bien", "days": "jours"}
        if kind == "mark_words":
            passage = "Vu {vers dix heures}. [Un adulte attend].<br/><br/>Il a {un sac} et [doit 60 euros], {aime le foot}."
            words[value_of(kind)["passage"].replace("\n", "<br/>")] = passage
        french = translate(question, "fr", words)
    french.refresh_from_db()
    source, target = question.snapshot(), french.snapshot()
    assert target["text"] == "<p>Quoi ?</p>" and french.is_complete
    assert [gap["id"] for gap in source.get("gaps", [])] == [gap["id"] for gap in target.get("gaps", [])]
    if kind != "numeric":  # its units are named by their words
        assert KINDS[kind].mark(target, KINDS[kind].best_answer(source)).fraction == 1
    if kind == "gap_choice":
        assert "comprend bien" in [one["text"] for one in target["gaps"][0]["choices"]]
    if kind == "mark_words":
        assert [len(paragraph) for paragraph in target["passage"]] == [5, 7] and target["choices"][3]["text"] == "doit 60 euros"


@pytest.mark.parametrize(
    ("kind", "passage", "lost", "message"),
    [
        ("gap_choice", "The interpreter is [2].", "L'interprète est là.", "The passage has no [2]"),
        ("gap_text", "Everyone under [1] is a child.", "Un enfant.", "The passage has no [1]"),
        ("mark_words", None, "Il doit gagner [60 euros par jour", "has no partner"),
    ],
)
def test_a_translation_that_lost_a_sign_is_noticed_and_can_still_be_asked(
    kind, passage, lost, message, site, django_capture_on_commit_callbacks
):
    question = make_question(example(kind))
    passage = passage or value_of(kind)["passage"].replace("\n", "<br/>")  # as translators get it
    with django_capture_on_commit_callbacks(execute=True):
        french = translate(question, "fr", {passage: lost})
    french.refresh_from_db()
    assert not french.is_complete
    with pytest.raises(ValidationError) as caught:
        french.body[0].block.clean(french.body[0].value)
    assert any(message in problem for problem in messages_in(caught.value))
    shown = KINDS[kind].shown(french.snapshot())
    assert "[60" not in str(shown)
    if "gaps" in shown:
        assert {piece["gap"] for piece in shown["pieces"] if piece["gap"]} == {gap["id"] for gap in shown["gaps"]}
