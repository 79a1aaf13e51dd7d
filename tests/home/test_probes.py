"""Is the process alive, can it do its work."""

import pytest
from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper


def test_the_process_answers_without_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]


def test_probes_are_not_redirected_to_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_ready_when_everything_is_there(client):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"database": "ok", "migrations": "ok", "storage": "ok"}
    assert default_storage.listdir("ready") == ([], [])


@pytest.mark.django_db
def test_not_ready_when_a_migration_is_missing(client, caplog):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'learning'")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {"database": "ok", "migrations": "failed", "storage": "ok"}
    assert "learning" in caplog.text


@pytest.mark.django_db
def test_not_ready_when_files_cannot_be_stored(client, settings, tmp_path, caplog):
    settings.MEDIA_ROOT = tmp_path / "a-file"
    settings.MEDIA_ROOT.write_text("not a folder")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["storage"] == "failed"
    assert str(tmp_path) not in response.content.decode()


@pytest.mark.django_db
def test_not_ready_when_the_database_is_gone(client, monkeypatch, caplog):
    """The database refuses; what we do about it is ours."""

    def refuse(self):
        raise OperationalError("secret-host refused")

    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", refuse)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {"database": "failed", "migrations": "failed", "storage": "ok"}
    assert "secret-host" not in response.content.decode()
