"""What every country must answer, and whom one must be able to call there. Lessons name a slot and a kind, never a country."""

from django.utils.translation import gettext_lazy as _

SLOTS = [
    ("guardian", _("Who is the guardian")),
    ("identification", _("Who identifies a victim")),
    ("specialised-help", _("Specialised help and shelters")),
    ("age-assessment", _("How age is assessed")),
    ("reflection-period", _("Time to rest and decide")),
    ("residence-permit", _("Residence permit")),
    ("non-punishment", _("No punishment for what one was made to do")),
    ("legal-aid", _("Legal aid")),
    ("compensation", _("Compensation")),
    ("hearing", _("How a child is heard")),
    ("professional-secrecy", _("Professional secrecy")),
    ("duty-to-report", _("Duty to report")),
    ("online-report", _("Reporting online")),
    ("missing-child", _("When a child is missing")),
    ("turning-eighteen", _("Turning 18")),
    ("child-materials", _("Materials for children")),
    ("consent-for-sessions", _("Who agrees to a session with a child")),
]

CONTACT_KINDS = [
    ("helpline", _("Helpline for children")),
    ("police", _("Police")),
    ("guardianship", _("Guardianship service")),
    ("referral", _("Identification and specialised help")),
    ("legal_aid", _("Legal aid")),
    ("missing_children", _("Missing children")),
]
