"""Fractional keys in base 62 that sort as text by code unit: there is always one more between two neighbours.

After David Greenspan, "Implementing Fractional Indexing" (2020); here only the fraction, without its variable-length integer part, so that
a key never ends in the lowest digit and a long run of inserts at one end grows the key slowly by leaving room there.
"""

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BASE = len(DIGITS)
#: a list with a key longer than this is spread anew
LONGEST = 32
_VALUE = {d: i for i, d in enumerate(DIGITS)}
_STEP = 8
#: digits in which keys at the two ends count up and down
_ENDS = 3


def between(low: str | None, high: str | None) -> str:
    """A key after ``low`` and before ``high``; None stands for the end on that side. Expects low < high."""
    if low is not None and high is None:
        return _after(low)
    if high is not None and low is None:
        return _before(high)
    return _middle(low or "", high or "")


def several(low: str | None, high: str | None, count: int) -> list[str]:
    """``count`` ascending keys after ``low`` and before ``high``."""
    if count == 0:
        return []
    if high is None:
        keys = [between(low, None)]
        while len(keys) < count:
            keys.append(between(keys[-1], None))
        return keys
    # Halving keeps the keys short: one more digit for every sixty.
    left = (count - 1) // 2
    middle = between(low, high)
    return [*several(low, middle, left), middle, *several(middle, high, count - 1 - left)]


def spread(count: int) -> list[str]:
    """``count`` ascending keys of the same short length, evenly apart."""
    width = 2
    while BASE**width < (count + 1) * 4:
        width += 1
    step = BASE**width // (count + 1)
    return [_digits(step * (i + 1), width) for i in range(count)]


def _after(low: str) -> str:
    # Appending is the common case: count upwards in the first digits instead of halving the rest, which would add a digit every six cards.
    number, width = 0, _ENDS
    for d in low[:width].ljust(width, DIGITS[0]):
        number = number * BASE + _VALUE[d]
    number += _STEP
    return _digits(number, width) if number < BASE**width - 1 else _middle(low, "")


def _before(high: str) -> str:
    number, width = 0, _ENDS
    for d in high[:width].ljust(width, DIGITS[0]):
        number = number * BASE + _VALUE[d]
    number -= _STEP
    return _digits(number, width) if number > 0 else _middle("", high)


def _middle(low: str, high: str) -> str:
    out, i, bounded = [], 0, bool(high)
    while True:
        a = _VALUE[low[i]] if i < len(low) else 0
        b = _VALUE[high[i]] if bounded and i < len(high) else BASE
        if bounded and i >= len(high):
            b = 0
        if a == b:
            out.append(DIGITS[a])
        elif b - a > 1:
            out.append(DIGITS[(a + b) // 2])
            return "".join(out)
        else:
            out.append(DIGITS[a])
            bounded = False
        i += 1


def _digits(number: int, width: int) -> str:
    out = []
    for _ in range(width):
        number, d = divmod(number, BASE)
        out.append(DIGITS[d])
    key = "".join(reversed(out))
    # A key that ends in the lowest digit would leave no room before it.
    return key if key[-1] != DIGITS[0] else key + DIGITS[BASE // 2]
