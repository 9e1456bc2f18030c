"""Options that the nouns of Magnum share: labels, taints, sorting; and the JSON patches of updates."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ..api.container_infra import CLUSTER
from ..api.identity import PROJECT
from ..console import write_text
from ..errors import OstkError
from ..language import LIMIT, Cloud, Json, KeyValue, Opt, Resource, Value, Wait, exclusive
from ..language.waiting import DELETED as GONE
from ..session.name_forms import looks_like_id

PROPERTIES = {"output_titles": ("Property", "Value")}  # of tables of the reference client
EFFECTS = ("NoSchedule", "PreferNoSchedule", "NoExecute")
SORTED_PAGES = [
    LIMIT,
    Opt("--sort-key", "Field to sort by."),
    Opt("--sort-dir", "Direction to sort in.", choices="asc desc"),
]


def parts_of(values: Sequence[str], several: bool) -> list[str]:
    """Return the parts of an option: of one that is given once, those between commas and semicolons."""
    parts = values[0].replace(";", ",").split(",") if len(values) == 1 and several else values
    return [part for part in parts if part]


def parse_labels(values: Sequence[str]) -> dict[str, str]:
    """Return labels from KEY=VALUE texts; values of the same key are joined by commas.

    A comma or semicolon separates labels only if the option is given once, with several equals signs: a value may
    contain commas (`feature_gates=A,B`).

    Raises:
        OstkError: A label is not KEY=VALUE.
    """
    labels: dict[str, str] = {}
    for part in parts_of(values, several=bool(values) and values[0].count("=") > 1):
        key, equals, text = part.partition("=")
        if not (key and equals):
            hint = "To give a value with an equals sign and a comma, repeat the option with another label."
            raise OstkError(f"The label {part!r} is not KEY=VALUE.", hint if len(values) == 1 else "")
        labels[key] = f"{labels[key]},{text}" if key in labels else text
    return labels


def parse_taints(values: Sequence[str]) -> list[dict[str, str]]:
    """Return taints from KEY[=VALUE]:EFFECT texts.

    Raises:
        OstkError: A taint is not KEY[=VALUE]:EFFECT.
    """
    taints = []
    for part in parts_of(values, several=True):
        head, _, effect = part.rpartition(":")
        key, _, value = head.partition("=")
        if not key or effect not in EFFECTS:
            raise OstkError(f"The taint {part!r} is not KEY[=VALUE]:EFFECT.", f"Effects: {', '.join(EFFECTS)}.")
        taints.append({"key": key, "value": value, "effect": effect})
    return taints


def reader(parse: Callable[[Sequence[str]], Any]) -> Callable[..., Any]:
    """Return the callback of a repeatable option that reads all its values; it returns None without the option."""
    return lambda ctx, param, values: parse(values) if values else None


def labels_option(flag: str, help: str) -> Opt:
    """Return an option for labels: KEY=VALUE,…, or repeated."""
    return Opt(flag, help, multiple=True, metavar="KEY=VALUE,…", callback=reader(parse_labels))


LABELS = labels_option("--labels", "Labels; a value may contain commas if the option is given for each label.")
MERGE_LABELS = Opt(
    "--merge-labels",
    "Merge the labels with the labels of the cluster template or cluster, instead of replacing all.",
    value=True,
)
NODE_LABELS = labels_option("--node-labels", "Kubernetes labels of the nodes.")
NODE_TAINTS = Opt(
    "--node-taints...",
    "Kubernetes taints of the nodes; the effect is NoSchedule, PreferNoSchedule or NoExecute.",
    metavar="KEY[=VALUE]:EFFECT,…",
    callback=reader(parse_taints),
)
FLOATING_IPS = exclusive(
    Opt("--floating-ip-enabled", "Assign floating IPs to the nodes.", value=True),
    Opt("--floating-ip-disabled", "Do not assign floating IPs to the nodes.", key="floating_ip_enabled", value=False),
)
MASTER_BALANCER = [
    Opt("--master-lb-enabled", "Create a load balancer for the master nodes.", value=True),
    Opt(
        "--master-lb-disabled",
        "Do not create a load balancer for the master nodes.",
        key="master_lb_enabled",
        value=False,
    ),
]
LABEL_CHANGES = [
    Value("--label...", "Label to set.", type=KeyValue()),
    Value("--no-label...", "Key of a label to remove.", metavar="KEY"),
]


def operations(
    fields: Mapping[str, Any], label: Iterable[tuple[str, str]] = (), no_label: Iterable[str] = ()
) -> list[Json]:
    """Return the JSON patch of an update.

    Args:
        fields: The fields to replace, with the new values.
        label: Labels to set.
        no_label: Keys of labels to remove.

    Raises:
        OstkError: Nothing is to be changed.
    """
    replaced = [{"op": "replace", "path": f"/{key}", "value": value} for key, value in fields.items()]
    added = [{"op": "add", "path": f"/labels/{key}", "value": value} for key, value in label]
    removed = [{"op": "remove", "path": f"/labels/{key}"} for key in no_label]
    if not (replaced or added or removed):
        raise OstkError("Nothing to update.", "Give at least one option.")
    return [*replaced, *added, *removed]


def failure(item: Json, values: Json) -> str:
    """Return why the creation of a cluster or node group failed, "" if it did not."""
    status, reason = str(item.get("status")), item.get("status_reason")
    return f"went into {status}" + (f": {str(reason).rstrip('.')}" if reason else "") if "FAILED" in status else ""


CREATED = Wait("CREATE_COMPLETE CREATE_FAILED", fail="", problem=failure)
UPDATED = Wait("UPDATE_COMPLETE UPDATE_FAILED", fail="", problem=failure)
DELETED = Wait(GONE, fail="DELETE_FAILED")


def confirm(cloud: Cloud, sentence: str) -> None:
    """Print that a request was accepted; nothing in a dry run."""
    if not cloud.dry_run():
        write_text(sentence)


def wait_until_there(cloud: Cloud, resource: Resource, uuid: str) -> None:
    """Wait until a resource that was created can be read: Magnum answers 400 while a cluster has no nodes yet."""
    cloud.poll(lambda: cloud.find_by_id(resource, uuid) or {}, bool, noun=resource.noun)


def wait_until_begun(cloud: Cloud, before: Json) -> None:
    """Wait until Magnum has begun to change a cluster, which is as it was `before` for a moment after the request."""
    cloud.poll(
        lambda: cloud.fetch(CLUSTER, before["uuid"]),
        lambda now: now["updated_at"] != before["updated_at"] or "IN_PROGRESS" in str(now["status"]),
        noun=CLUSTER.noun,
    )


def found_project(cloud: Cloud, project: str) -> str:
    """Return the ID of a project. An ID is sent as it is: quotas outlive the projects."""
    return project if looks_like_id(project) else cloud.find(PROJECT, project)
