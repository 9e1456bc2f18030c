"""The floor: the least that can do `flavor list` in this stack, twenty lines with a token at hand."""

import json
import os
import sys

sys.modules["httpx._main"] = None  # type: ignore[assignment]  # the command line program of httpx
import httpx  # noqa: E402

client = httpx.Client(verify=os.environ["FLOOR_URL"].startswith("https"))
answer = client.get(
    os.environ["FLOOR_URL"],
    headers={"X-Auth-Token": os.environ["FLOOR_TOKEN"], "OpenStack-API-Version": "compute 2.61"},
)
answer.raise_for_status()
rows = [[flavor["id"], flavor["name"], str(flavor["ram"])] for flavor in answer.json()["flavors"]]
widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
for row in rows:
    print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |")
print(json.dumps(len(rows)), file=sys.stderr)
