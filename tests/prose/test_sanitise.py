import pytest

from sitegen.problems import Severity
from sitegen.prose import convert
from tests.sites import as_typed

PATH = "content/blog/x.md"


def html(text: str, prefix: str = "") -> str:
    """The body's HTML with each address as typed."""
    return as_typed(convert(text, path=PATH, prefix=prefix).body)


def faults(text: str, iframe_hosts: frozenset[str] = frozenset()) -> list[tuple[str, int, int]]:
    """Code, line and column of each problem; the text begins at line 10."""
    found = convert(text, path=PATH, first_line=10, iframe_hosts=iframe_hosts).problems
    return [(p.code, p.line, p.column) for p in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\n<your name> b", [("raw-html", 11, 2)]),
        ("<script>x</script>", [("raw-html", 10, 2)]),
        ("a <o:p>b</o:p>\n\nc </v:p> d", [("raw-html", 10, 4), ("raw-html", 12, 4)]),
        ("`<form>`\n\n<form>x</form>", [("raw-html", 12, 2)]),
        ("a <b style='x' onclick='y'>c</b>", [("raw-html-attribute", 10, 6)] * 2),
        ("<div>\n<b title='x\n</div>", [("raw-html", 11, 2)]),
        ("see\n{see it}", [("raw-html-attribute", 11, 2), ("raw-html-attribute", 11, 6)]),
    ],
)
def test_raw_html(text: str, found: list[tuple[str, int, int]]) -> None:
    """No tag and no attribute vanishes without a word, and the word says where."""
    assert [code for code, _, _ in faults(text)] == [code for code, _, _ in found]
    assert faults(text)[0] == found[0]


def test_attributes_are_warnings() -> None:
    """An attribute that is left out loses no text, so it does not stop a build."""
    (fault,) = convert("<b onclick='x'>a</b>", path=PATH).problems
    assert fault.severity is Severity.WARNING


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:x",
        "java&#x09;script:x",
        "&#106;avascript:x",
        "\x01javascript:x",
        "data:text/html,x",
        "file:///etc",
        "C:\\x.pdf",
        "https://",
    ],
)
def test_bad_links(address: str) -> None:
    """An address that a link may not have is an error at its line, however it is spelled."""
    result = convert(f"a\n\n<a href='{address}'>b</a>", path=PATH)
    assert [(p.code, p.line) for p in result.problems] == [("bad-link", 3)]
    assert result.body.links == ()
    assert "<a>b</a>" in result.body.parts[0]


def test_no_other_addresses() -> None:
    """Only href and src can hold an address."""
    shown = html('<video poster="x" src="v.mp4"></video>\n<blockquote cite="x">a</blockquote>')
    assert "poster" not in shown
    assert "cite" not in shown


def test_frames() -> None:
    """A frame needs a title, and a host that the site allows."""
    frame = '<iframe title="Map" src="https://maps.org/x"></iframe>'
    assert faults(frame) == [("iframe-host", 10, 2)]
    assert faults(frame, iframe_hosts=frozenset({"maps.org"})) == []
    untitled = frame.replace(' title="Map"', "")
    assert faults(untitled, iframe_hosts=frozenset({"maps.org"})) == [("iframe-title", 10, 2)]
    trick = frame.replace("maps.org/", "maps.org@evil.org/")
    assert "evil" not in html(trick)
    assert faults(trick, iframe_hosts=frozenset({"maps.org"})) == [("iframe-host", 10, 2)]


def test_what_stands_in_a_frame_is_dropped() -> None:
    """nh3 leaves it as typed, so quotes in it could open a tag of their own behind the frame."""
    trick = (
        '<a title="</iframe>y" id="<iframe title=" z=" src="https://ok.example/">"><svg onload=a>'
    )
    text = f'<div>\n<iframe src="https://ok.example/a" title="t">{trick}</iframe>\n</div>'
    body = convert(text, path=PATH, iframe_hosts=frozenset({"ok.example"})).body
    assert "onload" not in "".join(body.parts).replace("&lt;", "<").partition("<svg")[2]
    assert "<svg" not in "".join(body.parts)
