"""Jinja as pages need it: strict, escaped, and without what no template here asks for.

A template is text, then a tree, then Python, then code. Each is made once, when it is first asked
for, however many languages say its words. Compiled code is never kept on the disk: what is read
from there is data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from functools import cache, cached_property, partial
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup

Named = Mapping[str, Any]  # what a template may name besides what it is given

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"})
_markup: Callable[[str], Markup] = partial(str.__new__, Markup)  # of text that is markup already


def escape(value: object) -> str:
    """A value as HTML shows it, as ``markupsafe.escape`` has it: to be joined, so not marked."""
    if type(value) is str:
        # Most texts have none of the five, and five looks are quicker than one translation.
        if "&" in value or "<" in value or ">" in value or '"' in value or "'" in value:
            return value.translate(_ENTITIES)
        return value
    shown: Callable[[], str] | None = getattr(value, "__html__", None)
    return shown() if shown else escape(str(value))


class Compiler(jinja2.BaseLoader):
    """Templates by name, on their way to code. Each step raises TemplateSyntaxError."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._grammar = Environment(self, {})
        self.tree = cache(self._tree)
        self.python = cache(self._python)
        self._code = cache(self._compiled)

    def _tree(self, name: str) -> nodes.Template:
        return self._grammar.parse(self._texts[name], name)

    def _python(self, name: str) -> str:
        tree = self.tree(name)
        body = [step for node in tree.body for step in _when_shown(node)]
        lazy = nodes.Template(body, lineno=1, environment=self._grammar)
        # The name stands for a file's too, so that tracebacks tell templates apart.
        return self._grammar.compile(lazy, name, name, raw=True)

    def _compiled(self, name: str) -> Any:
        return compile(self.python(name), name, "exec")

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,
    ) -> jinja2.Template:
        """A template for an environment. TemplateNotFound when it is not there."""
        if name not in self._texts:
            raise jinja2.TemplateNotFound(name)
        module: dict[str, Any] = {"environment": environment, "__file__": name}
        exec(self._code(name), module)
        module["escape"] = escape
        return environment.template_class.from_module_dict(environment, module, environment.globals)


def _when_shown(node: nodes.Node) -> Iterator[nodes.Node]:
    """A step at the head of a template; an import becomes names for components.

    Each is compiled when it is first shown: most pages show few of those that theirs names.
    """
    if not isinstance(node, nodes.FromImport) or node.with_context:
        yield node
        return
    make = nodes.EnvironmentAttribute("component")
    for name in node.names:
        macro, alias = name if isinstance(name, tuple) else (name, name)
        component = nodes.Call(make, [node.template, nodes.Const(macro)], [], None, None)
        yield nodes.Assign(nodes.Name(alias, "store"), component, lineno=node.lineno)


class _Context(Context):
    """What a template is shown with."""

    def call(self, called: Callable[..., Any], /, *args: Any, **named: Any) -> Any:
        """Call what a template calls. Nothing here asks for the context, as it might in Jinja."""
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return called(*args, **named)


class Environment(jinja2.Environment):
    """Templates ready to show, with what they may name besides ``site`` and ``page``."""

    context_class = _Context

    def __init__(self, compiler: Compiler, named: Named) -> None:
        super().__init__(
            loader=compiler,
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            optimized=False,  # nobody types sums of constants, and looking for them takes a while
            cache_size=0,
        )
        self.globals = dict(named)
        # Every page asks for all that its template names: in Jinja's own cache that takes a while.
        self._ready: dict[object, jinja2.Template] = {}
        self.component = cache(partial(Component, self))

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> jinja2.Template:
        """A template by its name. TemplateNotFound when it is not there."""
        if name not in self._ready:
            self._ready[name] = super().get_template(name)
        return self._ready[name]


class Component:
    """A macro in a file of its own, called with its arguments by name."""

    def __init__(self, environment: Environment, template: str, name: str) -> None:
        self._environment, self._template, self._name = environment, template, name

    @cached_property
    def _macro(self) -> Macro:
        """The macro, compiled now; UndefinedError when the file has none of this name."""
        module = self._environment.get_template(self._template).module
        if not isinstance(macro := getattr(module, self._name, None), Macro):
            raise jinja2.UndefinedError(f'{self._template} has no "{self._name}"')
        return macro

    @cached_property
    def _plain(self) -> frozenset[str]:
        """The names of its arguments; none where it takes others too."""
        macro = self._macro
        others = macro.catch_kwargs or macro.catch_varargs or macro.caller
        return frozenset() if others else frozenset(macro.arguments)

    def __call__(self, *args: Any, **named: Any) -> str:
        """What it shows. Called as components are, it goes straight to its function."""
        macro = self._macro
        if not args and named and named.keys() <= self._plain:
            return _markup(macro._func(*[named.get(name, missing) for name in macro.arguments]))
        return macro(*args, **named)
