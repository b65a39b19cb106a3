"""Templates and an Output → bytes. Jinja lives here only.

A template sees two names: ``site`` (Chrome) and ``page`` (the view), and says words of the page's
language by ``t("key")``, in attributes by ``label("key")``. There is nothing else, what is
undefined is an error, everything is escaped, and only literal includes are allowed, so that
``closure`` can tell exactly which files a page depends on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import PurePosixPath
from typing import Any

import jinja2
import jinja2.bccache
from jinja2 import nodes

from sitegen.batches import batches
from sitegen.fingerprint import Digest, digest
from sitegen.hints import did_you_mean, hinted
from sitegen.model import Rendered
from sitegen.problems import Place, Problem, problem
from sitegen.wordbook import Wordbook
from sitegen.words import ENGLISH

Templates = tuple[tuple[str, str], ...]  # name and text of each, in order
BATCH = 25  # pages; long ones take hardly longer than others
WORDS = ("t", "label")  # what says words in a template


class TemplateFault(Exception):
    """A template that can't be used; ``problem`` says where and why."""

    def __init__(self, fault: Problem) -> None:
        super().__init__(fault.message)
        self.problem = fault


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates, so that each is compiled once however many languages say its words."""

    def __init__(self) -> None:
        self._code: dict[str, Any] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Fill in what was compiled before."""
        bucket.code = self._code.get(bucket.key)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keep what was compiled now."""
        self._code[bucket.key] = bucket.code


@dataclass(frozen=True, slots=True)
class Closure:
    """What a template depends on: the ``digest`` of its text and of all that it names, and

    whether any of these looks at ``site`` (feeds don't, so no menu disturbs them) or says words.
    """

    digest: Digest
    reads_site: bool
    says_words: bool


class Renderer:
    """Templates made ready: built once a process, it renders and tells what a page depends on."""

    def __init__(self, templates: Templates, book: Wordbook) -> None:
        self._templates = dict(templates)
        self._book = book
        self._compiled = _Compiled()
        self.closure = cache(self._closure)
        self.words_digest = cache(self._words_digest)
        self._tree = cache(self._parsed)
        self._environment = cache(self._speaking)

    def _speaking(self, lang: str) -> jinja2.Environment:
        """The environment whose words are those of a language."""
        environment = jinja2.Environment(
            loader=jinja2.FunctionLoader(self._source),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=self._compiled,
        )
        words = self._book.of(lang)
        environment.globals = {"t": words.html, "label": words.text}
        return environment

    def _words_digest(self, lang: str) -> Digest:
        words = self._book.of(lang)
        return digest((lang, words.said, words.english))

    def _source(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        # The name stands for a file's too, so that tracebacks tell templates apart.
        text = self._templates.get(name)
        return None if text is None else (text, name, lambda: True)

    def problems(self) -> tuple[Problem, ...]:
        """The faults of all templates that can be seen without rendering."""
        found: list[Problem] = []
        for name in sorted(self._templates):
            try:
                self._environment(ENGLISH).get_template(name)  # compiled here or by render
                self._named_in(name)
                found += self._unsaid(name)
            except jinja2.TemplateSyntaxError as error:
                found.append(_fault("template-syntax", error.message or "", name, error.lineno))
            except TemplateFault as error:
                found.append(error.problem)
        return tuple(found)

    def missing(self, wanted: Iterable[str]) -> tuple[Problem, ...]:
        """A fault for each template that an output needs and that is not there."""
        absent = sorted(set(wanted) - self._templates.keys())
        return tuple(_fault("template-missing", "this template is not there", n, 0) for n in absent)

    def _parsed(self, name: str) -> nodes.Template:
        return self._environment(ENGLISH).parse(self._templates[name], name)

    def _unsaid(self, name: str) -> Iterator[Problem]:
        """A fault for each key in a template that English has no words for."""
        english = self._book.of(ENGLISH).said
        for call in self._tree(name).find_all(nodes.Call):
            key = call.args[0] if call.args else None
            if not isinstance(call.node, nodes.Name) or call.node.name not in WORDS:
                continue
            if isinstance(key, nodes.Const) and key.value not in english:
                message = hinted(
                    f'there are no words "{key.value}"', did_you_mean(key.value, english)
                )
                yield _fault("unknown-word", message, name, call.lineno)

    def _closure(self, name: str) -> Closure:
        """What a template and all that it extends, includes or imports depend on."""
        seen: set[str] = set()
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current not in seen:
                seen.add(current)
                waiting += self._named_in(current)
        texts = tuple((n, self._templates[n]) for n in sorted(seen))
        names = {node.name for n in seen for node in self._tree(n).find_all(nodes.Name)}
        return Closure(digest(texts), "site" in names, bool(names.intersection(WORDS)))

    def _named_in(self, name: str) -> list[str]:
        """The templates that one names."""
        uses = []
        kinds = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
        for node in self._tree(name).find_all(kinds):
            target = getattr(node, "template", None)
            if not isinstance(target, nodes.Const) or not isinstance(target.value, str):
                message = "only a template's name in quotes can be included"
                raise TemplateFault(_fault("template-include", message, name, node.lineno))
            if target.value not in self._templates:
                message = f'there is no template "{target.value}"'
                raise TemplateFault(_fault("template-missing", message, name, node.lineno))
            uses.append(target.value)
        return uses

    def render(self, template: str, site: Any, page: Any, *, owner: str = "") -> bytes:
        """The bytes of a page. TemplateFault when the template can't be used with this view."""
        try:
            ready = self._environment(language_of(page))
            text = ready.get_template(template).render(site=site, page=page)
        except jinja2.TemplateNotFound as error:
            fault = _fault("template-missing", f'there is no template "{error.name}"', template, 0)
            raise TemplateFault(fault) from error
        except jinja2.TemplateSyntaxError as error:
            name = error.name or template
            fault = _fault("template-syntax", error.message or "", name, error.lineno)
            raise TemplateFault(fault) from error
        except Exception as error:
            raise TemplateFault(_while_rendering(error, template, owner)) from error
        return text.encode("utf-8")

    def page(self, output: Rendered, site: Any) -> bytes | Problem:
        """The bytes of an output, or the fault that keeps it from being made."""
        try:
            return self.render(output.template, site, output.view, owner=output.owner)
        except TemplateFault as fault:
            return fault.problem


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
    return _fault("template-error", f"{what}{shown}", name, line)


def _fault(code: str, message: str, name: str, line: int | None) -> Problem:
    place = Place(line=line) if line else None
    return problem(code, message, f"templates/{name}", place)
