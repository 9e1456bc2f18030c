"""Many commands in one process: `ostk batch`, and command lines on standard input."""
