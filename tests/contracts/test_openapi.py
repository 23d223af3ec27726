"""GET /api/openapi.json: an OpenAPI 3.1 document of every route, whose examples are good."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from board.core import api
from board.core.api import Operation
from tests.boards.places import As

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture
def document(as_: As) -> dict[str, Any]:
    status, found = as_(None).get("/api/openapi.json")
    assert status == 200
    return dict(found)


@pytest.fixture
def operations(app: Flask) -> list[Operation]:
    with app.app_context():
        return [operation for _, operation in api.operations()]


def test_its_frame(document: dict[str, Any]) -> None:
    assert re.fullmatch(r"3\.1\.\d+", document["openapi"])
    assert document["info"]["title"] and document["info"]["version"]
    assert set(document) <= {"openapi", "info", "servers", "paths", "components", "security", "tags", "externalDocs"}
    schemes = document["components"]["securitySchemes"]
    assert all(name in schemes for needed in document["security"] for name in needed)


def test_it_holds_every_route_and_no_other(document: dict[str, Any], operations: list[Operation]) -> None:
    told = {(path, method.upper(), o["operationId"]) for path, method, o in walk(document)}
    there = {("/api/v1" + re.sub(r"<(?:int:)?(.*?)>", r"{\1}", o.rule), o.method, o.name) for o in operations}
    assert told == there


def test_each_operation(document: dict[str, Any]) -> None:
    names = [o["operationId"] for _, _, o in walk(document)]
    assert len(names) == len(set(names))
    for path, method, o in walk(document):
        assert set(o) <= {
            "operationId",
            "tags",
            "summary",
            "description",
            "parameters",
            "requestBody",
            "responses",
            "security",
        }, path
        assert o["summary"] and o["tags"], f"{method} {path}"
        in_path = [p["name"] for p in o["parameters"] if p["in"] == "path"]
        assert in_path == re.findall(r"{(.*?)}", path), path
        assert all(p["required"] is True for p in o["parameters"] if p["in"] == "path"), path
        assert all(name.endswith("_id") or name in ("room", "op", "emoji", "day") for name in in_path), (
            f"{path}: after their noun"
        )
        good = [code for code in o["responses"] if code != "default"]
        wanted = {"post": {"201", "200", "202"}}.get(method, {"200"})
        assert len(good) == 1 and set(good) <= wanted, f"{method} {path}: {good}"
        assert o["responses"][good[0]]["content"]["application/json"]["schema"], path
        problem = o["responses"]["default"]["content"]["application/problem+json"]["schema"]
        assert problem == {"$ref": "#/components/schemas/Problem"}


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    found = list(references(document))
    assert found
    for ref in found:
        at: Any = document
        for part in ref.removeprefix("#/").split("/"):
            assert part in at, ref
            at = at[part]


def test_input_allows_nothing_else(document: dict[str, Any]) -> None:
    for path, _, o in walk(document):
        for content in o.get("requestBody", {}).get("content", {}).values():
            schema = document["components"]["schemas"][content["schema"]["$ref"].rsplit("/", 1)[1]]
            assert schema["additionalProperties"] is False, path


def test_every_body_has_a_good_example(document: dict[str, Any], operations: list[Operation]) -> None:
    told = {o["operationId"]: o for _, _, o in walk(document)}
    for o in operations:
        if o.body:
            (content,) = told[o.name]["requestBody"]["content"].values()
            assert "example" in content, o.name
            o.body.model_validate(content["example"])


def test_the_pages_about_it_need_no_sign_in(as_: As) -> None:
    nobody = as_(None)
    assert nobody.client.get("/api/docs").status_code == 200


def walk(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        assert path.startswith("/api/v1/") and set(item) <= METHODS, path
        for method, operation in item.items():
            yield path, method, operation


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)
