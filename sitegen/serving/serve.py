"""``sitegen serve``: the site as it is being written, drafts and all, in the editor's browser."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sitegen.serving.preview import Preview
from sitegen.serving.server import Server
from sitegen.serving.watch import Watch
from sitegen.serving.window import Window


def serve(
    config: Path,
    *,
    port: int,
    now: Callable[[ZoneInfo], datetime],
    say: Callable[[str], None],
) -> None:
    """Show the site at 127.0.0.1 and keep up with its files, until Ctrl-C.

    SitegenError when the set-up is broken at the start; later on, that is shown and waited out.
    """
    preview, watch = Preview(config, now, say), Watch(config)
    keeper = threading.Thread(target=preview.keep_up, args=(watch,), daemon=True)
    try:
        with Server(port, Window(preview).answer, preview.board, say) as server:
            watch.start()
            preview.begin()
            keeper.start()
            say(f"See the site at http://127.0.0.1:{server.port}{preview.home} (Ctrl-C stops).")
            server.serve_forever()
    except KeyboardInterrupt:
        say("Stopped.")
    finally:
        watch.stop()
        if keeper.is_alive():  # in the middle of a build, which is let finish
            keeper.join()
