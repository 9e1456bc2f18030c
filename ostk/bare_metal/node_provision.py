"""Provisioning of nodes: the verbs that move a node from one provision state to another."""

from ..api.bare_metal import NODE, RUNBOOK
from ..errors import WaitError
from ..language import Cloud, Json, Noun, Opt, exclusive
from .changes import document
from .config_drive import read_config_drive
from .fields import WAIT

node = Noun(NODE, "Manage bare metal nodes.")
CONFIG_DRIVE = Opt(
    "--config-drive",
    "Config drive: a JSON object, a JSON file, an ISO image (also gzipped and in base64), or a directory.",
    type=read_config_drive,
    metavar="JSON|FILE|DIRECTORY",
    key="configdrive",
)
STEPS = "(interface, step, args)"
DEPLOY_STEPS = document("--deploy-steps", f"Deploy steps {STEPS}")
RAMDISK = Opt("--disable-ramdisk", "Do not boot the ramdisk; steps that require the ramdisk fail.", value=True)
RUN = Opt("--runbook", "Runbook with the steps.", names=RUNBOOK)


def provision(cloud: Cloud, node: str, target: str, body: Json, wait: int | None = None, until: str = "") -> None:
    """Request a provision state of a node; wait until the node is in the state `until` if `wait` is not None."""
    cloud.send(NODE, "PUT", node, "states", "provision", json={"target": target, **body})
    if wait is not None:
        wait_for(cloud, node, until)


def wait_for(cloud: Cloud, name: str, until: str) -> None:
    """Wait until a node is in a provision state.

    Raises:
        WaitError: The node is in a state of failure, or in another state that it will not leave.
        WaitTimeout: The time is over.
    """

    def reached(now: Json) -> bool:
        state = now["provision_state"]
        if state == until:
            return True
        if state == "error" or state.endswith(" failed") or not now.get("target_provision_state"):
            raise WaitError(failure(now, name, until))
        return False

    cloud.poll(lambda: cloud.fetch(NODE, name), reached, noun="node", status_key="provision_state")


def failure(now: Json, name: str, until: str) -> str:
    """Return the message for a node that did not reach a state: with its state, the step, and the last error."""
    step: Json = next(filter(None, map(now.get, ("clean_step", "deploy_step", "service_step"))), {})
    at = f", step {step.get('interface')}.{step.get('step')}" if step else ""
    because = f": {str(now['last_error']).rstrip('.')}" if now.get("last_error") else ""
    return f"The node {name} did not reach the state {until}: it is in {now['provision_state']}{at}{because}."


@node.each("abort")
def abort(cloud: Cloud, node: str) -> None:
    """Abort the operation on nodes: cleaning, inspection, deployment or rescue."""
    provision(cloud, node, "abort", {})


@node.each("adopt", WAIT)
def adopt(cloud: Cloud, node: str, wait: int | None) -> None:
    """Adopt nodes: make nodes that already run an operating system active, without a deployment."""
    provision(cloud, node, "adopt", {}, wait, "active")


@node.each("clean", exclusive(document("--clean-steps", f"Clean steps {STEPS}"), RUN, required=True), RAMDISK, WAIT)
def clean(cloud: Cloud, node: str, body: Json, wait: int | None) -> None:
    """Clean nodes manually: run clean steps or a runbook. Data on the disks may be lost."""
    provision(cloud, node, "clean", body, wait, "manageable")


@node.each("deploy", CONFIG_DRIVE, DEPLOY_STEPS, WAIT)
def deploy(cloud: Cloud, node: str, body: Json, wait: int | None) -> None:
    """Deploy nodes: install the image of the instance info. Data on the root disk is lost."""
    provision(cloud, node, "active", body, wait, "active")


@node.each("inspect", WAIT)
def inspect(cloud: Cloud, node: str, wait: int | None) -> None:
    """Inspect nodes: discover the properties of the hardware."""
    provision(cloud, node, "inspect", {}, wait, "manageable")


@node.each("manage", WAIT)
def manage(cloud: Cloud, node: str, wait: int | None) -> None:
    """Manage nodes: verify that the BMC can be reached, and make the nodes manageable."""
    provision(cloud, node, "manage", {}, wait, "manageable")


@node.each("provide", WAIT)
def provide(cloud: Cloud, node: str, wait: int | None) -> None:
    """Make nodes available, after automated cleaning. Data on the disks may be lost."""
    provision(cloud, node, "provide", {}, wait, "available")


@node.each("rebuild", CONFIG_DRIVE, DEPLOY_STEPS, WAIT)
def rebuild(cloud: Cloud, node: str, body: Json, wait: int | None) -> None:
    """Rebuild nodes: install the image again. Data on the root disk is lost."""
    provision(cloud, node, "rebuild", body, wait, "active")


@node.each(
    "rescue",
    Opt(
        "--rescue-password",
        "Password of the user rescue in the ramdisk. Other users of this machine can see the argument.",
        required=True,
    ),
    WAIT,
)
def rescue(cloud: Cloud, node: str, body: Json, wait: int | None) -> None:
    """Boot nodes into the rescue ramdisk."""
    provision(cloud, node, "rescue", body, wait, "rescue")


@node.each(
    "service", exclusive(document("--service-steps", f"Service steps {STEPS}"), RUN, required=True), RAMDISK, WAIT
)
def service(cloud: Cloud, node: str, body: Json, wait: int | None) -> None:
    """Service active nodes: run service steps or a runbook, e.g. to update firmware."""
    provision(cloud, node, "service", body, wait, "active")


@node.each("undeploy", WAIT)
def undeploy(cloud: Cloud, node: str, wait: int | None) -> None:
    """Undeploy nodes: remove the instance, and run automated cleaning. All data of the instance is lost."""
    provision(cloud, node, "deleted", {}, wait, "available")


@node.each("unhold")
def unhold(cloud: Cloud, node: str) -> None:
    """Resume nodes that wait in a hold state: clean hold, deploy hold or service hold."""
    provision(cloud, node, "unhold", {})


@node.each("unrescue", WAIT)
def unrescue(cloud: Cloud, node: str, wait: int | None) -> None:
    """Boot nodes from the rescue ramdisk back into the instance."""
    provision(cloud, node, "unrescue", {}, wait, "active")
