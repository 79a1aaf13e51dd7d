"""A dump of django-quiz-app: questions, pictures, quizzes and finished tries come over; every known trap is named."""

import json
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from wagtail.images.tests.utils import get_test_image_file

from quizzes.models import Attempt, Question, QuestionBank, Quiz
from quizzes.services import start_attempt

pytestmark = pytest.mark.django_db
OLD_QUIZ = {
    "title": "Signs", "description": "Look closely.", "url": "signs", "category": 1, "random_order": False, "max_questions": 2,
    "answers_at_end": False, "exam_paper": True, "single_attempt": True, "pass_mark": 50, "success_text": "Well done.",
    "fail_text": "Read again.", "draft": False,
}  # fmt: skip


def row(model, pk, **fields):
    return {"model": model, "pk": pk, "fields": fields}


def question(pk, content, **fields):
    fields = {"quiz": [1], "category": 1, "sub_category": None, "figure": "", "explanation": "", **fields}
    return row("quiz.question", pk, content=content, **fields)


def answer(pk, of, content, correct=False):
    return row("multichoice.answer", pk, question=of, content=content, correct=correct)


def sitting(pk, user, **fields):
    """Children before parents, doubled commas, as the old site wrote them."""
    usual = {
        "quiz": 1, "question_order": "1,2,3,", "question_list": "", "incorrect_questions": "2,,", "current_score": 2,
        "complete": True, "user_answers": json.dumps({"1": 11, "2": "True", "3": "I would listen."}),
        "start": "2014-05-01T10:00:00Z", "end": "2014-05-01T10:20:00Z",
    }  # fmt: skip
    return row("quiz.sitting", pk, user=user, **{**usual, **fields})


def site(*more, **quiz):
    """Three questions in one quiz, and two traps."""
    return [
        row("multichoice.mcquestion", 1, answer_order="none"),
        answer(11, 1, "Debt", True),
        answer(12, 1, "A bicycle"),
        answer(13, 1, "No papers", True),
        row("true_false.tf_question", 2, correct=False),
        row("essay.essay_question", 3),
        row("quiz.category", 1, category="Signs, and more"),
        row("quiz.subcategory", 1, sub_category="Debt", category=1),
        question(1, "Which is a <sign>?", figure="uploads/sign.png", sub_category=1),
        question(2, "A border must be crossed.", explanation="No border is needed.\n\nAct and purpose are."),
        question(3, "What would you do first?"),
        question(4, "Nobody knows what I am."),
        row("essay.essay_question", 9),
        row("quiz.quiz", 1, **{**OLD_QUIZ, **quiz}),
        *more,
    ]


@pytest.fixture
def run(tmp_path, capsys):
    def run(rows, *options):
        path = tmp_path / "old.json"
        path.write_text(json.dumps(rows), encoding="utf-8")
        capsys.readouterr()
        call_command("import_questions", str(path), "--json", *options)
        return json.loads(capsys.readouterr().out)

    return run


def notes_of(report):
    return " ".join(note["reason"] for note in report["notes"])


def test_questions_go_into_the_bank_of_their_category(run):
    report = run(site())
    assert report["format"] == "django-quiz-app"
    bank = QuestionBank.objects.get(slug="signs-and-more")
    assert {q.body_kind for q in bank.questions.all()} == {"single_choice", "true_false", "essay"}
    first = bank.questions.get(body_kind="single_choice")
    assert first.text == "<p>Which is a &lt;sign&gt;?</p>"
    assert [tag.name for tag in first.tags.all()] == ["category: Signs, and more/Debt"]
    statement = bank.questions.get(body_kind="true_false").body[0].value
    assert statement["explanation"].source == "<p>No border is needed.</p><p>Act and purpose are.</p>"
    assert statement["answer"] == "false"


def test_rows_without_their_other_half_are_refused_by_name(run):
    refused = {entry["place"]: entry["reason"] for entry in run(site())["refused"]}
    assert set(refused) == {"quiz.question 4", "essay.essay_question 9"}
    assert all(refused.values())


def test_several_right_choices_earn_what_they_earned(run):
    report = run(site(), "--publish")
    assert "Several choices are right" in next(e for e in report["partly"] if e["kind"] == "single_choice")["reason"]
    choices = Question.objects.get(body_kind="single_choice").snapshot()["choices"]
    assert [(c["text"], c["correct"], c.get("credit")) for c in choices] == [
        ("Debt", True, None),
        ("A bicycle", False, None),
        ("No papers", False, "100"),
    ]


def test_a_picture_comes_from_the_folder_or_is_named(run, tmp_path):
    entry = next(e for e in run(site(), "--dry-run")["partly"] if e["kind"] == "single_choice")
    assert "uploads/sign.png" in entry["reason"]
    (tmp_path / "media" / "uploads").mkdir(parents=True)
    (tmp_path / "media" / "uploads" / "sign.png").write_bytes(get_test_image_file().file.getvalue())
    run(site(), "--media", str(tmp_path / "media"))
    assert Question.objects.get(body_kind="single_choice").body[0].value["image"] is not None


@pytest.mark.parametrize("figure", ["../secret.png", "/etc/hostname", "uploads"])
def test_a_picture_outside_the_folder_is_not_read(run, tmp_path, figure):
    (tmp_path / "media" / "uploads").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(get_test_image_file().file.getvalue())
    rows = [question(2, "?", figure=figure), row("true_false.tf_question", 2, correct=True)]
    report = run(rows, "--media", str(tmp_path / "media"))
    assert figure in report["partly"][0]["reason"]


