"""Questions from files into a bank: read by a format, checked, decided about, and written all together or not at all.

``check`` (slow, reads no question) and ``decide`` (quick, looks at the bank) write nothing; ``write`` is one transaction.
"""

from .checking import Checked, check
from .planning import Decision, Step, decide, report_of
from .writing import write

__all__ = ["Checked", "Decision", "Step", "check", "decide", "report_of", "write"]
