"""Templates and an Output → bytes. Jinja lives here, in ``jinja`` and in ``closures`` only.

A template sees two names: ``site`` (Chrome) and ``page`` (the view), and says words of the page's
language by ``t("key")``, in attributes by ``label("key")``. There is nothing else, what is
undefined is an error, everything is escaped, and only literal includes are allowed, so that
``closures`` can tell exactly which files a page depends on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from functools import cache, lru_cache, partial
from pathlib import PurePosixPath
from typing import Any

import jinja2

from sitegen.batches import batches
from sitegen.model import Rendered
from sitegen.problems import Problem
from sitegen.source.wordbook import Wordbook
from sitegen.source.words import ENGLISH
from sitegen.templating import closures
from sitegen.templating.closures import Closure, Told, fault
from sitegen.templating.jinja import Compiler, Environment

Templates = tuple[tuple[str, str], ...]  # name and text of each, in order
BATCH = 25  # pages; long ones take hardly longer than others


class TemplateFault(Exception):
    """A template that can't be used; ``problem`` says where and why."""

    def __init__(self, fault: Problem) -> None:
        super().__init__(fault.message)
        self.problem = fault


class Renderer:
    """Templates made ready: built once a process, it renders and tells what a page depends on."""

    def __init__(self, templates: Templates, book: Wordbook) -> None:
        self._templates = dict(templates)
        self._book = book
        self._compiler = Compiler(self._templates)
        self._told = cache(lambda name: closures.told(self._compiler.tree(name)))
        self.environment = cache(self._environment)

    def _environment(self, lang: str) -> Environment:
        """The environment whose words are those of a language."""
        words = self._book.of(lang)
        return Environment(self._compiler, {"t": words.html, "label": words.text})

    def closures(self) -> dict[str, Closure]:
        """What pages of each template depend on; all have been found good."""
        return {n: closures.closure(n, self._templates, self._told) for n in self._templates}

    def problems(self) -> tuple[Problem, ...]:
        """The faults of all templates that can be seen without rendering."""
        found: dict[str, list[Problem]] = {}
        good: dict[str, Told] = {}
        for name in sorted(self._templates):
            try:
                self._compiler.python(name)  # made here or by render
                good[name] = self._told(name)
            except jinja2.TemplateSyntaxError as error:
                message = error.message or ""
                found[name] = [fault("template-syntax", message, name, error.lineno)]
        english = self._book.of(ENGLISH).said
        for name in good:
            found[name] = list(closures.faults(name, good, self._templates, english))
        return tuple(fault for name in sorted(found) for fault in found[name])

    def missing(self, wanted: Iterable[str]) -> tuple[Problem, ...]:
        """A fault for each template that an output needs and that is not there."""
        absent = sorted(set(wanted) - self._templates.keys())
        return tuple(fault("template-missing", "this template is not there", n, 0) for n in absent)

    def render(self, template: str, site: Any, page: Any, *, owner: str = "") -> bytes:
        """The bytes of a page. TemplateFault when the template can't be used with this view."""
        try:
            ready = self.environment(language_of(page))
            text = ready.get_template(template).render(site=site, page=page)
        except jinja2.TemplateNotFound as error:
            message = f'there is no template "{error.name}"'
            raise TemplateFault(fault("template-missing", message, template, 0)) from error
        except jinja2.TemplateSyntaxError as error:
            name = error.name or template
            message = error.message or ""
            raise TemplateFault(fault("template-syntax", message, name, error.lineno)) from error
        except MemoryError:
            raise
        except Exception as error:
            raise TemplateFault(_while_rendering(error, template, owner)) from error
        return text.encode("utf-8")

    def page(self, output: Rendered, site: Any) -> bytes | Problem:
        """The bytes of an output, or the fault that keeps it from being made."""
        try:
            return self.render(output.template, site, output.view, owner=output.owner)
        except TemplateFault as error:
            return error.problem


def language_of(view: Any) -> str:
    """The language of a page, as its head says; English for what has none."""
    return str(getattr(getattr(view, "head", view), "lang", ENGLISH))


@lru_cache(maxsize=2)
def renderer(templates: Templates, book: Wordbook) -> Renderer:
    """The Renderer of these templates and words; made once in each process."""
    return Renderer(templates, book)


Outcome = tuple[PurePosixPath, bytes | Problem]


def render_all(
    outputs: Sequence[Rendered],
    templates: Templates,
    book: Wordbook,
    site: Any,
    executor: Executor,
    progress: Callable[[int], None],
) -> Iterator[Outcome]:
    """The bytes of many pages, or the fault of each that can't be made, through an Executor."""
    work = partial(_render_batch, templates=templates, book=book, site=site)
    done = 0
    for results in executor.map(work, batches(outputs, BATCH)):
        done += len(results)
        progress(done)
        yield from results


def _render_batch(
    outputs: Sequence[Rendered], templates: Templates, book: Wordbook, site: Any
) -> list[Outcome]:
    ready = renderer(templates, book)
    return [(output.path, ready.page(output, site)) for output in outputs]


def _while_rendering(error: Exception, template: str, owner: str) -> Problem:
    """Where in the templates an error arose: the innermost template frame."""
    name, line = template, 0
    trace = error.__traceback__
    while trace:
        # Jinja rewrites tracebacks so that template frames carry the template's name and line.
        filename = trace.tb_frame.f_code.co_filename
        if trace.tb_frame.f_globals.get("__jinja_template__") is not None or filename.endswith(
            (".html", ".xml")
        ):
            name, line = filename, trace.tb_lineno
        trace = trace.tb_next
    shown = f" while showing {owner}" if owner else ""
    lacks = re.search(r"^'sitegen[\w.]* object' has no attribute '(\w+)'$", str(error))
    what = f'there is no "{lacks[1]}" here' if lacks else str(error)
    return fault("template-error", f"{what}{shown}", name, line)
