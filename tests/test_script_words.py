"""Every text for people in the pages' scripts is found by bin/messages."""

import io
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "bin"))

from script_words import extract  # noqa: E402


def found(source: str) -> list[object]:
    return [words for _, _, words, _ in extract(io.BytesIO(source.encode()), (), (), {})]


def test_literals_are_found_wherever_they_stand() -> None:
    assert found("html`<p>${a ? t('One') : t(\"Jon's\", { n })}</p>`") == ["One", "Jon's"]
    assert found("tn(cards.length, '{count} card', '{count} cards')") == [(None, "{count} card", "{count} cards")]
    assert found("await('no'); split('no'); const t = x") == []


def test_the_board_s_texts_are_found() -> None:
    all_words = {str(w) for path in (ROOT / "board/static/js/boards").glob("*.js") for w in found(path.read_text())}
    assert {"Search cards", "This list means done", "Undo", "{shown} of {all} cards are shown."} <= all_words
    assert len(all_words) > 200
