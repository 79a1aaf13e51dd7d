"""Who may take courses out and bring them in."""

from wagtail.models import Page

from accounts.models import User
from courses.models import CourseIndexPage

WRITING = [
    *("quizzes.add_question", "quizzes.publish_question", "quizzes.add_quiz", "quizzes.publish_quiz"),
    *("courses.add_sharedcontent", "courses.publish_sharedcontent"),
]


def may_export(user: User, course: Page) -> bool:
    """Who edits the course and may see the right answers, which the file holds."""
    return course.permissions_for_user(user).can_edit() and user.has_perm("quizzes.view_question")


def may_import(user: User) -> bool:
    """Who may add and publish courses in every language, with all that hangs on them: a file may hold any of it."""
    if not user.has_perms(WRITING):
        return False
    rights = [page.permissions_for_user(user) for page in CourseIndexPage.objects.defer_streamfields()]
    return bool(rights) and all(each.can_add_subpage() and each.can_publish_subpage() for each in rights)
