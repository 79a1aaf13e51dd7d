"""A double click that reaches two processes at the same moment still makes one person."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories.accounts import PASSWORD

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
CLICKS = 4


def test_parallel_posts_of_one_form_make_one_person():
    start, data = Barrier(CLICKS), {"email": "ana@example.com", "password1": PASSWORD, "signup_key": str(uuid.uuid4())}

    def click(_: int) -> tuple[int, str]:
        client = Client()
        start.wait()
        try:
            response = client.post(reverse("account_signup"), data)
            return response.status_code, client.session["_auth_user_id"]
        finally:
            connection.close()

    with ThreadPoolExecutor(CLICKS) as threads:
        answers = set(threads.map(click, range(CLICKS)))
    assert answers == {(302, str(User.objects.get().pk))}
    assert EmailAddress.objects.count() == 1
