"""Markdown to safe HTML. The one place where HTML is made from what people write.

Somebody is mentioned as ``@[Maya](member:3)``: the name is what the writer saw, the number is who is meant.
"""

import re
from functools import lru_cache
from html import escape
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_TAGS = {
    "p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a",
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
    "span",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "code": {"class"}, "span": {"data-member"}}
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
