"""Confirmation of deletions."""

import sys

import click

from ..language import Flag

YES = Flag("-y --yes", "Delete without a confirmation prompt.")


def confirm(question: str, yes: bool) -> None:
    """Ask a question if standard input is a terminal; end with exit status 0 if the answer is no.

    Args:
        question: The question.
        yes: Whether --yes has answered it.
    """
    dry_run = click.get_current_context().find_root().params.get("curl")
    if yes or dry_run or not sys.stdin.isatty():
        return
    if not click.confirm(question, err=sys.stderr.isatty()):
        raise click.exceptions.Exit(0)
