"""Files of questions, small enough to read."""

from pathlib import Path

GIFT = """\
// Three questions
::Speaking::Who speaks for the child?{
  =The guardian#Yes.
  ~The employer#An employer has interests of his own.
}

::Border::A border must be crossed.{FALSE}

::Broken::What is this?{=}
"""
AIKEN = "Who keeps the passport?\nA. The child\nB. An adult\nANSWER: A\n"


def gift(folder: Path, text: str = GIFT, name: str = "guardians.gift") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
