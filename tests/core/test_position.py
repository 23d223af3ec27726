"""There is always a place between two cards, and it sorts where it was meant to."""

from hypothesis import given
from hypothesis import strategies as st

from board.core.position import DIGITS, LONGEST, between, spread

places = st.lists(st.integers(min_value=0, max_value=10_000), min_size=1, max_size=200)


@given(places)
def test_keys_keep_the_order_in_which_cards_were_put(wanted: list[int]) -> None:
    order: list[str] = []
    for place in wanted:
        at = place % (len(order) + 1)
        low = order[at - 1] if at else None
        high = order[at] if at < len(order) else None
        key = between(low, high)
        assert (low is None or low < key) and (high is None or key < high)
        assert set(key) <= set(DIGITS) and not key.endswith(DIGITS[0])
        order.insert(at, key)
    assert order == sorted(order) and len(set(order)) == len(order)


def test_a_thousand_cards_at_either_end_keep_short_keys() -> None:
    low = high = between(None, None)
    for _ in range(1000):
        low, high = between(None, low), between(high, None)
    assert len(low) <= LONGEST and len(high) <= LONGEST


def test_always_between_the_same_two_grows_slowly() -> None:
    low, high = between(None, None), between(between(None, None), None)
    for _ in range(100):
        high = between(low, high)
    assert len(high) <= 30


@given(st.integers(min_value=0, max_value=6000))
def test_a_list_spread_anew_has_room_everywhere(count: int) -> None:
    keys = spread(count)
    assert len(keys) == count and keys == sorted(set(keys))
    assert all(len(between(a, b)) <= 5 for a, b in zip([None, *keys], [*keys, None], strict=True))
