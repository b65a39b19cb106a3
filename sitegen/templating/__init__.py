"""Templates + view → bytes. Jinja lives here only."""
