from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"

    def ready(self) -> None:
        from . import receivers  # noqa: F401
        from .reviewing import receivers as of_reviews  # noqa: F401
