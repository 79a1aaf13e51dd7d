"""Our own pages among Wagtail's."""

from django.urls import path

from .flags import deal_with_flags, flags
from .outdated import outdated_report
from .pictures import picture
from .question_views import try_question

app_name = "quizzes_admin"
urlpatterns = [
    path("try/<int:pk>/", try_question, name="try"),
    path("doubts/", flags, name="flags"),
    path("doubts/<uuid:key>/", deal_with_flags, name="deal_with_flags"),
    path("picture/<int:pk>/", picture, name="picture"),
    path("outdated/", outdated_report, name="outdated"),
]
