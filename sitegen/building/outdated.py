"""Which outputs must be made anew, and why.

First by a key that costs little and changes rather too often than too rarely: what a page may show.
Only where that has changed is the page's view made, and what it depends on compared one by one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import PurePosixPath

from sitegen.fingerprint import Digest, digest, digest_bytes, digest_fields
from sitegen.model import Copied, Derived, Encoded, IndexFile, Output, Rendered
from sitegen.source.wordbook import Wordbook
from sitegen.templating.closures import Closure
from sitegen.templating.render import language_of

Parts = Mapping[str, Digest]
Uses = Mapping[str, Closure]  # what the pages of each template depend on


def key(output: Output, world: Digest, texts: Mapping[str, Digest], uses: Uses) -> Digest:
    """The digest of all that an output may depend on, told without making it.

    ``world`` is what all share, ``texts`` the digests of the posts by ref. The plan is a function
    of the world: what shows no text can't be other than it was while that is the same.
    """
    if not isinstance(output, Rendered | Encoded):
        return digest(_made_of(output))
    shown = texts.values() if output.texts is None else (texts[ref] for ref in output.texts)
    template = uses[output.template].digest if isinstance(output, Rendered) else ""
    return digest_bytes("\0".join((world, template, *shown)).encode())


def parts(output: Output, uses: Uses, book: Wordbook, site: Digest) -> dict[str, Digest]:
    """The digest of each thing that an output depends on. Its view or its bytes are made.

    ``site`` is the digest of what every page shares.
    """
    if not isinstance(output, Rendered):
        return _made_of(output)
    use, view = uses[output.template], output.view
    design = {"template": use.digest, **({"site": site} if use.reads_site else {})}
    if use.says_words:
        design["words"] = _words_digest(book, language_of(view))
    return {**design, **digest_fields(view)}


@lru_cache(maxsize=64)
def _words_digest(book: Wordbook, lang: str) -> Digest:
    words = book.of(lang)
    return digest((lang, words.said, words.english))


def _made_of(output: Encoded | Copied | Derived | IndexFile) -> dict[str, Digest]:
    match output:
        case Encoded():
            return {"data": digest_bytes(output.data)}
        case Copied():
            return {"file": output.digest}
        case Derived():
            return {"file": output.digest, "recipe": digest(output.recipe)}
        case IndexFile():
            return dict(output.parts)


def outdated(
    parts: Mapping[PurePosixPath, Parts],
    before: Mapping[PurePosixPath, Parts],
    known: Collection[PurePosixPath],
    same: Collection[PurePosixPath],
    *,
    same_code: bool,
) -> dict[PurePosixPath, str]:
    """The outputs to make anew, each with the reason.

    ``parts`` are those of the outputs whose key has changed, ``before`` what they were; ``known``
    are all that the last build made, and ``same`` those that are still as it left them.
    """
    reasons = {}
    for path, wanted in parts.items():
        had = before.get(path, {})
        if path not in known:
            reasons[path] = "new"
        elif not same_code:
            reasons[path] = "sitegen or its libraries changed"
        elif changed := sorted(name for name in wanted if had.get(name) != wanted[name]):
            reasons[path] = f"{', '.join(changed)} changed"
        elif path not in same:
            reasons[path] = "the file in output/ is not as it was left"
    return reasons
