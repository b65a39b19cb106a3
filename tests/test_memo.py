"""What pure functions returned before."""

from __future__ import annotations

from sitegen.memo import Memo


def counted(calls: list[str]):
    """A function that notes what it is called with."""

    def joined(one: tuple[str, ...], other: tuple[str, ...]) -> str:
        calls.append("".join(one + other))
        return calls[-1]

    return joined


def test_the_same_arguments_are_not_worked_out_twice() -> None:
    """The very same objects give the result of before, in the next build too."""
    memo, calls = Memo(), []
    function, one, other = counted(calls), ("a",), ("b",)
    assert memo(function, one, other) == memo(function, one, other) == "ab"
    memo.turn()
    assert memo(function, one, other) == "ab"
    assert calls == ["ab"]


def test_equal_arguments_are_others() -> None:
    """Objects that are only equal are worked out, unless ``same`` made them one."""
    memo, calls = Memo(), []
    function, other = counted(calls), ("b",)
    for letters in (["a"], ["a"]):
        memo(function, tuple(letters), other)
    assert calls == ["ab", "ab"]
    for letters in (["a"], ["a"]):
        memo(function, memo.same("one", tuple(letters)), other)
    assert calls == ["ab", "ab", "ab"]


def test_what_a_build_did_not_ask_for_is_forgotten() -> None:
    """The memory doesn't grow with every edit."""
    memo, calls = Memo(), []
    function, one, other = counted(calls), ("a",), ("b",)
    memo(function, one, other)
    memo.turn()
    memo.turn()
    memo(function, one, other)
    assert calls == ["ab", "ab"]


def test_a_value_is_the_same_only_under_its_name_and_type() -> None:
    """1, 1.0 and True are equal, and not the same."""
    memo = Memo()
    assert memo.same("n", 1) is memo.same("n", 1)
    assert memo.same("n", True) is True
    assert memo.same("other", 1) == 1
