"""The texts of countries that a new site begins with: loaded once, never against a coordinator, and checked as a whole."""

from pathlib import Path

import pytest
from django.conf import settings

from countries.models import AnnexEntry, Contact, ContactWords
from courses.packs.files import PackError
from home.country_files import load_countries
from training.places import PARTNERS

pytestmark = pytest.mark.django_db
BELGIUM = """
country: BE
entries:
  - slot: guardian
    language: en
    law: Guardianship Act
    means: "<p>A <b>guardian</b> comes.</p><script>x</script>"
    link: https://example.org/act
    source: "Example Office, 2026"
    confirmed: false
  - slot: hearing
    language: fr
    means: <p>Une règle.</p>
    confirmed: true
    checked_on: 2026-03-04
    checked_by: Example Office
    review_by: 2027-03-04
contacts:
  - kind: helpline
    name: {en: Child line, fr: Écoute}
    number: "103"
    hours: {en: day and night}
    languages: [fr, Arabic]
    cost: free
    source: Example Office
    confirmed: false
  - kind: police
    name: Police
    link: https://example.org/police
    confirmed: true
    checked_on: 2026-03-04
"""


def load(folder: Path, text: str = BELGIUM, name: str = "BE") -> list[str]:
    (folder / "countries").mkdir(exist_ok=True)
    (folder / "countries" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_countries(folder)


def everything() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (AnnexEntry, Contact, ContactWords)]


def test_a_file_becomes_texts_and_contacts(tmp_path):
    assert len(load(tmp_path)) == 4
    guardian, hearing = AnnexEntry.objects.order_by("slot")
    assert (guardian.law, guardian.link, guardian.state) == ("Guardianship Act", "https://example.org/act", "open")
    assert guardian.means == "<p>A <b>guardian</b> comes.</p>" and guardian.checked_on is None
    assert hearing.state == "confirmed" and hearing.checked_on.year == 2026 and hearing.review_by.year == 2027
    line, police = Contact.objects.order_by("kind")
    assert line.languages == "fr, Arabic" and not line.confirmed and police.confirmed
    words = {row.language: (row.name, row.hours, row.cost) for row in line.words.all()}
    assert words == {"en": ("Child line", "day and night", ""), "fr": ("Écoute", "", ""), "": ("", "", "free")}


def test_what_was_loaded_once_belongs_to_the_coordinators(tmp_path):
    load(tmp_path)
    AnnexEntry.objects.filter(slot="guardian").update(means="<p>Ours.</p>", state="confirmed", checked_on="2026-05-05")
    AnnexEntry.objects.filter(slot="hearing").delete()
    Contact.objects.filter(kind="helpline").update(number="104")
    Contact.objects.get(kind="police").delete()
    before = everything()
    assert load(tmp_path) == [] and load(tmp_path, BELGIUM.replace("comes", "comes late")) == []
    assert everything() == before


def test_what_a_coordinator_wrote_first_stays(tmp_path):
    AnnexEntry.objects.create(country="BE", slot="guardian", language="en", means="<p>Ours.</p>")
    Contact.objects.create(country="BE", kind="helpline", number="103")
    assert len(load(tmp_path)) == 2
    assert AnnexEntry.objects.get(slot="guardian").means == "<p>Ours.</p>"
    assert Contact.objects.filter(kind="helpline").count() == 1


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("country: BE", "country: DE", "country: must be BE"),
        ("country: BE", "country: BE\nlaws: []", "laws: no such key"),
        ("    law: Guard", "    lawyer: Guard", "entries 1: lawyer: no such key"),
        ("    cost: free", "    price: free", "contacts 1: price: no such key"),
        ("slot: hearing", "slot: listening", "entries 2: slot: "),
        ("language: fr", "language: xx", "entries 2: language: "),
        ("means: <p>Une règle.</p>", "means: ''", "entries 2: means: "),
        ("link: https://example.org/act", "link: somewhere", "entries 1: link: "),
        ("kind: police", "kind: army", "contacts 2: kind: "),
        ("fr: Écoute", "xx: Écoute", "contacts 1: language: "),
        ("name: Police", "source: Nobody", "contacts 2: name: must be given"),
        ("link: https://example.org/police", "source: Nobody", "contacts 2: Give a number, a website or both."),
        (
            "    source: Example Office\n    confirmed: false",
            "    confirmed: perhaps",
            "contacts 1: confirmed: must be",
        ),
        (
            "    confirmed: true\n    checked_on: 2026-03-04\n    checked_by",
            "    confirmed: true\n    checked_by",
            "Say on which day",
        ),
        ("checked_on: 2026-03-04\n    checked_by", "checked_on: soon\n    checked_by", "entries 2: checked_on: "),
        ("slot: guardian", "place: x", "entries 1: place: no such key"),
        ("    language: en\n", "", "not written as"),
        ("entries:\n", "entries: many\nmore:\n", "BE.yaml"),
        ("[fr, Arabic]", "[1, 2]", "not written as"),
        ("{en: day and night}", "[day]", "BE.yaml"),
    ],
)
def test_a_wrong_file_is_named_and_nothing_is_written(tmp_path, right, wrong, told):
    assert right in BELGIUM
    with pytest.raises(PackError) as refused:
        load(tmp_path, BELGIUM.replace(right, wrong))
    assert any("countries/BE.yaml: " in problem and told in problem for problem in refused.value.problems), refused.value.problems
    assert everything() == [[], [], []]


def test_every_problem_is_told_at_once(tmp_path):
    with pytest.raises(PackError) as refused:
        load(tmp_path, BELGIUM.replace("slot: hearing", "slot: x").replace("kind: police", "kind: x"))
    assert len(refused.value.problems) == 2


def test_the_files_of_all_partners_are_right(db):
    names = load_countries(Path(settings.CONTENT_DIR) / "site")
    assert {name[:2] for name in names} == {country.value for country in PARTNERS}
    assert load_countries(Path(settings.CONTENT_DIR) / "site") == []
    assert AnnexEntry.objects.count() + Contact.objects.count() == len(names)


def test_a_site_without_such_files_begins_without_them(tmp_path):
    assert load_countries(tmp_path) == []
