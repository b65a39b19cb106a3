from sitegen.prose.prepare import prepare


def prepared(text: str) -> str:
    return prepare(text).text


def test_list_under_a_sentence() -> None:
    """A list may stand directly under the sentence that announces it."""
    assert prepared("Bring:\n- a pen") == "Bring:\n\n- a pen"
    assert prepared("You may (see “below.”)\n1. write") == "You may (see “below.”)\n\n1. write"


def test_two_items_are_a_list() -> None:
    """Without punctuation above, a second item shows that a list is meant."""
    assert prepared("Bring\n- a pen\n- paper") == "Bring\n\n- a pen\n- paper"


def test_wrapped_sentence() -> None:
    """One dash or number at the start of a line may be part of the sentence."""
    for text in ("We open\n- Friday from 9\nin town", "It was\n2024. A good\nyear", "Of,\n2. two"):
        assert prepared(text) == text


def test_wrapped_sentence_in_an_item() -> None:
    """In a list too, only 1. begins an ordered list."""
    assert prepared("- we met in\n  2024. It rained") == "- we met in 2024. It rained"


def test_nesting_by_two_or_three_spaces() -> None:
    """Any indent from two spaces on, or a tab, nests."""
    expected = "- a\n    - b\n        - c\n- d"
    for two, four in (("  ", "    "), ("   ", "      "), ("\t", "\t\t"), ("    ", "        ")):
        assert prepared(f"- a\n{two}- b\n{four}- c\n- d") == expected


def test_paragraphs_of_numbered_items() -> None:
    """Three spaces are enough for a paragraph under "1."."""
    assert prepared("1. a\n\n   more\n\n2. b") == "1. a\n\n    more\n\n2. b"


def test_back_out_of_a_later_paragraph() -> None:
    """An item after a list in an item's later paragraph is the outer list's."""
    text = "- a\n\n  para:\n  - x\n- b"
    assert prepared(text) == "- a\n\n    para:\n\n    - x\n\n- b"


def test_two_kinds_are_two_lists() -> None:
    """Bullets and numbers next to each other are kept apart."""
    assert prepared("- a\n1. b") == "- a\n\n1. b"
