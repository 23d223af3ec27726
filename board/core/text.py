"""Markdown to safe HTML. The one place where HTML is made from what people write.

Somebody is mentioned as ``@[Maya](member:3)``: the name is what the writer saw, the number is who is meant.
"""

import re
from functools import lru_cache
from html import escape
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_TAGS = {
    "p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a",
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
    "span",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "code": {"class"}, "span": {"data-member", "data-box"}}
#: deeper nesting than this is shown as written: quote bombs cost the reader's browser, not only us
_DEEPEST = 20

_MENTION = re.compile(r"@\[([^\[\]\n]{1,200})\]\(member:([1-9][0-9]{0,15})\)")

_markdown = (
    MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": _DEEPEST})
    .enable(["table", "strikethrough"])
    .disable("image")
)


def _mention(state: StateInline, silent: bool) -> bool:
    match = _MENTION.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("mention", "", 0)
        token.content, token.meta = match[1].strip(), {"member": int(match[2])}
    state.pos = match.end()
    return True


def _chip(self: Any, tokens: Any, at: int, options: Any, env: Any) -> str:
    return f'<span data-member="{tokens[at].meta["member"]}">@{escape(tokens[at].content)}</span>'


_markdown.inline.ruler.before("link", "mention", _mention)
_markdown.add_render_rule("mention", _chip)

#: an address that was written as it is, up to what no longer belongs to it
_ADDRESS = re.compile(r"(?<![\w:/.@-])https?://[^\s<>\"'`|\\^{}\[\]]{1,2000}", re.IGNORECASE)
_BOX = re.compile(r"\[([ xX])\][ \u00a0]+")


def _addresses_and_boxes(state: StateCore) -> None:
    """A bare address leads there; ``- [ ]`` and ``- [x]`` are boxes to be seen, not to be ticked."""
    for at, block in enumerate(state.tokens):
        if block.type != "inline" or not block.children:
            continue
        first = block.children[0]
        if at > 1 and state.tokens[at - 2].type == "list_item_open" and first.type == "text":
            box = _BOX.match(first.content)
            if box and (len(first.content) > box.end() or len(block.children) > 1):
                token = Token("box", "", 0, meta={"done": box[1] != " "})
                first.content = first.content[box.end() :]
                block.children.insert(0, token)
        block.children = _linked(block.children)


def _linked(tokens: list[Token]) -> list[Token]:
    if not any("://" in token.content for token in tokens if token.type == "text"):
        return tokens
    out: list[Token] = []
    inside = 0
    for token in tokens:
        inside += token.nesting if token.type in ("link_open", "link_close") else 0
        out += [token] if inside or token.type != "text" else _parted(token.content)
    return out


def _parted(text: str) -> list[Token]:
    out: list[Token] = []
    done = 0
    for match in _ADDRESS.finditer(text):
        address = _trimmed(match[0])
        if len(address) <= len("https://"):
            continue
        if match.start() > done:
            out.append(Token("text", "", 0, content=text[done : match.start()]))
        out += [
            Token("link_open", "a", 1, attrs={"href": address}),
            Token("text", "", 0, content=address),
            Token("link_close", "a", -1),
        ]
        done = match.start() + len(address)
    if done < len(text):
        out.append(Token("text", "", 0, content=text[done:]))
    return out


def _trimmed(address: str) -> str:
    """Without the sentence's own signs, and the bracket that it stands in."""
    while address and (address[-1] in ".,;:!?*_~" or (address[-1] == ")" and address.count("(") < address.count(")"))):
        address = address[:-1]
    return address


def _box(self: Any, tokens: Any, at: int, options: Any, env: Any) -> str:
    return f'<span data-box="{"done" if tokens[at].meta["done"] else "open"}"></span>'


_markdown.core.ruler.push("addresses_and_boxes", _addresses_and_boxes)
_markdown.add_render_rule("box", _box)


def _own_or_whole(tag: str, attribute: str, value: str) -> str | None:
    """A link leads to a whole address, or to a path of this site: what is relative would mean something else on every page."""
    if attribute == "href" and not value.lower().startswith(("https://", "http://", "mailto:", "/")):
        return None
    return value


@lru_cache(maxsize=2048)
def html(source: str) -> str:
    """Allow-listed HTML of a Markdown text: links only to http, https, mailto and this site, marked as written by users."""
    return nh3.clean(
        _markdown.render(source),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        attribute_filter=_own_or_whole,
        link_rel="noopener nofollow ugc",
    )


@lru_cache(maxsize=512)
def mentions(source: str) -> frozenset[int]:
    """Ids of the members whom a text mentions; what stands in code or is written otherwise mentions nobody."""
    if "](member:" not in source:
        return frozenset()
    inline = (token for block in _markdown.parse(source) for token in block.children or ())
    return frozenset(token.meta["member"] for token in inline if token.type == "mention")
