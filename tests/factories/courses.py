"""Factories of content: the site's tree, and courses that are small and whole."""

import json
import uuid
from dataclasses import dataclass

import factory
import wagtail_factories
from django.conf import settings
from wagtail.models import Locale, Page, Site

from courses.models import CourseIndexPage, CoursePage, LessonPage, ModulePage
from home.models import HomePage
from quizzes.models import Question, QuestionBank, Quiz, QuizItem


def block(kind: str, value: object) -> dict:
    """One block of a StreamField as the database stores it. Every block has an id: translation needs it."""
    return {"type": kind, "id": str(uuid.uuid4()), "value": value}


def items(values: list) -> list[dict]:
    """The children of a ListBlock as the database stores them."""
    return [block("item", value) for value in values]


class CourseIndexFactory(wagtail_factories.PageFactory):
    title = "Courses"

    class Meta:
        model = CourseIndexPage


class CourseFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Course {n}")
    summary = "What a guardian needs to know."
    intro = "<p>Why this matters.</p>"
    audience = "Guardians and lawyers"
    outcomes = factory.LazyFunction(lambda: json.dumps([block("outcome", "Recognise the signs")]))

    class Meta:
        model = CoursePage


class ModuleFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Module {n}")
    summary = "One part of the course."

    class Meta:
        model = ModulePage


class LessonFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Lesson {n}")
    minutes = 5
    body = factory.LazyFunction(lambda: json.dumps([block("text", "<p>A guardian speaks for the child's best interests.</p>")]))

    class Meta:
        model = LessonPage


class QuestionBankFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Bank {n}")
    slug = factory.Sequence(lambda n: f"bank-{n}")

    class Meta:
        model = QuestionBank


class QuestionFactory(factory.django.DjangoModelFactory):
    """A single choice question; its right answer is the first choice, "Right <n>"."""

    bank = factory.SubFactory(QuestionBankFactory)
    locale = factory.LazyFunction(Locale.get_default)
    outcome = "Recognise the signs"

    class Meta:
        model = Question

    @factory.lazy_attribute_sequence
    def body(self, n: int) -> str:
        choices = [("Right", True), ("Wrong", False), ("Mistaken", False)]
        value = {
            "text": f"<p>Question {n}?</p>",
            "explanation": f"<p>Because of reason {n}.</p>",
            "choices": items([{"text": f"{t} {n}", "correct": c, "feedback": f"{t} feedback {n}"} for t, c in choices]),
        }
        return json.dumps([block("single_choice", value)])


class QuizFactory(factory.django.DjangoModelFactory):
    """A quiz of ``questions`` single choice questions, in their order, choices too."""

    title = factory.Sequence(lambda n: f"Quiz {n}")
    locale = factory.LazyFunction(Locale.get_default)
    pass_mark = 60
    shuffle_questions = False
    shuffle_choices = False

    class Meta:
        model = Quiz
        skip_postgeneration_save = True

    @factory.post_generation
    def questions(self, create: bool, count: int | None, **kwargs: object) -> None:
        bank = QuestionBankFactory()
        for n in range(3 if count is None else count):
            QuizItem.objects.create(quiz=self, question=QuestionFactory(bank=bank, locale=self.locale), sort_order=n)


@dataclass(frozen=True)
class SiteTree:
    """The pages that every site has, by language code."""

    site: Site
    homes: dict[str, HomePage]
    catalogues: dict[str, CourseIndexPage]

    @property
    def home(self) -> HomePage:
        return self.homes[settings.LANGUAGE_CODE]

    @property
    def catalogue(self) -> CourseIndexPage:
        return self.catalogues[settings.LANGUAGE_CODE]


def make_site_tree() -> SiteTree:
    """Replace Wagtail's welcome page: a home page and an empty catalogue for each language of the interface."""
    for page in Page.objects.filter(depth=2):
        page.delete()
    root = Page.objects.get(depth=1)
    homes: dict[str, HomePage] = {}
    catalogues: dict[str, CourseIndexPage] = {}
    home_key, catalogue_key = uuid.uuid4(), uuid.uuid4()
    for code, name in settings.LANGUAGES:
        locale, _ = Locale.objects.get_or_create(language_code=code)
        title = f"Home ({name})"
        home = HomePage(title=title, slug=f"home-{code}", locale=locale, translation_key=home_key)
        homes[code] = root.add_child(instance=home)
        catalogue = CourseIndexPage(title="Courses", slug="courses", locale=locale, translation_key=catalogue_key)
        catalogues[code] = home.add_child(instance=catalogue)
    Site.objects.all().delete()
    site = Site.objects.create(
        hostname="localhost", port=80, root_page=homes[settings.LANGUAGE_CODE], is_default_site=True, site_name="Test site"
    )
    return SiteTree(site, homes, catalogues)


def make_course(catalogue: CourseIndexPage, modules: int = 2, lessons: int = 2, **fields: object) -> CoursePage:
    """A live course: the last lesson of its first module ends with a quiz of three questions, of which two must be right."""
    locale = catalogue.locale
    course = CourseFactory(parent=catalogue, locale=locale, **fields)
    for m in range(modules):
        module = ModuleFactory(parent=course, locale=locale)
        for n in range(lessons):
            lesson = LessonFactory(parent=module, locale=locale)
            if (m, n) == (0, lessons - 1):
                lesson.body = json.dumps([*lesson.body.raw_data, block("quiz", {"quiz": QuizFactory(locale=locale).pk})])
                lesson.save()
    return CoursePage.objects.get(pk=course.pk)
