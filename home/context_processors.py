from django.http import HttpRequest

from .shell import Shell


def site_shell(request: HttpRequest) -> dict[str, Shell]:
    """``shell`` in every template. Costs nothing until a template asks it something."""
    return {"shell": Shell.of(request)}
