"""The entry point: `ostk` and `python -m ostk`."""

import gc
import os
import sys


def run() -> None:
    """Run the command line.

    What this module imports at its top takes no time: before `run` begins, Ctrl-C is a traceback of Python.
    """
    try:
        # A short run creates some 50,000 objects, hardly any of them garbage. Cycle collection would take a tenth of
        # the run time; a long run still collects.
        gc.set_threshold(200_000)
        from .interrupt import install, leave

        install()
        from contextlib import suppress

        # A stream closed by the shell (`>&-`) is None; output to it is discarded.
        sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115
        sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
        from . import program, version_line

        if sys.argv[1:] == ["--version"]:
            # Without the time that the command line takes to import; it handles output that cannot be written.
            with suppress(OSError):
                print(version_line(program()), flush=True)
                sys.exit(0)
        if instruction := os.environ.get(f"_{program().upper()}_COMPLETE"):
            from .tab import answer

            if (found := answer(instruction)) is not None:
                # A shell that no longer waits is no error.
                with suppress(OSError):
                    print(found, flush=True)
                sys.exit(0)
        from .deferred import UNUSED, defer

        defer(*UNUSED)
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
