"""The code printed on a certificate: short enough to type from paper, forgiving about what paper blurs."""

import secrets

# Douglas Crockford's base 32: no O, I, L or U in what we print; what people type for 0 and 1 is understood. 12 signs: 60 bits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
GROUP = 4
MEANT = str.maketrans("OIL", "011")


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def grouped(code: str) -> str:
    """``ABCDEFGHJKMN`` as people read it: ``ABCD-EFGH-JKMN``."""
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))


def normalised(typed: str) -> str:
    """What was meant by ``typed``: any case, spaces and dashes anywhere, O for 0, I or L for 1."""
    return "".join(c for c in typed.upper().translate(MEANT) if c in ALPHABET)
