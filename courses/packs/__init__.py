"""Course packs: a whole course as files. The starter content, the exchange between partners and a backup are one mechanism.

The format is described for people in ``content/README.md``. ``reading`` turns a folder into values, ``blocks`` turns values into
StreamField data, ``loading`` writes pages and questions.
"""

from .loading import Report, load_pack
from .reading import Pack, PackError, read_pack

__all__ = ["Pack", "PackError", "Report", "load_pack", "read_pack"]
