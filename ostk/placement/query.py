"""Query parameters by which Placement filters providers and allocation candidates."""

from collections.abc import Iterable, Sequence

from ..errors import OstkError
from ..language import Json, Value

REQUIRED = Value("--required...", "Filter by required trait, or by alternatives: TRAIT,TRAIT.", since="1.18")
FORBIDDEN = Value("--forbidden...", "Filter by forbidden trait.", since="1.22")


def resources_query(values: Iterable[str], suffix: str = "") -> Json:
    """Return the parameter `resources`: {"resources": "VCPU:2,DISK_GB:5"}; {} without values.

    Args:
        values: The values of --resource: "VCPU=2".
        suffix: The number of the request group, added to the name of the parameter.

    Raises:
        OstkError: A value is not CLASS=AMOUNT.
    """
    pairs = [value.partition("=") for value in values]
    for name, equals, amount in pairs:
        if not name or not amount or "=" in amount:
            raise OstkError(f"--resource must be CLASS=AMOUNT, not {name + equals + amount!r}.")
    return {f"resources{suffix}": ",".join(f"{name}:{amount}" for name, _, amount in pairs)} if pairs else {}


def traits_query(values: Json, suffix: str = "") -> Json:
    """Return the parameter `required`: {"required": ["in:A,B", "C,!D"]}; {} without traits.

    Args:
        values: The values of the options; `required` (commas separate alternatives) and `forbidden` are read.
        suffix: The number of the request group, added to the name of the parameter.
    """
    alternatives = [f"in:{value}" for value in values["required"] if "," in value]
    single = [value for value in values["required"] if "," not in value] + [
        f"!{trait}" for trait in values["forbidden"]
    ]
    parameters = [*alternatives, *([",".join(single)] if single else [])]
    return {f"required{suffix}": parameters} if parameters else {}


def aggregates_query(values: Json, suffix: str = "") -> Json:
    """Return the parameter `member_of`: {"member_of": ["in:UUID,UUID", "in:UUID"]}; {} without aggregates.

    Args:
        values: The values of the options: `member_of` (commas separate alternatives), or `aggregate_uuid`, whose
            values are all alternatives.
        suffix: The number of the request group, added to the name of the parameter.
    """
    alternatives: Sequence[str] = values["member_of"] or [",".join(values["aggregate_uuid"])]
    parameters = [f"in:{uuids}" for uuids in alternatives if uuids]
    return {f"member_of{suffix}": parameters} if parameters else {}
