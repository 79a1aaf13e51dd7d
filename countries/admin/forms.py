"""The forms of texts and contacts."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList

from .access import CountryForm


class ContactForm(CountryForm):
    def is_valid(self) -> bool:
        valid = super().is_valid()
        rows = self.formsets["words"].cleaned_data if valid else []
        if valid and not any(row.get("name") and not row.get("DELETE") for row in rows):
            self.add_error(None, _("Give the contact a name, in one language at least."))
            return False
        return valid


ENTRY_PANELS = ObjectList(
    [
        FieldRowPanel([FieldPanel("country"), FieldPanel("slot"), FieldPanel("language")]),
        FieldPanel("law"),
        FieldPanel("means"),
        FieldPanel("link"),
        FieldPanel("source"),
        MultiFieldPanel(
            [FieldPanel("state"), FieldRowPanel([FieldPanel("checked_on"), FieldPanel("review_by")]), FieldPanel("checked_by")],
            heading=_("How sure it is"),
        ),
    ],
    base_form_class=CountryForm,
)
CONTACT_PANELS = ObjectList(
    [
        FieldRowPanel([FieldPanel("country"), FieldPanel("kind")]),
        FieldRowPanel([FieldPanel("number"), FieldPanel("link")]),
        InlinePanel("words", label=_("Words"), heading=_("Words in each language"), min_num=1),
        FieldPanel("languages"),
        FieldPanel("source"),
        MultiFieldPanel([FieldPanel("confirmed"), FieldPanel("checked_on")], heading=_("How sure it is")),
    ],
    base_form_class=ContactForm,
)
