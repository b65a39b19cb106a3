"""``python -m sitegen``."""

import sys

if __name__ == "__main__":
    if not sys.flags.safe_path:
        del sys.path[0]  # the folder it is run in: a yaml.py among the content is no library

    from sitegen.cli import main

    sys.exit(main())
