"""Many yearly costs at once: XIRR over lanes, each a stream of payments on dated days."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from debtdesk.core.returns import xirr

BLOCK = 256  # lanes whose numbers fit the cache together
_DONE = 3e-6  # a step below this leaves an error far below 1e-12, for steps shrink by their cube
_MOST = 6


def xirrs(days: NDArray[Any], amounts: NDArray[Any]) -> NDArray[np.float64]:
    """Return the same yearly rates as `xirr` does for one stream, for many at once; NaN where there is no such rate.

    Parameters
    ----------
    days : array of whole numbers, shape (flows,) or (lanes, flows)
        The day of each flow, as days since any day; the first is the earliest. [days]
    amounts : array of whole numbers, shape (lanes, flows)
        What is received (above zero) or paid (below zero). [fen]

    Notes
    -----
    Lanes in which the first flow alone has one sign and the others none or the other, as all of ours, go side by side:
    with weights a·exp(−t·d) the logarithm of what is paid falls by the mean of t and bends by its variance, and one
    step solves the parabola of these two. The others, and those that do not settle, go one by one.
    """
    amounts = np.asarray(amounts, dtype=np.float64)
    days = np.asarray(days)
    if amounts.ndim != 2 or days.shape not in (amounts.shape, amounts.shape[1:]):
        raise ValueError(f"days {days.shape} must be those of amounts {amounts.shape}, for a lane or for all")
    if not amounts.size:
        return np.full(amounts.shape[0], np.nan)
    first = days[..., :1]
    if (days < first).any():
        raise ValueError("days must begin with the earliest")
    years = (days - first) / 365.0
    found = np.empty(amounts.shape[0])
    for begin in range(0, amounts.shape[0], BLOCK):
        lanes = slice(begin, begin + BLOCK)
        found[lanes] = _block(years if years.ndim == 1 else years[lanes], amounts[lanes])
    for i in np.flatnonzero(np.isneginf(found)):
        own = days if days.ndim == 1 else days[i]
        rate = xirr([(date.fromordinal(1 + int(d - own[0])), int(a)) for d, a in zip(own, amounts[i], strict=True)])
        found[i] = np.nan if rate is None else rate
    return found


def _block(years: NDArray[np.float64], amounts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the rates of a block of lanes, −inf where a lane has to be looked at by itself."""
    start, paid = amounts[:, 0], amounts[:, 1:] * -np.sign(amounts[:, :1])
    t, owed, total = years[..., 1:], np.abs(start), paid.sum(axis=1)
    usual = (owed > 0) & (total > 0) & (paid.min(axis=1, initial=0.0) >= 0) & (t.min(initial=1.0) > 0)
    if not usual.all():
        paid = np.where(usual[:, None], paid, 1.0)
    goal, force = np.log(np.where(usual, owed, 1.0)), np.zeros(len(start))
    moments = np.stack([np.ones_like(t), t, t * t], axis=-1)
    weights, step = paid, force
    for _ in range(_MOST):
        whole, first, second = _sums(weights, moments)
        mean = first / whole
        bend, ahead = second / whole - mean * mean, np.log(whole) - goal
        root = mean * mean - 2.0 * bend * ahead
        # the nearer root of bend/2 x² − mean x + ahead, written so that a small bend does no harm
        step = np.where(root > 0, 2.0 * ahead / (mean + np.sqrt(np.maximum(root, 0.0))), ahead / mean)
        force = force + step
        if np.abs(step[usual]).max(initial=0.0) < _DONE:
            break
        weights = paid * np.exp(t * -force[:, None])
    rates = np.expm1(force)
    rates[total == owed] = 0.0
    return np.where(usual & (np.abs(step) < _DONE), rates, -np.inf)


def _sums(weights: NDArray[np.float64], moments: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the sums of weights, of weights times t, and of weights times t², each a place a lane."""
    if moments.ndim == 2:
        return np.asarray((weights @ moments).T)
    return np.asarray(np.einsum("ij,ijk->ki", weights, moments))
