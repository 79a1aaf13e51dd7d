"""Who may do what, in one place. Views and hooks ask here and never name a group themselves."""

from django.db.models import QuerySet

from training.places import PARTNERS

from .models import Organisation, Role, User

TRAINERS = "Trainers"
REVIEWERS = "Reviewers"
# Specialists for one step of the review; no role brings these groups, administrators put people in.
LEGAL_REVIEWERS, SAFEGUARDING_REVIEWERS = "Legal reviewers", "Safeguarding reviewers"
ISSUERS = "Issuers"
COORDINATORS = "Coordinators"

# The groups that a role in any organisation brings. Coordinators answer for the national text, so they review and publish.
GROUPS_OF_ROLE = {
    Role.LEARNER: [],
    Role.TRAINER: [TRAINERS],
    Role.ISSUER: [ISSUERS],
    Role.COORDINATOR: [COORDINATORS, REVIEWERS],
}
SENSITIVE_ROLES = [Role.TRAINER, Role.ISSUER, Role.COORDINATOR]


def organisations_as(user: User, *roles: Role) -> QuerySet[Organisation]:
    """The organisations in which ``user`` holds one of ``roles``; all of them for a superuser."""
    if not user.is_authenticated or not user.is_active:
        return Organisation.objects.none()
    if user.is_superuser:
        return Organisation.objects.all()
    return Organisation.objects.filter(memberships__user=user, memberships__role__in=roles).distinct()


def roles_of(user: User) -> frozenset[str]:
    """The roles ``user`` holds in any organisation. Read once per request: menus and gates ask many times."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if not hasattr(user, "_roles"):
        user._roles = frozenset(user.memberships.values_list("role", flat=True))
    return user._roles


def has_role(user: User, *roles: Role) -> bool:
    """Whether ``user`` holds one of ``roles`` somewhere; a superuser holds them all."""
    return user.is_authenticated and user.is_active and (user.is_superuser or not roles_of(user).isdisjoint(roles))


def may_read_reports(user: User) -> bool:
    """Trainers, issuers and coordinators see who learned what; each only the learners their organisation may see."""
    return user.is_superuser or has_role(user, Role.TRAINER, Role.ISSUER, Role.COORDINATOR)


def may_issue_for(user: User, organisation: Organisation) -> bool:
    """Approve, revoke and reinstate certificates of ``organisation``: its issuers only."""
    return user.is_superuser or (user.is_active and organisations_as(user, Role.ISSUER).filter(pk=organisation.pk).exists())


def needs_second_factor(user: User) -> bool:
    """Who can publish or issue must prove it is them: trainers, issuers, coordinators, reviewers, administrators."""
    if user.is_superuser or user.is_staff or has_role(user, *SENSITIVE_ROLES):
        return True
    return user.groups.filter(name__in=[REVIEWERS, LEGAL_REVIEWERS, SAFEGUARDING_REVIEWERS]).exists()


def may_moderate(user: User) -> bool:
    """Let through or hide what people gave without their names. It belongs to no organisation, so neither does the right."""
    return has_role(user, Role.TRAINER, Role.COORDINATOR)


def may_work_on_quizzes(user: User) -> bool:
    """Write questions and quizzes, give somebody more time, deal with doubts: trainers and coordinators."""
    return has_role(user, Role.TRAINER, Role.COORDINATOR)


def may_print_handbooks(user: User) -> bool:
    """See notes for trainers and answers on paper: those who run trainings."""
    return has_role(user, Role.TRAINER, Role.COORDINATOR)


def countries_of(user: User) -> frozenset[str]:
    """Whose texts and contacts ``user`` keeps: coordinators those of their organisations' countries, administrators all."""
    if user.is_superuser and user.is_active:
        return frozenset(PARTNERS)
    if not has_role(user, Role.COORDINATOR):
        return frozenset()
    return frozenset(organisations_as(user, Role.COORDINATOR).values_list("country", flat=True)) & frozenset(PARTNERS)
