"""Country is not language: the country chooses the law and the contacts, the language chooses the words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Country(models.TextChoices):
    """The ten partner countries (ISO 3166-1 alpha-2), any other, and the right not to say."""

    AL = "AL", _("Albania")
    AT = "AT", _("Austria")
    BE = "BE", _("Belgium")
    BG = "BG", _("Bulgaria")
    DE = "DE", _("Germany")
    FR = "FR", _("France")
    GB = "GB", _("United Kingdom")
    IT = "IT", _("Italy")
    NL = "NL", _("Netherlands")
    TR = "TR", _("Turkey")
    OTHER = "XX", _("Another country")
    UNDISCLOSED = "--", _("I prefer not to say")


# Those whose law and contacts the site keeps.
PARTNERS = [country for country in Country if country not in {Country.OTHER, Country.UNDISCLOSED}]
PARTNER_CHOICES = [(country.value, country.label) for country in PARTNERS]

# Those of the partner countries; the site itself may speak fewer.
LANGUAGES = {
    "en": "English",
    "fr": "Français",
    "nl": "Nederlands",
    "de": "Deutsch",
    "it": "Italiano",
    "tr": "Türkçe",
    "sq": "Shqip",
    "bg": "Български",
}

# Where "Leave this site" goes: a public weather service, which nobody has to explain.
EXIT_URLS = {
    Country.AL: "https://www.meteo.al/",
    Country.AT: "https://www.wetter.orf.at/",
    Country.BE: "https://www.meteo.be/",
    Country.BG: "https://weather.bg/",
    Country.DE: "https://www.dwd.de/",
    Country.FR: "https://meteofrance.com/",
    Country.GB: "https://www.metoffice.gov.uk/",
    Country.IT: "https://www.meteoam.it/",
    Country.NL: "https://www.knmi.nl/",
    Country.TR: "https://www.mgm.gov.tr/",
}
DEFAULT_EXIT_URL = "https://www.wikipedia.org/"
