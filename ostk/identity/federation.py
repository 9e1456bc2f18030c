"""What the nouns of federation share: who names what they create, and files that hold what they need."""

from __future__ import annotations

from typing import Any

import click

from ..errors import FileError
from ..files import read_text
from ..language import Json, Kind
from ..session.cloud import Cloud, quote


def register(cloud: Cloud, kind: Kind, id: str, body: Json) -> Json:
    """Create a resource whose ID the user chooses."""
    answer = cloud.call(kind.service, "PUT", f"{kind.path}/{quote(id)}", json={kind.one: body})
    return cloud.unwrap(kind, answer)


class TextFile(click.ParamType[str]):
    """The name of a file; the value is the text in it, without the space around it."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read the file. Errors: FileError."""
        return read_text(value).strip()


class JsonFile(click.ParamType[Any]):
    """The name of a file; the value is what its JSON says."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the file. Errors: FileError, also if it holds no JSON."""
        import json

        if not isinstance(value, str):
            return value
        try:
            return json.loads(read_text(value))
        except ValueError as error:
            raise FileError(f"The file {value} is not valid JSON: {error}.") from None
