"""libyaml's complaints in an editor's words, each with the mended line where one is sure."""

from __future__ import annotations

import re

import yaml

from sitegen.problems import Place, Problem, problem

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NOTHING = {"~", "null", "Null", "NULL"}  # what other programs write for it

_FIELD = re.compile(r"(?P<key>\s*(?:- +)?(?:[\w-]+:[ \t]+)?)(?P<value>\S.*?)\s*")

# 'Tis the season, '90s music: an apostrophe begins the word, and no quotation.
_CUT_SHORT = re.compile(r"'(?:t(?:is|was|were|will)|\d0s)\b", re.I)

# An email address as other programs paste it: a link in Markdown.
_MAIL_LINK = re.compile(r"\[[^\]]*\]\((?:mailto:)?([\w.+-]+@[\w.-]+)\)")


def mended(line: str) -> str:
    """The line with its value in quotes; empty unless that is sure to be read as it was meant."""
    match = _FIELD.fullmatch(line.replace("\t", "  "))
    if not match or not match["key"].strip():
        return ""
    key, value = match["key"], match["value"]
    if link := _MAIL_LINK.fullmatch(value):
        return f"{key}{link[1]}"
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" and not _several(value):
        value = value[1:-1].replace("''", "'") if value[0] == "'" else value[1:-1]
    elif value[0] in "'\"" and value[0] not in value[1:] and not _CUT_SHORT.match(value):
        value = value[1:]
    value = value.replace('\\"', '"')
    fixed = key + quoted(value)
    try:
        list(yaml.parse(fixed, Loader=LOADER))
    except yaml.YAMLError:
        return ""
    return fixed


def _several(value: str) -> bool:
    """Whether a value that quotes begin and end is not one quotation: ``"We" and "they"``."""
    inner, quote = value[1:-1], value[0]
    at = inner.find(quote)
    closes = at > 0 and not inner[at - 1].isspace() and not inner[at + 1 : at + 2].isalnum()
    return closes and inner.count(quote) % 2 == 0


def quoted(value: str) -> str:
    """A text as a quoted YAML scalar, in the quotes that need the fewest escapes."""
    if '"' in value and "'" not in value:
        return f"'{value}'"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def typed(value: str) -> str:
    """A text as a YAML scalar: as it is where that is read as it was meant, else in quotes."""
    try:
        is_plain = yaml.load(f"a: {value}", yaml.BaseLoader) == {"a": value}
    except yaml.YAMLError:
        is_plain = False
    return value if is_plain and value not in NOTHING else quoted(value)


# In a field's name, or just after its colon: characters that nobody sees.
_UNSEEN = re.compile("[\u00a0\u00ad\u200b-\u200f\u2028\u2029\u202f\u2060\ufeff]")
_NAMED = re.compile(r"\s*(?:- +)?[a-z_]+:\s?")


def unseen(lines: list[str], path: str, first_line: int) -> list[Problem]:
    """Spaces that are none, soft hyphens and the like, in the names of fields; mended in place."""
    problems = []
    for row, line in enumerate(lines):
        end = line.find(":") + 2  # the name, its colon, and what should be a space
        name, bad = line[:end], _UNSEEN.search(line, 0, end)
        seen = _UNSEEN.sub("", re.sub("[\u00a0\u202f]", " ", name)) if bad else ""
        if bad and _NAMED.fullmatch(seen):
            place = Place(line=row + first_line, column=bad.start() + 1)
            message = f"there is a character here that nobody sees (U+{ord(bad[0]):04X})"
            lines[row] = seen + line[end:]
            problems.append(problem("bad-character", message, path, place, fix=lines[row]))
    return problems


def hidden_by_hash(lines: list[str], path: str, first_line: int) -> list[Problem]:
    """``title: NHS #1``: YAML drops what follows the #. A real comment has a space after it."""
    problems = []
    for row, line in enumerate(lines):
        match = re.match(
            r"""\s*(?:- +)?[\w-]+:(?=\s)(?:[ \t]+[^"'#|>\[{\s][^#]*?)?[ \t]+#(?=\S)""", line
        )
        if match:
            place = Place(
                line=row + first_line, column=match.end(), width=len(line) - match.end() + 1
            )
            message = f'everything from "{line[match.end() - 1 :].strip()}" on would be lost'
            fixed = _hashtags(line) or mended(line)
            problems.append(problem("yaml-hash", message, path, place, fix=fixed))
            lines[row] = fixed or line
    return problems


