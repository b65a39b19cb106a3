import pytest

from sitegen.model import Heading
from sitegen.prose.finish import finish


@pytest.mark.parametrize(
    ("words", "name"),
    [("Ŵy & Ünal’s Łódź", "wy-unals-lodz"), ("What's  on?", "whats-on"), ("健康", "section")],
)
def test_heading_ids(words: str, name: str) -> None:
    """Ids are a–z, 0–9 and hyphens, accents folded."""
    assert finish(f"<h2>{words}</h2>").headings[0].id == name


def test_heading_ids_are_unique() -> None:
    """Repeated ids are numbered, and typed ones come first."""
    page = finish('<h2>Aims</h2><h2>Aims</h2><p id="aims">x</p>', prefix="a-")
    assert page.headings == (
        Heading(level=2, id="a-aims-2", text="Aims"),
        Heading(level=2, id="a-aims-3", text="Aims"),
    )
    assert page.ids == ("a-aims-2", "a-aims-3", "a-aims")


def test_fragments_get_the_prefix() -> None:
    """A fragment of this body gets its prefix; another's is left alone."""
    page = finish('<h2>Aims</h2><a href="#aims">a</a><a href="#main">b</a>', prefix="q-")
    assert [a.target for a in page.addresses] == ["#q-aims", "#main"]