def test_a_quiz_keeps_what_counted(run):
    run(site(), "--publish")
    quiz = Quiz.objects.get()
    assert (quiz.title, quiz.pass_mark, quiz.attempts_allowed, quiz.behaviour) == ("Signs", 50, 1, "immediate")
    assert (quiz.questions_per_attempt, quiz.shuffle_questions, quiz.live) == (2, False, True)
    assert [(band.from_percent, band.text) for band in quiz.bands.all()] == [(0, "<p>Read again.</p>"), (50, "<p>Well done.</p>")]
    assert quiz.items.count() == 3


def test_other_settings_are_kept_too(run):
    rows = site(answers_at_end=True, single_attempt=False, random_order=True, max_questions=5)
    rows[0]["fields"]["answer_order"] = "random"
    run(rows, "--publish")
    quiz = Quiz.objects.get()
    assert (quiz.behaviour, quiz.attempts_allowed, quiz.shuffle_questions, quiz.shuffle_choices) == ("deferred", 0, True, True)
    assert quiz.questions_per_attempt == 0, "there are fewer than it wanted: all are asked"


def test_a_quiz_without_questions_is_not_published(run):
    rows = [*site(), row("quiz.quiz", 2, **{**OLD_QUIZ, "title": "Empty", "url": "empty"})]
    run(rows, "--publish")
    assert {quiz.title: quiz.live for quiz in Quiz.objects.all()} == {"Signs": True, "Empty": False}


def test_drafts_and_unpublished_quizzes_are_not_live(run):
    run(site(draft=True), "--publish")
    assert not Quiz.objects.get().live


def test_a_quiz_can_be_taken_at_once(run, learner):
    run(site(), "--publish")
    assert start_attempt(user=learner, quiz=Quiz.objects.get()).length == 2


def test_finished_tries_come_over_once(run, learner):
    rows = site(row("auth.user", 7, username="mila", email="Learner@example.org"), sitting(1, 7))
    assert run(rows, "--publish", "--sittings")["tries"] == 1
    assert run(rows, "--publish", "--sittings")["tries"] == 0
    attempt = Attempt.objects.get()
    assert (attempt.user, attempt.points, attempt.max_points, attempt.percent) == (learner, 2, 3, Decimal("66.66"))
    assert attempt.passed
    assert attempt.submitted_at.year == 2014
    one, two, three = attempt.responses.all()
    chosen = next(c for c in one.snapshot["choices"] if c["id"] == one.answer["choice"])
    assert chosen["text"] == "Debt"
    assert (two.answer, two.points) == ({"choice": "true"}, 0)
    assert (three.answer, three.hand_fraction) == ({"text": "I would listen."}, 1)


def test_several_tries_are_counted_up_and_none_has_more_than_everything(run, learner):
    late = {"start": "2014-06-01T10:00:00Z", "current_score": 9, "incorrect_questions": ""}
    rows = site(row("auth.user", 7, username="mila", email="learner@example.org"), sitting(1, 7), sitting(2, 7, **late))
    assert run(rows, "--sittings")["tries"] == 2
    found = Attempt.objects.order_by("number").values_list("number", "percent")
    assert list(found) == [(1, Decimal("66.66")), (2, Decimal(100))]


def test_natural_keys(run, learner):
    rows = [r for r in site(sitting(1, ["learner@example.org"])) if r["model"] not in {"quiz.category", "quiz.subcategory"}]
    for r in rows:
        if r["fields"].get("category") == 1:
            r["fields"]["category"] = ["Signs"]
        if r["fields"].get("sub_category") == 1:
            r["fields"]["sub_category"] = ["Debt"]
    assert run(rows, "--sittings")["tries"] == 1
    assert QuestionBank.objects.filter(slug="signs").exists()


def test_what_cannot_come_over_is_named(run, learner):
    rows = site(
        row("auth.user", 7, username="mila", email="learner@example.org"),
        row("auth.user", 8, username="nobody", email="nobody@example.org"),
        sitting(1, 8),
        sitting(2, 7, complete=False),
        sitting(3, 7, user_answers=json.dumps({"1": 99}), question_order="1,,2,4,"),
        sitting(4, 7, quiz=5),
        sitting(5, 7, start="long ago"),
        sitting(6, 7, user_answers="{broken"),
        row("quiz.progress", 1, user=7, score="Signs, and more,1,2,"),
    )
    report = run(rows, "--sittings")
    assert report["tries"] == 2
    told = notes_of(report)
    for words in ("account “8”", "not finished", "does not exist any more", "is not in the dump", "when this try began"):
        assert words in told
    assert "counted from the tries instead" in told
    assert "Question 4 of this try" in told


def test_without_sittings_nobody_is_touched(run, learner):
    run(site(row("auth.user", 7, username="mila", email="learner@example.org"), sitting(1, 7)))
    assert not Attempt.objects.exists()


def test_twice_changes_nothing(run):
    run(site())
    report = run(site())
    assert (report["counts"]["new"], report["counts"]["unchanged"]) == (0, 3)
    assert Quiz.objects.count() == 1


@pytest.mark.parametrize(
    "text", ["{}", "[1, 2]", '[{"model": "auth.user"}]', "[" * 50_000, '[{"model": "quiz.question", "fields": 3}]']
)
def test_other_json_is_refused_in_words(tmp_path, text):
    path = tmp_path / "old.json"
    path.write_text(text)
    with pytest.raises(CommandError, match="Nothing was read"):
        call_command("import_questions", str(path), "--format", "django-quiz-app")
