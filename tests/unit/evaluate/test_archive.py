from __future__ import annotations

import hashlib
import io
import zipfile

import numpy as np

from gaic.evaluate.archive import write_archive

ARRAYS = {
    "a.b": np.arange(3, dtype=np.float64),
    "a.b[c]": np.array([], dtype=np.float64),
    "ask.steps[1].x[d#2]": np.array([1.5, -2.25])[::-1],
}


def written() -> bytes:
    target = io.BytesIO()
    write_archive(target, ARRAYS.items())
    return target.getvalue()


def test_numpy_reads_it_without_pickles_under_the_same_names() -> None:
    with np.load(io.BytesIO(written()), allow_pickle=False) as archive:
        assert archive.files == list(ARRAYS)
        for name, array in ARRAYS.items():
            assert archive[name].dtype == np.float64
            np.testing.assert_array_equal(archive[name], array)


def test_the_bytes_are_always_the_same() -> None:
    assert written() == written()
    assert hashlib.sha256(written()).hexdigest() == EXPECTED
    with zipfile.ZipFile(io.BytesIO(written())) as archive:
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert (entry.compress_type, entry.create_system) == (zipfile.ZIP_STORED, 3)
            assert archive.read(entry)[:8] == b"\x93NUMPY\x01\x00"


EXPECTED = "101dae3d007f85b6d2cb4fe655f6d35ec66907f60f3a99d1f360b837aad8f458"
