"""Every pair of colours that meets on a page stays readable, by day and by night (WCAG 2.2, 1.4.3, 1.4.6 and 1.4.11)."""

import re

import pytest
from django.conf import settings

TOKENS = (settings.BASE_DIR / "static/css/tokens.css").read_text()
SOFT = ["primary-soft", "accent-soft", "success-soft", "warning-soft", "danger-soft", "info-soft"]
PAIRS = [
    ("ink", "paper", 7),
    ("ink", "surface", 7),
    ("ink", "sunken", 7),
    *(("ink", soft, 7) for soft in SOFT),
    ("ink-2", "paper", 4.5),
    ("ink-2", "surface", 4.5),
    ("ink-2", "sunken", 4.5),
    ("control", "surface", 3),
    ("control", "paper", 3),
    ("link", "paper", 4.5),
    ("link", "surface", 4.5),
    ("link", "sunken", 4.5),
    ("link", "primary-soft", 4.5),
    ("visited", "paper", 4.5),
    ("visited", "surface", 4.5),
    ("on-primary", "primary", 4.5),
    ("on-primary", "primary-hover", 4.5),
    ("primary", "surface", 4.5),
    ("primary", "primary-soft", 4.5),
    ("accent", "accent-soft", 4.5),
    ("success", "success-soft", 4.5),
    ("success", "surface", 4.5),
    ("warning", "warning-soft", 4.5),
    ("danger", "danger-soft", 4.5),
    ("danger", "surface", 4.5),
    ("danger", "paper", 4.5),
    ("info", "info-soft", 4.5),
    ("on-exit", "exit", 4.5),
    *((f"chart-{n}", "surface", 3) for n in range(1, 5)),
]


def palette(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})", css))


def themes() -> dict[str, dict[str, str]]:
    light, system_dark, chosen_dark = re.split(r"prefers-color-scheme: dark|:root\[data-theme=\"dark\"\]", TOKENS)
    day = palette(light)
    return {"light": day, "system dark": day | palette(system_dark), "chosen dark": day | palette(chosen_dark)}


def luminance(colour: str) -> float:
    """WCAG relative luminance, 0 (black) to 1 (white)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "system dark", "chosen dark"])
@pytest.mark.parametrize(("front", "back", "needed"), PAIRS)
def test_a_pair_is_readable(theme, front, back, needed):
    colours = themes()[theme]
    assert contrast(colours[front], colours[back]) >= needed


@pytest.mark.parametrize("theme", ["light", "system dark", "chosen dark"])
@pytest.mark.parametrize("back", ["paper", "surface", "sunken", *SOFT])
def test_one_of_the_two_focus_rings_shows_on_any_ground(theme, back):
    colours = themes()[theme]
    assert max(contrast(colours["focus"], colours[back]), contrast(colours["ink"], colours[back])) >= 3


def test_the_readers_own_dark_is_the_systems_dark():
    assert themes()["system dark"] == themes()["chosen dark"]
