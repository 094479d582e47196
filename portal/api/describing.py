"""What the API offers now: the resources of the plugins in force, and of no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import current_app

from portal.plugin_host.navigation import the_host
from portal.web.api import PREFIX, the_api

SCHEMAS = "#/components/schemas/"


@dataclass(frozen=True)
class Field:
    """A parameter or a part of an answer."""

    name: str
    kind: str
    text: str = ""


@dataclass(frozen=True)
class Operation:
    """One thing that a program can ask, as the page shows it."""

    method: str
    path: str
    summary: str
    description: str
    parameters: list[Field]
    answer: list[Field]


def describe() -> dict[str, Any]:
    """The OpenAPI document, without resources of plugins that are off and the shapes only they use."""
    spec: Any = the_api(current_app).spec
    whole: dict[str, Any] = spec.to_dict()
    paths = {path: found for path, found in whole["paths"].items() if _owner(path) in the_host().now.effective}
    tags = [{**tag, "name": tag["name"].split(".")[0]} for tag in whole["tags"]]
    shapes = whole.get("components", {}).get("schemas", {})
    return {
        **whole,
        "paths": {path: _retagged(found) for path, found in paths.items()},
        "tags": [tag for tag in tags if tag["name"] in the_host().now.effective],
        "components": {"schemas": {name: shapes[name] for name in sorted(_used(paths, shapes, set()))}},
    }


def _owner(path: str) -> str:
    return path.removeprefix(PREFIX).split("/", 1)[0]


def _retagged(found: dict[str, Any]) -> dict[str, Any]:
    """Operations under their plugin's id; answers for errors are said once, in the text."""
    return {
        method: {
            **operation,
            "tags": [tag.split(".")[0] for tag in operation["tags"]],
            "responses": {status: one for status, one in operation["responses"].items() if "$ref" not in one},
        }
        if isinstance(operation, dict)
        else operation
        for method, operation in found.items()
    }


def _used(part: Any, shapes: dict[str, Any], found: set[str]) -> set[str]:
    """The names of the shapes that ``part`` refers to, by any number of steps."""
    if isinstance(part, list):
        for one in part:
            _used(one, shapes, found)
    elif isinstance(part, dict):
        for key, value in part.items():
            name = value.removeprefix(SCHEMAS) if key == "$ref" and isinstance(value, str) else None
            if name in shapes and name not in found:
                found.add(name)
                _used(shapes[name], shapes, found)
            _used(value, shapes, found)
    return found


def list_operations() -> Iterator[Operation]:
    """Each operation of the document in reading order, its references followed."""
    document = describe()
    shapes = document["components"]["schemas"]
    for path, found in document["paths"].items():
        common = found.get("parameters", [])
        for method, one in found.items():
            if method == "parameters":
                continue
            parameters = [*common, *one.get("parameters", [])]
            yield Operation(
                method.upper(),
                path,
                one.get("summary", ""),
                one.get("description", ""),
                [Field(p["name"], _kind(p.get("schema", {})), p.get("description", "")) for p in parameters],
                list(_fields(_answer(one), shapes, "")),
            )


def _answer(operation: dict[str, Any]) -> dict[str, Any]:
    for status in ("200", "201"):
        content = operation["responses"].get(status, {}).get("content", {})
        if content:
            shape: dict[str, Any] = next(iter(content.values()))["schema"]
            return shape
    return {}


def _fields(shape: dict[str, Any], shapes: dict[str, Any], prefix: str) -> Iterator[Field]:
    if "$ref" in shape:
        shape = shapes[shape["$ref"].removeprefix(SCHEMAS)]
    if shape.get("type") == "array":
        yield from _fields(shape["items"], shapes, f"{prefix}[]")
    for name, one in shape.get("properties", {}).items():
        full = f"{prefix}.{name}" if prefix else name
        yield Field(full, _kind(one), one.get("description", ""))
        if prefix.count(".") < 3:
            yield from _fields(one, shapes, full)


def _kind(shape: dict[str, Any]) -> str:
    kind = shape.get("type", "object")
    return " | ".join(kind) if isinstance(kind, list) else str(kind)
