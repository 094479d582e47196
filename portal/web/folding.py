"""Templates are compiled once for each language and set of plugins; what is the same for every reader then, such as a
translated sentence, a symbol or the address of a fixed page, is computed while compiling instead of on every page."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Hashable, Mapping
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

Fold = Callable[..., object]
INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


class _Template(Template):
    """A template whose module of macros is made once: here the globals are the same for all that import it."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


class FoldingEnvironment(Environment):
    """Jinja's environment with a cache for each variant (set by :meth:`configure_folding`) and constant folding."""

    template_class = _Template

    def __init__(self, app: Flask, **options: Any) -> None:
        super().__init__(app, **options)
        self.folds: dict[str, Fold] = {}

    def configure_folding(self, variant: Callable[[], tuple[Hashable, Hashable]], folds: Mapping[str, Fold]) -> None:
        """``variant`` names the present set of plugins and the language; ``folds`` maps a function's name in templates
        to what computes its answer from constant arguments, or raises LookupError where there is none yet."""
        self.cache = VariantCache(variant)  # type: ignore[assignment]
        self.folds = dict(folds)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        escapes = self.autoescape(name) if callable(self.autoescape) else self.autoescape
        if escapes and "<pre" not in source:  # a tenth of a page is how far its templates are indented
            source = INDENTATION.sub("", source)
        template = super()._parse(source, name, filename)
        return _Folder(self.folds, template, escapes).visit(template)


class VariantCache:
    """Compiled templates by variant; those of another set of plugins than the present one are dropped."""

    def __init__(self, variant: Callable[[], tuple[Hashable, Hashable]]) -> None:
        self._variant = variant
        self._compiling = threading.local()
        self._kept: dict[tuple[Hashable, Hashable], dict[Any, Template]] = {}

    def get(self, key: Any) -> Template | None:
        """The compiled template, or None: then it is compiled for the variant of this moment."""
        self._compiling.variant = variant = self._variant()
        return self._kept.get(variant, {}).get(key)

    def __setitem__(self, key: Any, template: Template) -> None:
        variant = self._variant()
        if variant != self._compiling.variant:  # a plugin was switched meanwhile: it may hold answers of both times
            return
        kept = self._kept.get(variant)
        if kept is None:
            kept = {}
            self._kept = {one: old for one, old in self._kept.items() if one[0] == variant[0]} | {variant: kept}
        kept[key] = template

    def clear(self) -> None:
        """Forget all."""
        self._kept = {}


class _Folder(NodeTransformer):
    """Puts constants in the place of calls, where the name is not a variable or macro of the template itself."""

    def __init__(self, folds: Mapping[str, Fold], template: nodes.Template, escapes: bool) -> None:
        self.folds = {name: fold for name, fold in folds.items() if name not in _own_names(template)}
        self.text = Markup if escapes else str

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 (the name that the visitor looks for)
        self.generic_visit(node)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if name not in self.folds or node.dyn_args or node.dyn_kwargs or not _are_constant(node.args):
            return node
        given = [one.as_const() for one in node.args]
        if name == "_":
            return self._sentence(node, self.text(self.folds["_"](*given)))
        return self._constant(node, self.folds[name], given)

    def _sentence(self, node: nodes.Call, text: str) -> nodes.Node:
        """The translation; its variables are filled in, and escaped, when the page is made."""
        if not node.kwargs:
            return _at(node, nodes.Const(text % {}))
        pairs = [nodes.Pair(nodes.Const(one.key), one.value) for one in node.kwargs]
        return _at(node, nodes.Mod(nodes.Const(text), nodes.Dict(pairs)))

    def _constant(self, node: nodes.Call, fold: Fold, given: list[Any]) -> nodes.Node:
        if not _are_constant([one.value for one in node.kwargs]):
            return node
        try:
            answer = fold(*given, **{one.key: one.value.as_const() for one in node.kwargs})
        except LookupError:
            return node
        return _at(node, nodes.Const(answer))


def _are_constant(given: list[nodes.Expr]) -> bool:
    return all(isinstance(one, nodes.Const) for one in given)


def _at(place: nodes.Node, node: nodes.Node) -> nodes.Node:
    return node.set_lineno(place.lineno, override=True).set_environment(place.environment)  # type: ignore[arg-type]


def _own_names(template: nodes.Template) -> set[str]:
    """The names that the template gives to something itself."""
    given = {one.name for one in template.find_all(nodes.Name) if one.ctx != "load"}
    given |= {one.name for one in template.find_all(nodes.Macro)}
    for one in template.find_all(nodes.FromImport):
        given |= {name[1] if isinstance(name, tuple) else name for name in one.names}
    return given | {one.target for one in template.find_all(nodes.Import)}
