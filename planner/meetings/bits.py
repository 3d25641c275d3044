"""Diaries as whole numbers: a bit a quarter of an hour, so that many diaries are joined in microseconds."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

QUARTER = timedelta(minutes=15)


def first_at_or_before(at: datetime, zero: datetime) -> int:
    """The quarter in which `at` lies, counted from `zero`."""
    return (at.astimezone(UTC) - zero) // QUARTER


def first_at_or_after(at: datetime, zero: datetime) -> int:
    """The first quarter that begins at `at` or later."""
    return -((zero - at.astimezone(UTC)) // QUARTER)


def ones(start: int, end: int, length: int) -> int:
    """Bits `start` to `end`, not included, of those there are."""
    start, end = max(0, start), min(end, length)
    return ((1 << (end - start)) - 1) << start if end > start else 0


def eroded(free: int, width: int) -> int:
    """The bits from which `width` bits in a row are set; in a number of steps like the logarithm of width."""
    done = 1
    while done < width:
        step = min(done, width - done)
        free &= free >> step
        done += step
    return free


def runs(busy: int, width: int) -> int:
    """The bits of every run of at least `width` bits in a row."""
    begun, done = eroded(busy, width), 1
    while done < width:
        step = min(done, width - done)
        begun |= begun << step
        done += step
    return begun


def counted(masks: Iterable[int], among: int) -> list[int]:
    """Element k has the bits of `among` that are set in exactly k of the masks (counted in slices)."""
    given = list(masks)
    slices = [0] * len(given).bit_length()
    for mask in given:
        carry = mask & among
        for i, one in enumerate(slices):
            slices[i], carry = one ^ carry, one & carry
    levels = []
    for k in range(len(given) + 1):
        level = among
        for i, one in enumerate(slices):
            level &= one if k >> i & 1 else ~one
        levels.append(level)
    return levels


def bits_of(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, from the lowest."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