def _hashtags(line: str) -> str:
    """``tags: #dentistry #care`` as a list; empty for another line."""
    match = re.fullmatch(r"tags:((?:[ ,]+#[\w-]+)+)\s*", line)
    words = re.findall(r"[\w-]+", match[1]) if match else []
    return f"tags: [{', '.join(words)}]" if words else ""


def explained(error: yaml.YAMLError, lines: list[str], path: str, first_line: int) -> Problem:
    """What libyaml found, as a fault that says what to type."""
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    if mark is None or "control characters" in str(error):
        return _bad_character(lines, path, first_line)
    what = f"{getattr(error, 'problem', '')} {getattr(error, 'context', '') or ''}"
    if context is not None and ("quoted scalar" in what or "flow" in what):
        mark = context
    row, column = min(mark.line, len(lines) - 1), mark.column + 1
    code, message, fix, at = _diagnosed(what, lines, row)
    if message.startswith(_BEGINS) and (match := _FIELD.fullmatch(lines[at])):
        column = match.start("value") + 1
    elif at != row or code in _WHOLE_LINE:
        column = len(lines[at]) - len(lines[at].lstrip()) + 1
    fix = fix if fix != lines[at] else ""
    return problem(code, message, path, Place(line=at + first_line, column=column), fix=fix)


Diagnosis = tuple[str, str, str, int]  # code, message, mended line, row
_WHOLE_LINE = {"yaml-indent", "yaml-tab", "yaml-space", "yaml-colon-missing"}
_KEYED = re.compile(r"\s*(- +)?[\w-]+:(\s|$)")


def _diagnosed(what: str, lines: list[str], row: int) -> Diagnosis:
    line = lines[row]
    for near in (row, row - 1, row + 1):
        if 0 <= near < len(lines) and re.match(r" *\t", lines[near]):
            fix = _aligned(lines, near)
            return "yaml-tab", "a tab can't be used to indent here", fix, near
    if "mapping values are not allowed" in what:
        return _stray_colon(lines, row)
    if "escape" in what or "hexdecimal" in what:
        fix = re.sub(r'"(.*)"\s*$', lambda m: "'" + m[1].replace("'", "''") + "'", line)
        return "yaml-escape", "a backslash means something special inside double quotes", fix, row
    if "flow" in what and (fix := _mended_within(line, _INNER_COLON)):
        return "yaml-colon", "a colon followed by a space must be inside quotes", fix, row
    if "flow" in what and (fix := _mended_within(line, _INNER_SIGN)):
        return "yaml-quote", "a value in these brackets needs quotes", fix, row
    if "flow" in what:
        return "yaml-list", "the bracket that opens here is not closed", _closed(line), row
    if "quoted scalar" in what:
        fix = _closed(line) if re.match(r"[^\"']*:\s+\[", line) else mended(line)
        return "yaml-quote", "the quote that opens here is not closed", fix, row
    if "'-' indicator" in what:
        if line.lstrip().startswith("- "):
            return "yaml-indent", _UNLIKE, _aligned(lines, row), row
        return "yaml-indent", 'this line stands in a list and has no "- "', "", row
    if "any token" in what and (fix := _mended_within(line, _INNER_SIGN)):
        return "yaml-quote", "a value in these brackets needs quotes", fix, row
    if any(words in what for words in _BEGINS_BADLY):
        return "yaml-quote", _begins_badly(line), mended(line), row
    return unkeyed(lines, row)


# What libyaml says of a value whose first character means something to YAML.
_BEGINS_BADLY = (
    "cannot start any token",
    "not allowed",
    "scanning an a",  # an anchor, an alias
    "ing a tag",
    "block scalar",
    "node content",
)


# Values in a list or group on one line: with a colon inside, or with a first sign of YAML's own.
_INNER_COLON = re.compile(r"(?<=: )([^,\[\]{}\"']+: [^,\[\]{}]+)")
_INNER_SIGN = re.compile(
    r"(?:(?<=[\[{,])|(?<=[,:] ))([@`%#*&!][^,\[\]{}]*|[^,\[\]{}\"'\s:][^,\[\]{}\"':]* #[^,\[\]{}]*)"
)
_UNLIKE = "this line is not indented like the ones around it"


def in_quotes(line: str) -> str:
    """The line with that in quotes which YAML would take for something else; empty if unsure."""
    return _mended_within(line, _INNER_SIGN) or mended(line)


def _mended_within(line: str, value: re.Pattern[str]) -> str:
    """The line with the values between its brackets in quotes; empty where that mends nothing."""
    start = next((i for i, sign in enumerate(line) if sign in "[{"), len(line))
    fixed = line[:start] + value.sub(lambda m: quoted(m[1].strip()), line[start:])
    return fixed if fixed != line and _reads(fixed) else ""


