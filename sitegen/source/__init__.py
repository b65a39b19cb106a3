"""The files of the site → values: YAML with places, fields by their tables, posts, facts, words."""
