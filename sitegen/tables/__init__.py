"""One table, many uses: what the tables of fields, codes and views give besides checks."""
