"""Coordinators keep the texts and contacts of their own country; administrators all; nobody else any."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.timezone import localdate
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from accounts.models import Membership, Organisation, Role
from countries.models import AnnexEntry, Contact
from countries.slots import SLOTS
from tests.factories.countries import EntryFactory, make_contact
from tests.home.test_admin_menus import menu

pytestmark = pytest.mark.django_db
COVERAGE = "/admin/countries/"
OLD = localdate() - timedelta(days=200)


@pytest.fixture
def desk(client_for, coordinator) -> Client:
    """That of the coordinator of Belgium."""
    return client_for(coordinator)


def words(html: str) -> str:
    return " ".join(strip_tags(html).split())


def entry_form(**changed: object) -> dict:
    fields = {"country": "BE", "slot": "hearing", "language": "fr", "law": "", "link": "", "source": "", "state": "open"}
    fields |= {"checked_on": "", "review_by": "", "checked_by": "", "means": rich_text("<p>A rule.</p>")}
    if "means" in changed:
        changed["means"] = rich_text(changed["means"])
    return nested_form_data({**fields, **changed})


def contact_form(*rows: dict, **changed: object) -> dict:
    fields = {"country": "BE", "kind": "helpline", "number": "103", "link": "", "languages": "fr", "source": "", "checked_on": ""}
    own = [{"language": "", "name": "Line", "hours": "", "cost": "", "who": "", **row} for row in rows or [{}]]
    return nested_form_data({**fields, **changed, "words": inline_formset(own)})


# --- Who ---------------------------------------------------------------------------------------------------------------
def test_those_who_keep_a_country_have_a_menu_and_others_none(client_for, coordinator, administrator, trainer, issuer, site):
    for who, sees in [(coordinator, True), (administrator, True), (trainer, False), (issuer, False)]:
        client = client_for(who)
        assert ("country-coverage" in menu(client)) == sees
        entry, contact = EntryFactory(language=f"{'fr' if sees else 'nl'}", slot=SLOTS[who.pk % 17][0]), make_contact()
        for address in [
            COVERAGE,
            reverse("country_texts:index"),
            reverse("country_contacts:index"),
            reverse("country_texts:add"),
            reverse("country_texts:edit", args=[entry.pk]),
            reverse("country_contacts:edit", args=[contact.pk]),
            reverse("country_contacts:history", args=[contact.pk]),
        ]:
            assert (client.get(address).status_code == 200) == sees, (who, address)


def test_a_coordinator_of_an_organisation_elsewhere_keeps_nothing(client_for, coordinator):
    Organisation.objects.update(country="XX")
    assert client_for(coordinator).get(COVERAGE).status_code in {302, 403}


def test_rows_of_other_countries_do_not_exist_for_a_coordinator(desk):
    entry, contact = EntryFactory(country="DE"), make_contact("German line", country="DE")
    mine = EntryFactory()
    for name, row in [("country_texts", entry), ("country_contacts", contact)]:
        for view in ("edit", "delete", "history", "usage"):
            address = reverse(f"{name}:{view}", args=[row.pk])
            assert desk.get(address, follow=True).status_code == 404, address
            assert desk.post(address, entry_form(), follow=True).status_code == 404
    assert desk.post(reverse("countries_admin:still_correct", args=[contact.pk]), follow=True).status_code == 404
    listed = desk.get(reverse("country_texts:index")).content.decode()
    assert str(mine) in listed and str(entry) not in listed
    entry.refresh_from_db()
    contact.refresh_from_db()
    assert entry.country == "DE" and contact.checked_on is None


def test_no_coordinator_can_write_into_another_country(desk):
    assert desk.post(reverse("country_texts:add"), entry_form(country="DE")).status_code == 200
    assert desk.post(reverse("country_contacts:add"), contact_form(country="DE")).status_code == 200
    mine = EntryFactory()
    desk.post(reverse("country_texts:edit", args=[mine.pk]), entry_form(country="DE"))
    assert set(AnnexEntry.objects.values_list("country", flat=True)) == {"BE"} and not Contact.objects.exists()


def test_whoever_coordinates_in_two_countries_keeps_both(client_for, coordinator):
    other = Organisation.objects.create(name="Partner Italy", slug="italy", country="IT")
    Membership.objects.create(user=coordinator, organisation=other, role=Role.COORDINATOR)
    client_for(coordinator).post(reverse("country_texts:add"), entry_form(country="IT"))
    assert AnnexEntry.objects.get().country == "IT"


# --- Writing -------------------------------------------------------------------------------------------------------------
def test_a_text_is_written_and_learners_read_it(desk, client_for, administrator):
    response = desk.post(reverse("country_texts:add"), entry_form(state="confirmed", checked_on="2026-03-04"))
    assert response.status_code == 302
    entry = AnnexEntry.objects.get()
    assert "A rule." in entry.means and entry.is_confirmed
    client_for(administrator).post(reverse("country_texts:edit", args=[entry.pk]), entry_form(country="DE", law="Act"))
    entry.refresh_from_db()
    assert (entry.country, entry.law) == ("DE", "Act")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"state": "confirmed"}, "Say on which day it was checked"),
        ({"means": ""}, "Say what it means"),
        ({"means": '<p><a linktype="page" id="1">here</a></p>'}, "outside this site only"),
        ({"link": "nowhere"}, "Enter a valid URL"),
        ({"slot": "gone"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_told(desk, changed, told):
    html = desk.post(reverse("country_texts:add"), entry_form(**changed)).content.decode()
    assert told in html and not AnnexEntry.objects.exists()


def test_one_text_for_country_slot_and_language(desk):
    EntryFactory(slot="hearing", language="fr")
    html = desk.post(reverse("country_texts:add"), entry_form()).content.decode()
    assert "has a text about this in this language already" in html and AnnexEntry.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        EntryFactory(slot="hearing", language="fr")


def test_a_contact_is_written_in_several_languages(desk):
    response = desk.post(reverse("country_contacts:add"), contact_form({}, {"language": "fr", "hours": "jour et nuit"}))
    assert response.status_code == 302
    assert [row.hours for row in Contact.objects.get().words.all()] == ["", "jour et nuit"]


@pytest.mark.parametrize(
    ("row", "changed", "told"),
    [
        ({}, {"number": ""}, "Give a number, a website or both."),
        ({"name": "", "hours": "always"}, {}, "Give the contact a name"),
        ({}, {"confirmed": "on"}, "Say on which day it was checked"),
    ],
)
def test_a_contact_that_helps_nobody_is_refused(desk, row, changed, told):
    html = desk.post(reverse("country_contacts:add"), contact_form(row, **changed)).content.decode()
    assert told in html and not Contact.objects.exists()


def test_still_correct_is_one_press_and_the_history_says_whose(desk, coordinator):
    contact = make_contact(checked_on=OLD)
    address = reverse("countries_admin:still_correct", args=[contact.pk])
    listed = desk.get(reverse("country_contacts:index")).content.decode()
    assert address in listed and "Example line" in listed
    assert desk.get(address).status_code == 405
    assert desk.post(address, follow=True).status_code == 200
    contact.refresh_from_db()
    assert contact.checked_on == localdate() and contact.confirmed and not contact.is_stale
    act = ModelLogEntry.objects.get(action="countries.still_correct")
    assert act.user == coordinator and act.object_id == str(contact.pk)
    assert "Still correct" in desk.get(reverse("country_contacts:history", args=[contact.pk])).content.decode()


# --- Finding -------------------------------------------------------------------------------------------------------------
def test_lists_are_narrowed(client_for, administrator):
    client = client_for(administrator)
    EntryFactory(slot="hearing", language="fr")
    EntryFactory(country="DE", state="confirmed", checked_on=OLD, review_by=OLD)
    EntryFactory(country="DE", language="de", state="draft", review_by=OLD)
    make_contact("Fresh", number="1", checked_on=localdate(), confirmed=True)
    make_contact("Old", number="2", checked_on=OLD, country="DE", kind="police")

    def found(name: str, **query: str) -> int:
        html = client.get(reverse(f"{name}:index"), query).content.decode()
        return len(set(re.findall(r"/admin/countries/\w+/edit/(\d+)/", html)))

    assert found("country_texts") == 3 and found("country_texts", country="DE") == 2
    assert found("country_texts", slot="hearing") == found("country_texts", language="fr") == 1
    assert found("country_texts", state="draft") == found("country_texts", stale="yes") == 1
    assert found("country_contacts") == 2
    for query in ({"country": "DE"}, {"kind": "police"}, {"confirmed": "True"}, {"stale": "yes"}):
        assert found("country_contacts", **query) == 1


def test_the_matrix_tells_what_each_country_lacks(desk):
    mine = EntryFactory(state="confirmed", checked_on=OLD)
    late = EntryFactory(slot="hearing", review_by=OLD)
    theirs = EntryFactory(country="DE")
    make_contact(checked_on=OLD)
    html = desk.get(COVERAGE).content.decode()
    said = words(html)
    assert f"/countries/texts/edit/{mine.pk}/" in html and f"/countries/texts/edit/{late.pk}/" in html
    assert f"/countries/texts/edit/{theirs.pk}/" not in html
    assert said.count("en: Confirmed") == said.count("en: Past review") == said.count("en: To be confirmed") == 1
    assert "Missing" in said and "Not checked for 180 days: 1" in said
    assert html.count("country=BE") == len(SLOTS) + 7 and "country=DE" not in html
    assert html.index("Belgium</th>") < html.index("Albania</th>")


def test_a_link_of_the_matrix_fills_in_the_form(desk):
    html = desk.get(reverse("country_texts:add"), {"country": "BE", "slot": "hearing"}).content.decode()
    assert '<option value="BE" selected>' in html and '<option value="hearing" selected>' in html
    assert desk.get(reverse("country_texts:add"), {"country": "ZZ", "slot": "x" * 500, "id": "1"}).status_code == 200


def test_the_matrix_costs_the_same_however_much_there_is(desk):
    def cost() -> int:
        desk.get(COVERAGE)
        with CaptureQueriesContext(connection) as captured:
            desk.get(COVERAGE)
        return len(captured)

    few = cost()
    for slot, _label in SLOTS:
        EntryFactory(slot=slot)
        make_contact()
    assert cost() == few


def test_what_grew_old_waits_on_the_desk_of_its_coordinator(desk, client_for, trainer, site):
    EntryFactory(review_by=OLD)
    EntryFactory(slot="hearing", country="DE", review_by=OLD)
    make_contact(checked_on=OLD)
    html = desk.get("/admin/").content.decode()
    assert "Texts and contacts of countries to check again (2)" in html
    assert "desk-countries" not in client_for(trainer).get("/admin/").content.decode()
