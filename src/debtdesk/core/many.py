"""Many records at once: what keeps making hundreds of thousands of them from slowing down."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def making_many() -> Iterator[None]:
    """Put off Python's search for circular garbage while records are made.

    Notes
    -----
    Records hold no circles, and each of the many searches walks over all that was made so far: a third of the time of a
    bill with 200,000 lines. Where two threads make records at once, the search goes on when the first is done.
    """
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()
