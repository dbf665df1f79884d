"""Colours: readable words, and parts that are told apart in grey and by colour-blind eyes."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from debtdesk.core.terms import PARTS
from debtdesk.views.colours import ALARM, DOMINATED, INK, LINES, PAPER, QUIET, contrast, luminance, parts, shade

# How red, green and blue (linear) look without red-, green- or blue-sensitive cones: Machado et al. 2009, severity 1.
BLIND = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def linear(colour: str) -> np.ndarray:
    given = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(given <= 0.04045, given / 12.92, ((given + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of linear sRGB, white D65."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = np.cbrt(np.clip(to_xyz @ np.clip(rgb, 0, 1) / [0.9505, 1.0, 1.089], 1e-6, None))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)  # WCAG's own example of a near miss


@pytest.mark.parametrize("part", parts())
def test_words_are_readable(part: str) -> None:
    tone = shade(part)
    assert contrast(tone.ink, PAPER) >= 4.5
    assert contrast(tone.on_fill, tone.fill) >= 3.0  # large text and hatches


@pytest.mark.parametrize("colour", [INK, QUIET, ALARM, *LINES])
def test_other_words_are_readable(colour: str) -> None:
    assert contrast(colour, PAPER) >= 4.5


def test_a_grey_point_is_seen() -> None:
    assert contrast(DOMINATED, PAPER) >= 3.0


def test_parts_differ_in_grey() -> None:
    greys = sorted(lab(np.full(3, luminance(shade(p).fill)))[0] for p in PARTS)
    assert all(b - a > 12 for a, b in pairwise(greys))


def test_neighbours_in_the_stack_differ_most_in_grey() -> None:
    greys = [lab(np.full(3, luminance(shade(p).fill)))[0] for p in PARTS]
    assert all(abs(a - b) > 12 for a, b in pairwise(greys))


@pytest.mark.parametrize("kind", BLIND)
def test_parts_differ_to_colour_blind_eyes(kind: str) -> None:
    seen = [lab(np.array(BLIND[kind]) @ linear(shade(p).fill)) for p in PARTS]
    apart = [float(np.linalg.norm(a - b)) for i, a in enumerate(seen) for b in seen[i + 1 :]]
    assert min(apart) > 15


def test_paid_and_left_differ_in_grey() -> None:
    one, other = (lab(np.full(3, luminance(shade(p).fill)))[0] for p in ("paid", "left"))
    assert abs(one - other) > 12


def test_a_word_without_a_shade_is_quiet() -> None:
    assert shade("anything").ink == QUIET
