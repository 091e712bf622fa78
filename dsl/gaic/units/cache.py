"""A memory for arrays that are made from other arrays."""

from __future__ import annotations

import itertools
import weakref
from collections import OrderedDict
from typing import TYPE_CHECKING

from gaic.units.series import ones

if TYPE_CHECKING:
    from collections.abc import Callable

    from gaic.units.series import Hours

    Key = tuple[object, ...]


class ArrayCache:
    """Arrays by key: any that is still in use, and of the others the latest ones, up to `limit` bytes.

    Keys name arrays by serial numbers, which are never given twice, so a key cannot outlive its meaning.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held = 0
        self._latest: OrderedDict[Key, Hours] = OrderedDict()
        self._in_use: weakref.WeakValueDictionary[Key, Hours] = weakref.WeakValueDictionary()
        self._serials: dict[int, tuple[weakref.ref[Hours], int]] = {}
        self._next = itertools.count()

    def serial(self, array: Hours) -> int:
        """Give the number of an array; another array, also at the same address later, has another number."""
        known = self._serials.get(id(array))
        if known is not None and known[0]() is array:
            return known[1]
        number = next(self._next)
        self._serials[id(array)] = (weakref.ref(array), number)
        return number

    def has(self, key: Key) -> bool:
        """Say whether the array of that key need not be made."""
        return key in self._in_use

    def get(self, key: Key, make: Callable[[], Hours]) -> Hours:
        """Give the array of that key, made now if nobody has it any more; it is read only."""
        array = self._in_use.get(key)
        if array is None:
            array = make()
            array.flags.writeable = False
            self._in_use[key] = array
        self._keep(key, array)
        return array

    def cut(self, array: Hours, at: int, n: int) -> Hours:
        """Give `n` hours of an array, the same object each time."""
        if n == len(array):
            return array
        if array is ones(len(array)):
            return ones(n)
        return self.get(("part", self.serial(array), at, n), lambda: array[at : at + n])

    def _keep(self, key: Key, array: Hours) -> None:
        if key in self._latest:
            self._latest.move_to_end(key)
            return
        self._latest[key] = array
        self._held += array.nbytes
        while self._held > self._limit:
            _, oldest = self._latest.popitem(last=False)
            self._held -= oldest.nbytes
