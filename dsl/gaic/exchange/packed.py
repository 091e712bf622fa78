"""Packed hours: base64 text of one Zstandard frame of little-endian single-precision floats; and short decimals.

The only door to `zstandard`, which comes with an extra.
"""

from __future__ import annotations

import base64
import binascii
import struct
from decimal import Decimal
from typing import TYPE_CHECKING

from gaic.exchange.faults import BadValueError, MissingExtraError
from gaic.source.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterable

WIDTH = 4
"""Bytes of one value."""
LARGEST_SINGLE = 1e38
"""Single-precision floats reach a little further."""
LARGEST_EXPONENT = Limits().exponent
LARGEST_WHOLE = 1e15
"""Whole numbers below this are written without exponent."""


def unpack(text: str, most: int, extra: str) -> tuple[float, ...]:
    """The values of a packed series, at most `most` of them.

    Raises `BadValueError` for a text that holds something else or more, `MissingExtraError` without the library.
    """
    try:
        packed = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadValueError("the packed values are no base64 text") from None
    raw = _inflate(packed, most * WIDTH, extra)
    if len(raw) % WIDTH:
        raise BadValueError(f"the unpacked values have {len(raw)} bytes, not a multiple of {WIDTH}")
    return struct.unpack(f"<{len(raw) // WIDTH}f", raw)


def _inflate(packed: bytes, most: int, extra: str) -> bytes:
    """Unpack one frame; what it declares and what it holds may be at most `most` bytes."""
    try:
        import zstandard
    except ImportError:
        raise MissingExtraError("zstandard", extra) from None
    try:
        declared = zstandard.frame_content_size(packed)
        if declared > most:
            raise BadValueError(f"more than {most // WIDTH:,} packed hours ({declared // WIDTH:,})")
        reader = zstandard.ZstdDecompressor(max_window_size=max(most, 1 << 10)).decompressobj()
        raw = bytearray()
        # A part of the input at a time: a few bytes may hold very much.
        for start in range(0, len(packed), 64):
            raw += reader.decompress(packed[start : start + 64])
            if len(raw) > most:
                raise BadValueError(f"more than {most // WIDTH:,} packed hours")
    except zstandard.ZstdError:
        raise BadValueError("the packed values are no Zstandard frame") from None
    if not reader.eof or reader.unused_data:
        raise BadValueError("the packed values are not one whole Zstandard frame")
    if declared not in (-1, len(raw)):
        raise BadValueError("the frame of packed values does not hold what it declares")
    return bytes(raw)


def shortest(values: Iterable[float]) -> tuple[str, ...]:
    """Each value as the shortest decimal that reads back as the same single-precision float, if it is one."""
    known: dict[float, str] = {}
    texts: list[str] = []
    for value in values:
        text = known.get(value)
        if text is None:
            text = known[value] = number_text(_single(value))
        texts.append(text)
    return tuple(texts)


def _single(value: float) -> float:
    """The double with the shortest decimal among those that are the same single-precision float."""
    if value.is_integer() or abs(value) > LARGEST_SINGLE:
        return value
    if struct.unpack("<f", struct.pack("<f", value))[0] != value:
        return value
    for digits in range(1, 10):
        near = float(f"{value:.{digits}g}")
        if struct.unpack("<f", struct.pack("<f", near))[0] == value:
            return near
    return value


def number_text(value: float) -> str:
    """The shortest decimal that is this number; whole numbers without a point, `1e-5` without zeros before the 5.

    Very large and small numbers are written in full: the language allows more digits than it allows in an exponent.
    """
    if value == 0:
        return "0"
    if value.is_integer() and abs(value) < LARGEST_WHOLE:
        return str(int(value))
    text = repr(value)
    mantissa, mark, power = text.partition("e")
    if mark and abs(int(power)) >= LARGEST_EXPONENT:
        return format(Decimal(text), "f")
    return f"{mantissa.removesuffix('.0')}e{int(power)}" if mark else text
