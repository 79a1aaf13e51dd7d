"""From the files of quizzes and question banks to rows."""

import json
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Locale

from quizzes.kinds import KINDS
from quizzes.models import Question, QuestionBank, Quiz

from .blocks import clean_html, problems_of, raw_value
from .files import PackError
from .keeping import Keeper
from .media import Media
from .quizzes import Composition, cleaned, question_settings, quiz_settings
from .reading import UUID, Item, Pack

Values = dict[str, Any]


class QuizFiles:
    """Loads quizzes and questions of ``pack``. Methods raise PackError naming what is wrong."""

    def __init__(self, pack: Pack, keeper: Keeper, media: Media) -> None:
        self.pack, self.keeper, self.media = pack, keeper, media
        self.questions: dict[tuple[str, str, str], Question] = {}  # of this import, by file, key and language

    def bank(self, slug: str, name: str) -> QuestionBank:
        """The bank ``slug``, made if there is none. A name that another bank has already gets the slug behind it."""
        fields = cleaned(QuestionBank, {"slug": slug[:100], "name": (name or slug)[:200]}, "bank")
        known = QuestionBank.objects.filter(slug=fields["slug"]).first()
        if known:
            return known
        if QuestionBank.objects.filter(name=fields["name"]).exists():
            fields["name"] = f"{fields['name'][:90]} ({fields['slug']})"
        return QuestionBank.objects.create(**fields)

    def bank_of(self, module: Item) -> QuestionBank:
        return self.bank(f"{self.pack.slug}-{module.key}", f"{self.pack.slug}: {module.values['title']}")

    def asked_in_lesson(self, name: str | None, locale: Locale) -> int | None:
        """The question ``name`` of a quiz of this pack, loaded now if need be. Raises PackError unless it is one."""
        if not name:
            return None
        if UUID.match(str(name)):
            return self._known(name, locale).pk
        found = [
            (module, quiz, question)
            for module in self.pack.modules
            for quiz in module.lessons
            for question in quiz.values.get("questions") or []
            if isinstance(question, dict) and str(question.get("key")) == str(name)
        ]
        if len(found) != 1:
            said = _("%(place)s: must be the key of exactly one question of this pack, not of %(count)d.")
            raise PackError([said % {"place": f"bank: {name}", "count": len(found)}])
        module, quiz, question = found[0]
        language = locale.language_code
        values = quiz.in_language(language, self.pack.source_language)
        if values is None:  # the quiz is not translated: asked in the language it has
            language, values = self.pack.source_language, quiz.values
            locale = Locale.objects.get(language_code=language)
        words = next(q for q in values["questions"] if q.get("key") == question.get("key"))
        return self.question(words, quiz, self.bank_of(module.item), language, locale).pk

    def quiz(self, item: Item, usual: QuestionBank | None, values: Values, language: str, locale: Locale) -> Quiz:
        """The quiz in the file ``item`` in one language; its questions join the bank they name, else the ``usual`` one."""
        asked = [q for q in values["questions"] if "draw" not in q]
        questions = [self._asked(q, item, usual, language, locale) for q in asked]
        fields = {"title": values["title"], "intro": clean_html(values.get("intro") or ""), **quiz_settings(values)}
        if "draw_from" in values:
            fields["draw_from_id"] = self._bank_of({"bank": values["draw_from"]}, usual).pk
        whole = Composition(self.pack, item.key, values, questions, lambda slug: self._bank_of({"bank": slug}, usual))
        key = self.pack.uuid("quiz", item.key)
        return self.keeper.snippet(Quiz, key, f"{item.path} quiz", language, locale, fields, whole)

    def _asked(self, q: Values, item: Item, usual: QuestionBank | None, language: str, locale: Locale) -> Question:
        """The question that an entry writes, or that it only names because it has no words in this language."""
        if "kind" in q or not UUID.match(str(q.get("key"))):
            return self.question(q, item, self._bank_of(q, usual), language, locale)
        return self._known(q["key"], locale)

    @staticmethod
    def _known(key: str, locale: Locale) -> Question:
        """The question with this identity, in the language of ``locale`` if there is one."""
        known = {found.locale_id: found for found in Question.objects.filter(translation_key=key).order_by("-pk")}
        if not known:
            raise PackError([_("%(place)s: is not in the pack.") % {"place": f"question {key}"}])
        return known.get(locale.pk) or list(known.values())[-1]

    def _bank_of(self, q: Values, usual: QuestionBank | None) -> QuestionBank:
        slug = str(q.get("bank") or "")
        for item in self.pack.banks:
            if slug == str(item.values.get("slug")):
                return self.bank(slug, str(item.values.get("name") or slug))
        if usual is None or slug:
            told = {"place": f"question {q.get('key', '?')}", "bank": slug or "?"}
            raise PackError([_("%(place)s: there is no bank %(bank)s in the pack.") % told])
        return usual

    def question(self, q: Values, item: Item, bank: QuestionBank, language: str, locale: Locale) -> Question:
        kind, name = q.get("kind"), str(q.get("key", "?"))
        if known := self.questions.get((item.key, name, language)):
            return known  # a lesson has asked it before
        if kind not in KINDS:
            raise PackError([_("%(place)s: unknown kind %(kind)s.") % {"place": f"question {name}", "kind": kind}])
        block = KINDS[kind].block()
        raw = raw_value(
            block, q, self.pack, f"question/{item.key}/{name}", {"image": self.media.image, "file": self.media.document}
        )
        problems = [f"question {name}{p}" for p in problems_of(block, raw)]
        if problems:
            raise PackError(problems)
        body = str(self.pack.uuid("question", item.key, name, str(q.get("body_id", "body"))))
        fields = {
            "bank_id": bank.pk,
            "body": json.dumps([{"type": kind, "id": body, "value": raw}]),
            "outcome": q.get("outcome") or "",
            "review_key": self.pack.uuid(q["lesson"]) if q.get("lesson") else None,
            "source": q.get("source") or "",
            **question_settings(q, name),
        }
        key = self.pack.uuid("question", item.key, name)
        question = self.keeper.snippet(Question, key, f"{item.path} {name}", language, locale, fields)
        self.questions[item.key, name, language] = question
        return question
