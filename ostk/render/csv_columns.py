"""--format-config-file: the columns of CSV output, from a file.

The file is that of the CSV output of python-cloudkittyclient, whose option every list of `openstack` has where that
plug-in is installed: a YAML list of `TITLE: $.FIELD`, where dots nest.
"""

import json
from typing import Any

from ..errors import OstkError
from ..files import read_text


def query_of(file: str) -> str:
    """Return the JMESPath expression that makes the columns in a file from the rows of a list.

    Raises:
        FileError: The file cannot be read.
        OstkError: The file is not a YAML list of TITLE: FIELD.
    """
    import yaml

    try:
        found = yaml.safe_load(read_text(file, "file of columns"))
    except yaml.YAMLError as error:
        raise OstkError(f"The file of columns {file} is not valid YAML: {' '.join(str(error).split())}.") from None
    entries = found if isinstance(found, list) else []
    columns = [column for entry in entries if isinstance(entry, dict) for column in entry.items()]
    if not columns or len(columns) != len(entries) or not all(isinstance(path, str) for _, path in columns):
        raise OstkError(
            f"The file of columns {file} is not a list of TITLE: FIELD.", "Example of a line: - Name: $.Name"
        )
    fields = ", ".join(f"{json.dumps(str(title))}: {expression(path)}" for title, path in columns)
    return f"[*].{{{fields}}}"


def expression(path: Any) -> str:
    """Return the JMESPath expression for a field, `$.a.b` or `a.b`; each name may have blanks."""
    return ".".join(json.dumps(name) for name in path.removeprefix("$").removeprefix(".").split("."))
