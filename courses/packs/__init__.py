"""Course packs: a whole course as files. The starter content, the exchange between partners and a backup are one mechanism.

The format is described for people in ``content/README.md``. ``files`` opens a folder or a zip, ``reading`` turns it into values,
``blocks`` turns values into StreamField data, ``loading`` writes pages and questions, ``writing`` turns a course into files.
"""

from .files import PackError
from .loading import Report, load_pack
from .reading import Pack, read_pack
from .writing import write_pack

__all__ = ["Pack", "PackError", "Report", "load_pack", "read_pack", "write_pack"]
