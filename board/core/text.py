"""Markdown to safe HTML. The one place where HTML is made from what people write."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt

_TAGS = {
    "p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a",
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "code": {"class"}}
#: deeper nesting than this is shown as written: quote bombs cost the reader's browser, not only us
_DEEPEST = 20

_markdown = (
    MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": _DEEPEST})
    .enable(["table", "strikethrough"])
    .disable("image")
)


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
