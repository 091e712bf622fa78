"""Writes series as a NumPy archive (`.npz`) whose bytes depend on nothing but names and numbers."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from numpy.lib import format as npy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

# The earliest moment that a zip archive can name: files in it carry no time of their own.
NO_TIME = (1980, 1, 1, 0, 0, 0)
UNIX = 3


def write_archive(target: BinaryIO, arrays: Iterable[tuple[str, NDArray[np.float64]]]) -> None:
    """Write one float64 array per name, in npy format 1.0, without compression and without pickles.

    Nothing is compressed, because the bytes would then depend on the release of zlib. Only one array is held at a time.
    """
    with zipfile.ZipFile(target, "w") as archive:
        for name, array in arrays:
            entry = zipfile.ZipInfo(f"{name}.npy", NO_TIME)
            entry.create_system = UNIX
            entry.external_attr = 0o644 << 16
            entry.file_size = array.nbytes
            with archive.open(entry, "w") as member:
                npy.write_array(member, np.ascontiguousarray(array, dtype="<f8"), version=(1, 0), allow_pickle=False)
