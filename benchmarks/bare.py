"""The floor: a Django site of one view that does nothing, in the same server, for the ratio. Settings and addresses in one."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

SECRET_KEY = "signs nothing"  # noqa: S105 - there is nothing to sign
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "bare"
USE_TZ = True


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [path("", nothing)]
