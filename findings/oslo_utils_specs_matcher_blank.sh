#!/usr/bin/env bash
# What: a value with a blank does not match itself in oslo.utils' matcher of extra specs.
# Version: oslo.utils 10.2.0 (specs_matcher)
# Behavior: the matcher reads one word behind an operator and ignores the rest (<all-in> and <range-in> take more).
#       So the spec "Intel Xeon" fits the value "Intel" and not the value "Intel Xeon"; quotation marks do not help.
# Expected: s== and a spec without operator are documented as string equality: equal strings match, others do not.
#       Models and vendors often have blanks; Ironic, whose root device hints use the matcher, percent-encodes both
#       sides first.
# Seen:
#       value       spec                match
#       Intel       Intel               True
#       Intel Xeon  Intel Xeon          False
#       Intel       Intel Xeon          True
#       Intel Xeon  s== Intel Xeon      False
#       Intel Xeon  s!= Intel Xeon      True
#       Intel Xeon  s== "Intel Xeon"    False
#       Intel Core  <in> Intel Xeon     True
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install -q oslo.utils==10.2.0
"$place/venv/bin/python" - >"$place/out" <<'PY'
from oslo_utils.specs_matcher import match

print(f"{'value':11} {'spec':19} match")
for value, spec in (
    ("Intel", "Intel"),
    ("Intel Xeon", "Intel Xeon"),
    ("Intel", "Intel Xeon"),
    ("Intel Xeon", "s== Intel Xeon"),
    ("Intel Xeon", "s!= Intel Xeon"),
    ("Intel Xeon", 's== "Intel Xeon"'),
    ("Intel Core", "<in> Intel Xeon"),
):
    print(f"{value:11} {spec:19} {match(value, spec)}")
PY
cat "$place/out"
diff "$place/out" - <<'OUT'
value       spec                match
Intel       Intel               True
Intel Xeon  Intel Xeon          False
Intel       Intel Xeon          True
Intel Xeon  s== Intel Xeon      False
Intel Xeon  s!= Intel Xeon      True
Intel Xeon  s== "Intel Xeon"    False
Intel Core  <in> Intel Xeon     True
OUT
