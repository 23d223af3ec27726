"""Markdown becomes HTML that does nothing."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.core.text import html

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "<javascript:alert(1)>",
    "![x](https://tracker.example/pixel.png)",
    '[x](https://ok.example "onmouseover=alert(1)")',
    '[x](https://ok.example/"onmouseover="alert(1))',
    "<svg/onload=alert(1)>",
    "<a href='https://x' onclick='alert(1)'>x</a>",
    "<iframe src=https://x></iframe>",
    "<style>*{display:none}</style>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "`<b>`",
    "```html\n<script>alert(1)</script>\n```",
    "[x]: javascript:alert(1)\n\n[x]",
    "a<!-- --!><img src=x onerror=alert(1)> -->",
]


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def harmless(made: str) -> bool:
    reader = Reader()
    reader.feed(made)
    for tag, attributes in reader.seen:
        if tag in {
            "script",
            "img",
            "iframe",
            "style",
            "svg",
            "math",
            "form",
            "input",
            "object",
            "embed",
            "link",
            "base",
            "meta",
        }:
            return False
        if any(name.startswith("on") or name in {"style", "src", "srcset", "id"} for name in attributes):
            return False
        href = attributes.get("href")
        if href and ":" in href.split("/")[0] and href.split(":")[0].lower() not in {"http", "https", "mailto"}:
            return False
    return True


@pytest.mark.parametrize("source", HOSTILE)
def test_hostile_text_is_harmless(source: str) -> None:
    assert harmless(html(source)), html(source)


@given(
    st.lists(
        st.sampled_from([*HOSTILE, "*", "_", "`", "[", "](", ")", "<", ">", "\n", "> ", "- ", "|", "&#106;", "\\"]),
        max_size=12,
    ).map("".join)
)
def test_any_mixture_is_harmless(source: str) -> None:
    assert harmless(html(source))


def test_what_the_check_must_find() -> None:
    assert not harmless("<img src=x>") and not harmless("<a href='javascript:1'>") and not harmless("<p onclick=x>")


def test_ordinary_text_is_formatted() -> None:
    assert html("**Bring** a [list](https://example.org)\n\n- one\n- two") == (
        '<p><strong>Bring</strong> a <a href="https://example.org" rel="noopener nofollow ugc">list</a></p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n'
    )
    assert "<table>" in html("| a | b |\n| - | - |\n| 1 | 2 |") and "<s>" in html("~~no~~")


@pytest.mark.timeout(5)
@pytest.mark.parametrize("source", ["> " * 3000 + "x", "[" * 30_000, "*" * 30_000, "`" * 30_000, "- " * 3000 + "x", "a\n" * 20_000, "![" * 10_000, "|" * 20_000, "<" * 30_000, "&" * 30_000])  # fmt: skip
def test_text_made_to_stall_does_not(source: str) -> None:
    assert harmless(html(source))


@pytest.mark.parametrize(
    ("link", "kept"),
    [("https://a.example/x", True), ("/boards/7", True), ("mailto:a@b.example", True), ("1", False), ("x/y", False)],
)
def test_links_lead_to_whole_addresses_or_paths_of_this_site(link: str, kept: bool) -> None:
    assert ("href=" in html(f"[words]({link})")) is kept


def test_boxes_are_seen_and_not_ticked() -> None:
    assert html("- [ ] hall\n- [x] *chairs*").count('<span data-box="') == 2
    assert '<span data-box="done"></span><em>chairs</em>' in html("- [x] *chairs*")
    assert "data-box" not in html("[x] no list, and `- [ ]` is code")


@pytest.mark.parametrize(
    ("source", "leads"),
    [
        ("see https://a.example/x_(y).", ["https://a.example/x_(y)"]),
        ("(https://a.example/b), https://c.example!", ["https://a.example/b", "https://c.example"]),
        ("`https://a.example` and http:// alone", []),
        ("[named](https://a.example) and <https://b.example>", ["https://a.example", "https://b.example"]),
        ("[https://shown.example](https://meant.example)", ["https://meant.example"]),
        ("javascript:https://a.example", []),
        ('https://a.example/"onmouseover="x', ["https://a.example/"]),
    ],
)
def test_bare_addresses_lead_there(source: str, leads: list[str]) -> None:
    reader = Reader()
    reader.feed(html(source))
    assert [attributes["href"] for tag, attributes in reader.seen if tag == "a"] == leads
