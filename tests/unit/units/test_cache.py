"""The memory for arrays."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import numpy as np

from gaic.units.cache import ArrayCache

if TYPE_CHECKING:
    from gaic.units.series import Hours


def test_serial_numbers_are_never_given_twice() -> None:
    cache = ArrayCache(0)
    numbers = set()
    for _ in range(50):
        array = np.zeros(3)
        assert cache.serial(array) == cache.serial(array)
        numbers.add(cache.serial(array))
        del array
    assert len(numbers) == 50


def test_an_array_is_made_once_while_it_is_in_use() -> None:
    cache = ArrayCache(0)
    made = cache.get(("k",), lambda: np.ones(3))
    assert cache.get(("k",), lambda: np.zeros(3)) is made
    assert not made.flags.writeable
    del made
    gc.collect()
    assert cache.get(("k",), lambda: np.zeros(3)).tolist() == [0.0, 0.0, 0.0]


def test_the_latest_arrays_are_kept_up_to_the_limit() -> None:
    cache = ArrayCache(48)
    calls: list[str] = []

    class Maker:
        def __init__(self, name: str) -> None:
            self.name = name

        def __call__(self) -> Hours:
            calls.append(self.name)
            return np.ones(3)

    for name in ("a", "b", "a", "c", "a", "b"):
        cache.get((name,), Maker(name))
    assert calls == ["a", "b", "c", "b"]
