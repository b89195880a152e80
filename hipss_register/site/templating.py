"""Jinja as our templates use it: values are objects with attributes, and nothing that is called asks who calls it.

So an attribute is looked up and a function is called as Python does both, where Jinja's own code goes through functions
of its own that find out more. Pages of a large register do either a hundred thousand times. A site's own templates may
be written in any way that Jinja knows, and are compiled as it does.
"""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from hipss_register.site.compiled import CompiledTemplates
from hipss_register.site.escaping import escaped

TEMPLATES = Path(__file__).parent / "templates"


class _Code(CodeGenerator):
    """Writes the Python that a template is compiled to."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._is_ours = Path(self.filename or "").is_relative_to(TEMPLATES)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802  # Jinja's name
        """``a.b``, which raises AttributeError where there is no b."""
        if not self._is_ours:
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(  # noqa: N802  # Jinja's name
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """``f(a, b=c)``; what is rarer is left to Jinja."""
        if not self._is_ours or forward_caller or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:  # noqa: N802  # Jinja's name
        """``a if b``, which is an empty text where b is not so: Jinja makes a value that can say where it came from."""
        node.expr2 = node.expr2 or nodes.Const("")
        super().visit_CondExpr(node, frame)


class _Template(jinja2.Template):
    """A template that escapes what it prints by our own, faster function."""

    @classmethod
    def from_code(cls, *args: Any, **named: Any) -> jinja2.Template:
        """A template from its compiled code, which calls what goes by the name ``escape`` for whatever it prints."""
        template = super().from_code(*args, **named)
        template.root_render_func.__globals__["escape"] = escaped
        return template


class Environment(jinja2.Environment):
    """The templates of ``overrides`` and then ours, for one build."""

    code_generator_class = _Code
    template_class = _Template

    def __init__(self, overrides: Iterable[Path]) -> None:
        super().__init__(
            loader=jinja2.FileSystemLoader([*map(str, overrides), str(TEMPLATES)]),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
            bytecode_cache=CompiledTemplates(TEMPLATES),
            auto_reload=False,  # an environment lives for one build, and asking the file system takes time
        )
        self.get_template = cache(self.get_template)  # type: ignore[method-assign]  # pages include a dozen

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One dictionary for all templates, none of which has globals of its own: each page copies it."""
        assert not d
        return self.globals
