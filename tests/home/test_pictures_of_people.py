"""The library asks of each picture whether it shows a person, and who released it; somebody else than the uploader looks."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from accounts.models import User
from courses.packs.files import FolderFiles, PackError
from courses.packs.media import Media
from courses.packs.portable import Portable
from home.models import SiteImage
from tests.courses.blocks.editing import block_of
from tests.factories.pictures import make_picture

pytestmark = pytest.mark.django_db
LOOK = "I have looked at it, and it may be shown"


def desk() -> SimpleUploadedFile:
    return SimpleUploadedFile("desk.png", get_test_image_file().file.getvalue())


def upload(client: Client, **fields: object):
    data = {"title": "A desk", "file": desk(), "tags": "", **fields}
    return client.post(reverse("wagtailimages:add"), data)


def page_of(client: Client, image: SiteImage) -> str:
    return client.get(reverse("wagtailimages:edit", args=[image.pk])).content.decode()


def save(client: Client, image: SiteImage, **fields: object) -> SiteImage:
    data = {"title": image.title, "tags": "", "shows_person": "True", "released_by": "The woman on it", **fields}
    assert client.post(reverse("wagtailimages:edit", args=[image.pk]), data).status_code == 302
    return SiteImage.objects.get(pk=image.pk)


@pytest.fixture
def picture(trainer: User) -> SiteImage:
    return make_picture(shows_person=True, released_by="The woman on it", uploaded_by_user=trainer)


def test_whoever_uploads_has_to_say_whether_it_shows_a_person(client_for, trainer) -> None:
    client = client_for(trainer)
    html = client.get(reverse("wagtailimages:add")).content.decode()
    assert (
        "Does this show a person?" in html and " checked" not in html.split("Does this show a person?")[1].split("</fieldset>")[0]
    )
    assert "Say whether a person can be seen." in upload(client).content.decode()
    assert not get_image_model().objects.exists()
    upload(client, shows_person="False")
    upload(client, shows_person="True", title="A colleague", released_until="2027-05-31")
    assert list(SiteImage.objects.order_by("pk").values_list("shows_person", "released_until")) == [
        (False, None),
        (True, date(2027, 5, 31)),
    ]


def test_the_uploader_cannot_be_the_one_who_looked(client_for, trainer, picture) -> None:
    client = client_for(trainer)
    assert LOOK not in page_of(client, picture)
    assert save(client, picture, looked="on").reviewed_on is None


def test_a_colleague_looks_and_the_library_remembers_who_and_when(client_for, administrator, picture) -> None:
    client = client_for(administrator)
    assert LOOK in page_of(client, picture)
    seen = save(client, picture, looked="on")
    assert (seen.reviewed_by, seen.reviewed_on) == (administrator, localdate())
    assert "looked on" in page_of(client, picture)
    assert save(client, picture).reviewed_by is None


def test_another_file_has_to_be_looked_at_anew(client_for, trainer, picture) -> None:
    SiteImage.objects.filter(pk=picture.pk).update(reviewed_on=localdate())
    client = client_for(trainer)
    assert save(client, picture).reviewed_on == localdate()
    assert save(client, picture, file=desk()).reviewed_on is None


def library_of(folder: Path, name: str, content: bytes) -> Media:
    """What a pack with one picture brings in."""
    (folder / "media").mkdir(exist_ok=True)
    (folder / "media" / name).write_bytes(content)
    return Media(SimpleNamespace(slug="one", files=FolderFiles(folder)))


def test_a_release_travels_with_its_picture_and_the_look_does_not(picture, tmp_path) -> None:
    picture.released_until, picture.reviewed_on = date(2027, 5, 31), localdate()
    picture.save()
    raw = {"image": picture.pk, "alt_text": "A woman", "decorative": False}
    portable = Portable()
    value = portable.value(block_of("image").child_blocks["image"], raw)
    SiteImage.objects.all().delete()
    found = SiteImage.objects.get(pk=library_of(tmp_path, value["file"], portable.media[value["file"]]).image(value)["image"])
    assert (found.shows_person, found.released_by, found.released_until) == (True, "The woman on it", date(2027, 5, 31))
    assert found.reviewed_on is None
    with pytest.raises(PackError):
        library_of(tmp_path, "x.png", b"").image({"file": "x.png", "person": {"released_until": "soon"}})
