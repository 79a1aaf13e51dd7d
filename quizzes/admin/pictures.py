"""A picture in the size in which learners see it, for the editor's picker of places."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from wagtail.images import get_image_model
from wagtail.images.permissions import permission_policy

from quizzes.kinds.enclosed import PICTURE


def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to the file. 404 for a picture that the reader may not choose."""
    mine = permission_policy.instances_user_has_any_permission_for(request.user, ["add", "change", "choose"])
    image = get_object_or_404(get_image_model(), pk=pk, pk__in=mine.values("pk"))
    return redirect(image.get_rendition(PICTURE).url)
