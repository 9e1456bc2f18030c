"""Machine formats: json, csv, value, yaml, shell."""

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from .format import Cell

Show = Callable[[str], str]
ONLY_TEXT = frozenset({str})
PLAIN = frozenset({str, int, float, bool, type(None)})
ROWS_BEFORE_OUTPUT = 10_000  # of a list in JSON: a shorter list is written whole, or not at all after an error


def machine_value(value: Any) -> Any:
    """Return the value of a cell in machine formats."""
    return value.format.machine(value.value) if isinstance(value, Cell) else value


def as_object(names: Sequence[str], values: Sequence[Any]) -> dict[str, Any]:
    """Return a row, or one resource, as an object."""
    return {name: machine_value(value) for name, value in zip(names, values, strict=False)}


def as_objects(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
    """Return all rows as objects."""
    return [as_object(names, row) for row in rows]


def compile_query(query: str) -> Any:
    """Compile a JMESPath expression.

    Raises:
        click.UsageError: The expression is invalid.
    """
    import click
    import jmespath
    from jmespath.exceptions import JMESPathError

    try:
        return jmespath.compile(query)
    except JMESPathError as error:
        why = (
            str(error)
            .splitlines()[0]
            .removeprefix("Invalid jmespath expression: ")
            .rstrip(":.")
            .removesuffix(", for expression")
        )
        raise click.UsageError(f"--query is not a JMESPath expression: {why}.") from None


def apply_query(content: Any, query: str) -> Any:
    """Apply a JMESPath expression to JSON content; return the content itself if the expression is empty.

    Raises:
        OstkError: The expression cannot be applied to the content.
    """
    if not query:
        return content
    import json

    from jmespath.exceptions import JMESPathError

    from ..errors import OstkError

    try:
        return compile_query(query).search(json.loads(json.dumps(content, default=str)))
    except JMESPathError as error:
        raise OstkError(f"--query does not fit this answer: {str(error).splitlines()[0]}") from None


def write_json(content: Any, noindent: bool) -> None:
    """Write an object or a list of objects as one JSON document."""
    sys.stdout.write(json_encoder(noindent)(content, "\n") + "\n")


def write_json_rows(names: Sequence[str], rows: Iterable[Sequence[Any]], noindent: bool) -> None:
    """Write rows as a JSON document, a list of objects.

    A list of up to ROWS_BEFORE_OUTPUT rows is written when the last one is there, a longer one as its rows come.
    """
    from itertools import islice

    encode = json_encoder(noindent)
    left, between, right = ("[", ", ", "]") if noindent else ("[\n  ", ",\n  ", "\n]")
    rest, write = iter(rows), sys.stdout.write
    texts = [encode(as_object(names, row), "\n  ") for row in islice(rest, ROWS_BEFORE_OUTPUT)]
    if len(texts) < ROWS_BEFORE_OUTPUT:
        write(f"{left if texts else '['}{between.join(texts)}{right if texts else ']'}\n")
        return
    write(left + between.join(texts))
    del texts
    for row in rest:
        write(between + encode(as_object(names, row), "\n  "))
    write(right + "\n")


def write_json_lines(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write each row as a JSON object on a line."""
    encode = json_encoder(noindent=True)
    for row in rows:
        sys.stdout.write(encode(as_object(names, row), "") + "\n")


def json_encoder(noindent: bool) -> Callable[[Any, str], str]:
    """Return a function that returns a value as JSON.

    The second argument of the function is the line break before the bracket that closes the value. The text is that
    of `json.dumps` with an indent of 2, for which the standard library has no fast implementation.
    """
    import json

    flat, text = json.JSONEncoder(default=str).encode, json.encoder.encode_basestring_ascii

    def encode(value: Any) -> str:
        return flat(value).replace("\x7f", "\\u007f")

    def indented(value: Any, end: str) -> str:
        if type(value) is str:
            return text(value)
        if not value or not isinstance(value, dict | list | tuple):
            return flat(value)
        start = end + "  "
        if not isinstance(value, dict):
            return f"[{start}{f',{start}'.join([indented(item, start) for item in value])}{end}]"
        if not all(type(key) is str for key in value):
            value = json.loads(flat(value))  # with other keys as texts
        parts = [f"{text(key)}: {indented(item, start)}" for key, item in value.items()]
        return f"{{{start}{f',{start}'.join(parts)}{end}}}"

    if noindent:
        return lambda value, end: encode(value)
    return lambda value, end: indented(value, end).replace("\x7f", "\\u007f")


def write_yaml(content: Any) -> None:
    """Write an object, a list or a scalar as YAML, with sorted keys."""
    import yaml

    # libyaml is ten times quicker but breaks long lines elsewhere when it has to escape characters.
    quick = yaml.__with_libyaml__ and _is_simple(content)

    class Dumper(yaml.CSafeDumper if quick else yaml.SafeDumper):  # type: ignore[misc]
        def ignore_aliases(self, data: Any) -> bool:
            return True

    Dumper.add_representer(None, lambda dumper, value: dumper.represent_str(str(value)))
    if isinstance(content, dict | list | tuple):
        yaml.dump(content, sys.stdout, Dumper=Dumper, default_flow_style=False)
        return
    # A document that is a scalar without quotes ends with a line of three dots, which YAML does not require.
    sys.stdout.write(str(yaml.dump(content, Dumper=Dumper, default_flow_style=False)).removesuffix("...\n"))


def _is_simple(content: Any) -> bool:
    """Return whether all text in a value is printable ASCII and all keys are short."""
    if isinstance(content, str):
        return content.isascii() and content.isprintable()
    if isinstance(content, dict):
        return all(len(str(key)) < 100 and _is_simple(key) and _is_simple(content[key]) for key in content)
    return not isinstance(content, list | tuple) or all(map(_is_simple, content))


def write_yaml_fields(names: Sequence[str], values: Sequence[Any]) -> None:
    """Write one resource as YAML, with the fields in the given order."""
    for name, value in zip(names, values, strict=False):
        write_yaml({name: machine_value(value)})


def write_csv(headers: Sequence[str], rows: Iterable[Sequence[Any]], quote: str, show: Show) -> None:
    """Write rows as CSV with a header line; `quote` is all, minimal, none or nonnumeric."""
    import csv
    from types import SimpleNamespace

    class Dialect(csv.excel):
        quoting = getattr(csv, f"QUOTE_{quote.upper()}")
        lineterminator = "\n"
        escapechar = "\\"

    write = sys.stdout.write
    writer = csv.writer(SimpleNamespace(write=write if show is str else lambda line: write(show(line))), Dialect)

    try:
        writer.writerow(headers)
        # Rows with values of these types alone, of which a Cell is none, are written as they are.
        writer.writerows(
            row
            if PLAIN.issuperset(map(type, row))
            else [str(value.machine) if isinstance(value, Cell) else value for value in row]
            for row in rows
        )
    except csv.Error as error:  # a row of one empty value, with --quote none
        from ..errors import OstkError

        raise OstkError(f"A row cannot be written as CSV: {error}.", "Use --quote minimal.") from error


def write_value_rows(rows: Iterable[Sequence[Any]], show: Show) -> None:
    """Write each row on a line, with the values separated by spaces."""
    write = sys.stdout.write
    for row in rows:
        # `show` is `str` in a pipe, where most rows are long lists of texts.
        texts = (
            row if show is str and ONLY_TEXT.issuperset(map(type, row)) else [show(str(machine_value(v))) for v in row]
        )
        write(" ".join(texts) + "\n")


def write_values(values: Sequence[Any], show: Show) -> None:
    """Write each value on a line."""
    for value in values:
        sys.stdout.write(show(str(machine_value(value))) + "\n")


def write_shell(
    names: Sequence[str], values: Sequence[Any], prefix: str, show: Show, variables: Sequence[str] = ()
) -> None:
    """Write shell assignments, quoted so that no value is executed when the output is evaluated.

    Args:
        names: The names of the fields.
        values: Their values.
        prefix: The prefix of the names of the variables.
        show: The function that makes control characters visible.
        variables: The variables to write, without the prefix; all when empty.
    """
    import re

    for name, value in zip(names, values, strict=False):
        variable = re.sub(r"[^\w.]", "_", name.lower(), flags=re.ASCII)
        if variables and {variable, name.lower().replace(" ", "_")}.isdisjoint(variables):
            continue
        # A backslash is itself between double quotes unless one of these follows it.
        text = re.sub(r'[$`"]|\\(?=[$`"\\\n]|\Z)', r"\\\g<0>", show(str(machine_value(value))))
        sys.stdout.write(f'{prefix}{variable}="{text}"\n')
