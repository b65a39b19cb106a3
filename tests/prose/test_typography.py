import pytest

from sitegen.prose.finish import finish
from sitegen.prose.typography import curl


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('She said "yes".', "She said “yes”."),
        ("'It's 'ours''", "‘It’s ‘ours’’"),
        ("\"'Hello,' she said\"", "“‘Hello,’ she said”"),
        ("the '90s and 'tis", "the ’90s and ’tis"),
        ('("why?")', "(“why?”)"),
        ("9--5 --- or so...", "9–5 — or so..."),
        ('so--"no"', "so–“no”"),
        ("----", "----"),
        ('""', "“”"),
    ],
)
def test_curl(typed: str, shown: str) -> None:
    """Quotes curl and two or three hyphens are dashes; nothing else changes."""
    assert curl(typed) == shown


def test_quotes_across_tags() -> None:
    """What stands before a tag counts; a block begins anew; code stays as typed."""
    page = finish("<p>\"<em>yes</em>\" <b>M</b>'s <code>'a'</code>'s</p><p>\"x\"</p>")
    assert page.parts[0] == ("<p>“<em>yes</em>” <b>M</b>’s <code>'a'</code>’s</p><p>“x”</p>")


def test_attributes_stay_as_typed() -> None:
    """Typography is for texts only."""
    assert 'title="it\'s"' in finish('<p title="it\'s">x</p>').parts[0]
