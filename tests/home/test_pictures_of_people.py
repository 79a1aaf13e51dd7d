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
from courses.reviewing.checklist import keeps_from_approval
from home.models import SiteImage
from quizzes.models import Quiz
from tests.courses.blocks.editing import block_of
from tests.factories.courses import block
from tests.factories.editing import PUBLISH, admin_url, quiz_data
from tests.factories.pictures import make_picture
from tests.factories.practice import put_into
from tests.factories.quizzes import make_question, single_choice
from tests.home.test_dashboard import desk as desk_of

pytestmark = pytest.mark.django_db
DESCRIBED = {"alt_text": "A sign", "decorative": False}
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


def travels(picture: SiteImage, folder: Path, kind: str) -> SiteImage:
    """``picture``, as another site has it that reads it from a course file."""
    raw = {"image": picture.pk, "alt_text": "A woman", "decorative": False} if kind == "image" else picture.pk
    field = {"image": "image", "video": "poster"}[kind]
    portable = Portable()
    value = portable.value(block_of(kind).child_blocks[field], raw)
    SiteImage.objects.all().delete()
    media = library_of(folder, value["file"], portable.media[value["file"]])
    return SiteImage.objects.get(pk=media.image(value)["image"] if kind == "image" else media.picture(value))


@pytest.mark.parametrize("kind", ["image", "video"])
def test_a_release_travels_with_its_picture_and_the_look_does_not(picture, tmp_path, kind: str) -> None:
    picture.released_until, picture.reviewed_on = date(2027, 5, 31), localdate()
    picture.save()
    found = travels(picture, tmp_path, kind)
    assert (found.shows_person, found.released_by, found.released_until) == (True, "The woman on it", date(2027, 5, 31))
    assert found.reviewed_on is None and not found.may_be_shown


@pytest.mark.parametrize("kind", ["image", "video"])
@pytest.mark.parametrize("said", [False, None])
def test_that_a_picture_shows_nobody_travels_and_so_does_that_nobody_has_said(picture, tmp_path, kind: str, said) -> None:
    picture.shows_person = said
    picture.save()
    found = travels(picture, tmp_path, kind)
    assert found.shows_person is said and found.may_be_shown is (said is False)


@pytest.mark.parametrize("kind", ["image", "video"])
def test_whoever_is_to_be_named_travels_with_the_picture(picture, tmp_path, kind: str) -> None:
    picture.credit = "Ann Other, CC BY 4.0"
    picture.save()
    assert travels(picture, tmp_path, kind).credit == "Ann Other, CC BY 4.0"


@pytest.mark.parametrize("credit", ["x" * 201, {"name": "x"}, 5], ids=lambda one: str(one)[:9])
def test_a_credit_that_is_none_is_refused_and_one_of_our_own_is_kept(db, tmp_path, credit: object) -> None:
    media = library_of(tmp_path, "desk.png", desk().read())
    with pytest.raises(PackError, match=r"desk\.png: credit"):
        media.picture({"file": "desk.png", "credit": credit})
    for ours in ("Ann Other", "Somebody else"):
        media.picture({"file": "desk.png", "credit": ours})
    assert SiteImage.objects.get().credit == "Ann Other"


def test_a_poster_may_be_a_name_alone_and_then_nobody_has_said(db, tmp_path) -> None:
    media = library_of(tmp_path, "desk.png", desk().read())
    assert SiteImage.objects.get(pk=media.picture("desk.png")).shows_person is None
    said = {"file": "desk.png", "person": {"released_by": "The woman on it"}}
    assert SiteImage.objects.get(pk=media.picture(said)).released_by == "The woman on it", "said later, of the same file"
    assert SiteImage.objects.get(pk=media.picture({"file": "desk.png", "person": False})).shows_person, "known here already"


HOSTILE = [
    *({"released_until": day} for day in ("soon", "2027-02-31", ["2027-05-31"])),
    *({"released_by": who} for who in ("x" * 201, {"name": "x"})),
    *({"no_real_person": drawn} for drawn in ("yes", 1)),
    *({"reviewed_on": "2026-01-01"}, {"reviewed_by": 1}, {1: 2}),
    *(True, "nobody", 0, []),
]


@pytest.mark.parametrize("person", HOSTILE, ids=str)
def test_what_cannot_be_read_of_a_person_is_refused(db, tmp_path, person: object) -> None:
    media = library_of(tmp_path, "desk.png", desk().read())
    for read in (media.image, media.picture):
        with pytest.raises(PackError, match=r"desk\.png"):
            read({"file": "desk.png", "person": person})
    assert not SiteImage.objects.exists()


def test_a_picture_of_which_nobody_has_said_holds_its_lesson_back_and_waits_on_the_desk(client_for, trainer, lessons) -> None:
    question = make_question(single_choice(image={"image": make_picture(shows_person=None, title="Sign").pk, **DESCRIBED}))
    client = client_for(trainer)
    html = client.post(admin_url(Quiz, "add"), quiz_data([question]) | PUBLISH, follow=True).content.decode()
    assert "Nobody has said yet whether “Sign” shows a person." in html
    put_into(lessons[0], block("quiz", {"quiz": Quiz.objects.get(title="Quiz").pk, "why": ""}))
    assert keeps_from_approval(lessons[0]) and "Sign (Does it show a person?)" in desk_of(client)["pictures"]
    image = SiteImage.objects.get(title="Sign")
    assert " checked" not in page_of(client, image).split("Does this show a person?")[1].split("</fieldset>")[0]
    assert save(client, image, shows_person="False").may_be_shown
    assert "Sign" not in desk_of(client)["pictures"]


def test_whoever_did_not_upload_a_picture_of_a_person_finds_it_on_their_desk(client_for, trainer, administrator, picture) -> None:
    assert "Second look" in desk_of(client_for(administrator))["pictures"]
    assert "Second look" not in desk_of(client_for(trainer))["pictures"]
