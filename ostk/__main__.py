"""Run ostk: `python -m ostk`, and the `ostk` command."""

from __future__ import annotations


def run() -> None:
    """Run the command line."""
    from .cli import main

    main(prog_name="ostk")


if __name__ == "__main__":
    run()
