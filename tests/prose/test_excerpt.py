from sitegen.prose.finish import finish


def test_text_and_excerpt() -> None:
    """The text has a line for each block; the excerpt is the first paragraph that stands alone."""
    page = finish("<h2>T</h2><ul><li><p>item</p></li></ul><p><img></p><p>It's\n <b>so</b>.</p>")
    assert page.text == "T\nitem\nIt’s so."
    assert page.excerpt == "It’s so."


def test_admonitions_come_last() -> None:
    """A paragraph of an admonition is the excerpt only when there is no other."""
    note = '<div class="admonition note"><p class="admonition-title">T</p><p>Note</p></div>'
    assert finish(f"<div>{note}</div><p>Words</p>").excerpt == "Words"
    assert finish(f"{note}<ul><li><p>item</p></li></ul>").excerpt == "Note"