_BEGINS = "a value that begins with"


def _begins_badly(line: str) -> str:
    match = _FIELD.fullmatch(line)
    first = match["value"][0] if match else line.strip()[:1]
    return f'{_BEGINS} "{first}" needs quotes'


def _stray_colon(lines: list[str], row: int) -> Diagnosis:
    """A second colon on a line, a field that is indented too far, or one without its colon."""
    line, before = lines[row], lines[row - 1] if row else ""
    if _KEYED.match(line) and ": " not in line.split(":", 1)[1]:
        if before.strip() and not _KEYED.match(before):
            return unkeyed(lines, row - 1)
        if line.startswith(" "):
            message = "this line is indented further than the one it belongs with"
            return "yaml-indent", message, _aligned(lines, row), row
    return "yaml-colon", "a colon followed by a space must be inside quotes", mended(line), row


def _aligned(lines: list[str], row: int) -> str:
    """The line indented like the one before, or a step further where that opens a group."""
    above = [x for x in reversed(lines[:row]) if x.strip()]
    before, line = next(iter(above), ""), lines[row].strip()
    if line.startswith("- ") and (item := next((x for x in above if x.strip()[:2] == "- "), "")):
        return item[: len(item) - len(item.lstrip())] + line
    indent = len(before) - len(before.lstrip(" -"))
    if before.rstrip().endswith(":") and not before.startswith("\t"):
        indent += 2
    return " " * indent + line


def _closed(line: str) -> str:
    """A line whose list is not closed, closed; or whose value only begins like one, quoted."""
    bare = re.sub("[\"'“”]", "", line)  # quotes that don't match
    if bare != line and "]" in line and _reads(bare):
        return bare
    return line.rstrip() + "]" if "[" in line and "]" not in line else mended(line)


def unkeyed(lines: list[str], row: int) -> Diagnosis:
    """A line that is no field: no colon, no space after it, stray quotes, or a wrong indent."""
    for at in (row, row - 1):
        line = lines[at] if at >= 0 else ""
        if re.match(r"\s*(- )?[\w-]+:[^\s/]", line):
            fix = re.sub(r"^(\s*(?:- )?[\w-]+:)", r"\1 ", line)
            return "yaml-space", "a colon needs a space after it", fix, at
        if re.match(r"\s*-\w", line):
            fix = line.replace("-", "- ", 1)
            return "yaml-space", 'the "-" of a list needs a space after it', fix, at
        begun = re.match(r"\s*(?:- )?[\w-]+:\s+([\"'\[{])", line)
        if begun and not _reads(line) and mended(line) not in ("", line):
            quotes = "the quotes in this value end it too soon"
            message = quotes if begun[1] in "\"'" else _begins_badly(line)
            return "yaml-quote", message, mended(line), at
        if line.strip() and not re.match(r"\s*([\w-]+:|- |#|[}\]])", line):
            if at and _goes_on(lines[at - 1], line):
                message = "this line goes on with the one above, and has no spaces before it"
                return "yaml-indent", message, f"  {line}", at
            field = re.fullmatch(r"(\s*[a-z_]+)(?: ?[=;：–—-] ?| )(\S.*)", line)
            fix = f"{field[1]}: {field[2]}" if field else ""
            return "yaml-colon-missing", 'this is no field: "name: value" is expected', fix, at
    if row and lines[row - 1].startswith(" ") and not lines[row].startswith(" ") and row == 1:
        message = "this line is indented further than the one it belongs with"
        return "yaml-indent", message, lines[0].lstrip(), 0
    return "yaml-indent", _UNLIKE, _aligned(lines, row) if lines[row].startswith(" ") else "", row


def _goes_on(before: str, line: str) -> bool:
    """Whether a line of several words seems to be the rest of the text above it."""
    return len(line.split()) > 3 and bool(_KEYED.match(before)) and _reads(f"{before}\n  {line}")


def _reads(line: str) -> bool:
    """Whether a line is sound by itself."""
    try:
        list(yaml.parse(line.strip(), Loader=LOADER))
    except yaml.YAMLError:
        return False
    return True


def _bad_character(lines: list[str], path: str, first_line: int) -> Problem:
    for row, line in enumerate(lines):
        if match := re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]", line):
            place = Place(line=row + first_line, column=match.start() + 1)
            message = f"this line holds a character that can't be shown (U+{ord(match[0]):04X})"
            fix = line.replace(match[0], "")
            return problem("bad-character", message, path, place, fix=fix)
    return problem("yaml-syntax", "this can't be read", path, Place(line=first_line))
