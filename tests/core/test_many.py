"""Making many records leaves the search for garbage as it was."""

import gc

import pytest

from debtdesk.core.many import making_many


def test_the_search_for_garbage_is_put_off_and_goes_on_afterwards() -> None:
    assert gc.isenabled()
    with making_many():
        assert not gc.isenabled()
        with making_many():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_an_error_too() -> None:
    with pytest.raises(ValueError, match="slip"), making_many():
        raise ValueError("slip")
    assert gc.isenabled()


def test_who_has_switched_it_off_finds_it_off() -> None:
    gc.disable()
    try:
        with making_many():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
