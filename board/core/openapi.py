"""The OpenAPI 3.1 document, made from the declared operations."""

import re
from typing import Any

import orjson
from flask import Blueprint, Response
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from board.core import errors, http, pages
from board.core.api import Operation, operations
from board.core.errors import Problem

PREFIX = "/api/v1"
site = Blueprint("openapi", __name__)
_REF = "#/components/schemas/{model}"
_PARAMETER = re.compile(r"<(?:int:)?([a-z_]+)>")


@site.get("/api/openapi.json")
def openapi() -> Response:
    return http.json(document())


@site.get("/api/docs")
def reference() -> Response:
    """The same for people to read."""
    whole = document()
    tags: dict[str, list[dict[str, Any]]] = {}
    for path, methods in whole["paths"].items():
        for method, o in methods.items():
            tags.setdefault(o["tags"][0], []).append(_for_people(path, method, o))
    return pages.show_open("reference.html", tags=tags, problems=_problems())


def document() -> dict[str, Any]:
    found = operations()
    inputs: list[tuple[type[BaseModel], Any]] = [(m, "validation") for _, o in found for m in (o.body, o.query) if m]
    outputs: list[tuple[type[BaseModel], Any]] = [(o.out, "serialization") for _, o in found if o.out]
    refs, definitions = models_json_schema(list(dict.fromkeys(inputs + outputs)), ref_template=_REF)
    components = definitions.get("$defs", {})
    components["Problem"] = _PROBLEM
    paths: dict[str, Any] = {}
    for tag, o in found:
        path = PREFIX + _PARAMETER.sub(r"{\1}", o.rule)
        paths.setdefault(path, {})[o.method.lower()] = _operation(tag, o, refs, components)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Staffroom", "version": "1"},
        "security": [{"session": []}, {"token": []}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": "session"},
                "token": {"type": "http", "scheme": "bearer"},
            },
        },
    }


def _operation(tag: str, o: Operation, refs: Any, components: dict[str, Any]) -> dict[str, Any]:
    parameters: list[dict[str, Any]] = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "integer" if f"<int:{name}>" in o.rule else "string"},
        }
        for name in _PARAMETER.findall(o.rule)
    ]
    if o.query:
        schema = refs[(o.query, "validation")]
        shape = components[schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema
        for name, field in shape.get("properties", {}).items():
            parameters.append(
                {"name": name, "in": "query", "required": name in shape.get("required", ()), "schema": field}
            )
    good: dict[str, Any] = {"description": "Done"}
    if o.out:
        good["content"] = {"application/json": {"schema": refs[(o.out, "serialization")]}}
    out: dict[str, Any] = {
        "operationId": o.name,
        "tags": [tag],
        "summary": o.summary,
        "parameters": parameters,
        "responses": {
            str(o.status): good,
            "default": {
                "description": "Refused",
                "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
            },
        },
    }
    if o.body:
        kind = "multipart/form-data" if o.files else "application/json"
        content: dict[str, Any] = {"schema": refs[(o.body, "validation")]}
        examples = _extra(o.body).get("examples")
        if isinstance(examples, list) and examples:
            content["example"] = examples[0]
        out["requestBody"] = {"required": True, "content": {kind: content}}
    if o.open:
        out["security"] = []
    return out


def _for_people(path: str, method: str, o: dict[str, Any]) -> dict[str, Any]:
    content = o.get("requestBody", {}).get("content", {})
    example = next((c["example"] for c in content.values() if "example" in c), None)
    return {
        "id": o["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": o["summary"],
        "parameters": o["parameters"],
        "example": orjson.dumps(example, option=orjson.OPT_INDENT_2).decode() if example is not None else "",
        "status": next(iter(o["responses"])),
        "open": o.get("security") == [],
    }


def _problems() -> list[type[Problem]]:
    kinds: list[type[Problem]] = [Problem, *Problem.__subclasses__(), *errors.Forbidden.__subclasses__()]
    found = {kind.type: kind for kind in kinds}
    return sorted(found.values(), key=lambda kind: (kind.status, kind.type))


def _extra(model: type[BaseModel]) -> dict[str, Any]:
    extra = model.model_config.get("json_schema_extra")
    return extra if isinstance(extra, dict) else {}


_PROBLEM = {
    "type": "object",
    "description": "RFC 9457",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {"type": "object", "properties": {"field": {"type": "string"}, "message": {"type": "string"}}},
        },
        "data": {},
    },
    "required": ["type", "title", "status", "detail", "errors"],
}
