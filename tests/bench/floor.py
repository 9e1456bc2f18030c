"""The floor of the benchmark: a twenty-line httpx script that lists resources with a known endpoint and token."""

import json
import os
import sys

sys.modules["httpx._main"] = None  # type: ignore[assignment]  # the command line program of httpx
import httpx  # noqa: E402

client = httpx.Client(verify=sys.argv[1].startswith("https"))
answer = client.get(
    sys.argv[1], headers={"X-Auth-Token": os.environ["FLOOR_TOKEN"], "OpenStack-API-Version": "compute 2.61"}
)
answer.raise_for_status()
items = next(value for value in answer.json().values() if isinstance(value, list))
rows = [[item["id"], item["name"], str(len(item))] for item in items]
widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
for row in rows:
    print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |")
print(json.dumps(len(rows)), file=sys.stderr)
