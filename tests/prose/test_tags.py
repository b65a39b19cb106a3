import pytest

from sitegen.prose.tags import address_in, tags


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("a < b <i CLASS=x class='y'>c</i>", [("i", {"class": "x"})]),
        ("<!-- <b> --><p hidden>", [("p", {"hidden": ""})]),
        ("</b>", [("b", {})]),
        ("<script><b></script><i>", [("script", {}), ("i", {})]),
        ("<a href=x", [("a", None)]),
        ("<!-- <b>", [("", None)]),
    ],
)
def test_tags(source: str, found: list[tuple[str, dict[str, str] | None]]) -> None:
    """Tags are read as a browser reads them; what has no end is known."""
    assert [(tag.name, tag.attributes) for tag in tags(source)] == found


def test_address_in() -> None:
    """Browsers ignore some characters, and entities that have no semicolon."""
    assert address_in(" ?a&#x3d;1&copy=\n2 ") == "?a=1&copy=2"
