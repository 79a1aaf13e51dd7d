"""Which uploaded files the site hands out by address."""

import pytest
from django.test import Client
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file


@pytest.fixture
def picture(db: None):
    return get_image_model().objects.create(title="Bench", file=get_test_image_file(filename="bench.png"))


def test_a_picture_at_display_size_is_served(client: Client, picture) -> None:
    answer = client.get(picture.get_rendition("width-100").url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert b"".join(answer.streaming_content)


def test_the_original_is_not(client: Client, picture) -> None:
    assert client.get(picture.file.url).status_code == 404


def test_nothing_outside_the_pictures_is(client: Client, picture) -> None:
    name = picture.file.name.rsplit("/", 1)[1]
    for climb in ("..", "%2e%2e"):
        assert client.get(f"/media/images/{climb}/original_images/{name}").status_code == 400
