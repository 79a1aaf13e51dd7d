"""The page in the Wagtail admin where editors set how the editor looks to them."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, BaseSettingsPanel, NameEmailSettingsPanel

from .forms import NameForm


class NamePanel(BaseSettingsPanel):
    name = "name"
    title = _("Name")
    order = NameEmailSettingsPanel.order
    form_class = NameForm


class EditorAccountView(AccountView):
    """Wagtail's page asks for a first and a last name, which our people do not have."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        panels = [panel for panel in super().get_panels() if not isinstance(panel, NameEmailSettingsPanel)]
        return [NamePanel(self.request, self.request.user, panels[0].profile), *panels]


editor_account = require_admin_access(EditorAccountView.as_view())
