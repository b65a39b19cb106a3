"""The values that templates see: each page's view is everything that it may show.

``Chrome`` is what every page shares, called ``site`` in templates; the view is called ``page``.
Every address in a view is ready to be put in ``href`` (the path of ``base_url`` included).
Each class says on lines ``name: …`` what each field is: docs/templates.md is made from them.
A view is digested field by field, so whatever a page must not depend on stays out of it.
"""
