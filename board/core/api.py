"""A blueprint whose routes are declared with their schemas: the same models validate and make the OpenAPI document.

The order of refusal is fixed here: signed in → rate → shape of path, query and body, without the database → the command.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Blueprint, Response, current_app, request
from flask_babel import gettext as _
from pydantic import BaseModel, ValidationError
from werkzeug.datastructures import MultiDict

from board.core import access, http, limits
from board.core.errors import Invalid, NotSeen, WrongType
from board.core.invalid import invalid

View = Callable[..., Response]


@dataclass(frozen=True)
class Operation:
    """One route as declared: what the OpenAPI document and the contract tests walk over."""

    method: str
    rule: str
    name: str
    summary: str
    body: type[BaseModel] | None
    query: type[BaseModel] | None
    out: type[BaseModel] | None
    status: int
    #: needs no sign-in
    open: bool
    #: the ability that `can` shows for it; None: whoever sees it may do it
    ability: str | None
    files: bool


class Api(Blueprint):
    def __init__(self, name: str):
        super().__init__(f"{name}_api", __name__, url_prefix="/api/v1")
        self.tag = name
        self.operations: list[Operation] = []

    def operation(
        self,
        method: str,
        rule: str,
        *,
        body: type[BaseModel] | None = None,
        query: type[BaseModel] | None = None,
        out: type[BaseModel] | None = None,
        status: int = 200,
        open: bool = False,
        ability: str | None = None,
        files: int = 0,
    ) -> Callable[[View], View]:
        """Declares a route. ``body`` and ``query`` arrive validated as arguments of these names; ``files`` is the most bytes of a multipart body."""

        def declare(fn: View) -> View:
            summary = (fn.__doc__ or fn.__name__.replace("_", " ").capitalize()).strip().split("\n")[0]
            self.operations.append(
                Operation(method, rule, fn.__name__, summary, body, query, out, status, open, ability, bool(files))
            )
            self.add_url_rule(rule, fn.__name__, _guarded(fn, method, body, query, open, files), methods=[method])
            return fn

        return declare

    def get(self, rule: str, **options: Any) -> Callable[[View], View]:  # type: ignore[override]
        return self.operation("GET", rule, **options)

    def post(self, rule: str, **options: Any) -> Callable[[View], View]:  # type: ignore[override]
        return self.operation("POST", rule, status=options.pop("status", 201), **options)

    def put(self, rule: str, **options: Any) -> Callable[[View], View]:  # type: ignore[override]
        return self.operation("PUT", rule, **options)

    def patch(self, rule: str, **options: Any) -> Callable[[View], View]:  # type: ignore[override]
        return self.operation("PATCH", rule, **options)

    def delete(self, rule: str, **options: Any) -> Callable[[View], View]:  # type: ignore[override]
        return self.operation("DELETE", rule, **options)


def _guarded(
    fn: View, method: str, body: type[BaseModel] | None, query: type[BaseModel] | None, open: bool, files: int
) -> View:
    unsafe = method not in http.SAFE_METHODS

    @wraps(fn)
    def view(**path: Any) -> Response:
        if files:
            request.max_content_length = files
        if not open:
            actor = access.signed_in()
            if unsafe:
                access.may_write(actor)
                limits.current().spend(limits.WRITES, "writes", str(actor.member_id))
        for value in path.values():
            if isinstance(value, str) and "\0" in value:
                raise NotSeen()
        if query is not None:
            path["query"] = _valid(query, _single(request.args))
        if body is not None:
            path["body"] = _valid(body, _form() if files else http.strict_request().strict_json())
        return fn(**path)

    return view


def _valid(model: type[BaseModel], value: Any) -> BaseModel:
    try:
        return model.model_validate(value)
    except ValidationError as e:
        raise invalid(e) from None


def _form() -> dict[str, str]:
    """The fields beside the files of a multipart body.

    Raises:
        WrongType: another kind of body.
    """
    if request.mimetype != "multipart/form-data":
        raise WrongType(_("Send multipart/form-data."))
    return _single(request.form)


def _single(args: MultiDict[str, str]) -> dict[str, str]:
    for name, values in args.lists():
        if len(values) > 1:
            raise Invalid.field(name, _("Give this once."))
        if "\0" in values[0] or any(0xD800 <= ord(c) <= 0xDFFF for c in values[0]):
            raise Invalid.field(name, _("This text holds characters that cannot be stored."))
    return args.to_dict()


def operations() -> list[tuple[str, Operation]]:
    """(slice, operation) of every route of the API, for the OpenAPI document and the contract tests."""
    return [(b.tag, o) for b in current_app.blueprints.values() if isinstance(b, Api) for o in b.operations]
