"""Benchmark of tables: `python tests/bench/tables.py`. Needs no cloud.

Prints the CPU time in milliseconds, the shortest of several runs, to print ports (ID, name, MAC address, fixed IP
addresses, status) as a table: plain, as in a pipe, and in box-drawing characters and colors, as on a terminal of 80
and of 160 columns. The values are texts already, so that only the table is measured.
"""

from __future__ import annotations

import io
import sys
import time
from uuid import UUID

from ostk.render.table import Table, limit_widths, table_lines
from ostk.render.terminal import fit_widths, print_boxes

HEADERS = ["ID", "Name", "MAC Address", "Fixed IP Addresses", "Status"]
ROUNDS = 7


def ports(count: int) -> Table:
    """Return a table of so many ports, 250 in a subnet; one in four has two fixed IP addresses."""
    ids = [str(UUID(int=number * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128)) for number in range(1, count + 1)]
    rows = []
    for number, id in enumerate(ids):
        subnet = ids[number // 250]
        addresses = f"ip_address='10.0.{number // 256 % 256}.{number % 256}', subnet_id='{subnet}'"
        if number % 4 == 0:
            addresses += f"\nip_address='fd12:6c5d:ae73::{number % 65536:x}', subnet_id='{subnet}'"
        mac = f"fa:16:3e:{number // 65536 % 256:02x}:{number // 256 % 256:02x}:{number % 256:02x}"
        rows.append([id, f"port-{number}", mac, addresses, "DOWN" if number % 3 else "ACTIVE"])
    return Table(HEADERS, rows, [False] * len(HEADERS))


def shortest(table: Table, columns: int) -> float:
    """Return the CPU time to print a table on a terminal of so many columns, 0 for a pipe; in milliseconds."""
    taken = []
    output, sys.stdout = sys.stdout, io.StringIO()
    try:
        for _ in range(ROUNDS):
            start = time.process_time()
            if columns:
                print_boxes(table, fit_widths(table, columns, 8), is_resource=False, color=True)
            else:
                sys.stdout.write("\n".join(table_lines(table, limit_widths(table, 0, 8))) + "\n")
            taken.append(time.process_time() - start)
    finally:
        sys.stdout = output
    return min(taken) * 1000


def main() -> None:
    """Measure and print."""
    print(f"{'rows':>6}{'pipe':>10}{'80 columns':>12}{'160 columns':>13}")
    for count in (1, 14, 2000, 20000):
        table = ports(count)
        pipe, narrow, wide = (shortest(table, columns) for columns in (0, 80, 160))
        print(f"{count:6}{pipe:10.2f}{narrow:12.2f}{wide:13.2f}")


if __name__ == "__main__":
    main()
