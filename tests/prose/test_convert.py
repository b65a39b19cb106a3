from sitegen.prose import convert

PATH = "content/blog/x.md"


def test_absurd_nesting() -> None:
    """A text that cannot be converted is a problem, never an exception."""
    for text in (">" * 1000, "- " * 1000, "<div>" * 1000, "[" * 1000, "*" * 1000):
        result = convert(text, path=PATH)
        assert len(result.body.parts) == len(result.body.links) + 1


def test_failure_is_a_problem() -> None:
    """What cannot be converted is said at its first line, and the next text is none the worse."""
    (fault,) = convert("\n</div>\n:   " * 600, path=PATH, first_line=4).problems
    assert (fault.code, fault.line) == ("markdown-failed", 4)
    assert convert("*a*", path=PATH).body.parts == ("<p><em>a</em></p>",)
