"""Run ostk: `python -m ostk`, and the `ostk` command."""

from __future__ import annotations

import gc
import os
import sys


def run() -> None:
    """Run the command line."""
    try:
        from .interrupt import install, leave

        install()
        # A short run makes some 50,000 objects, and hardly one is garbage before its end. To look for cycles
        # meanwhile and at the end takes a tenth of its time; a long run still does.
        gc.set_threshold(200_000)
        # A stream that the shell has closed (`>&-`) takes what is written to it, and shows it to nobody.
        sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115
        sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
        from . import program
        from .cli import main

        main(prog_name=program())
    except SystemExit as end:
        leave(end.code if isinstance(end.code, int) else 1)
        raise
    except KeyboardInterrupt:
        from .interrupt import exit_code

        os._exit(exit_code())
    finally:
        gc.freeze()


if __name__ == "__main__":
    run()
