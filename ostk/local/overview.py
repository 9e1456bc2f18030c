"""The help of ostk as a whole: the commonest commands, all nouns by service, and the global options.

Everything comes from the index and from the lists here: no noun is imported but those of plug-ins.
"""

from textwrap import wrap

import click

from ..index import INDEX
from ..language.help import print_help, row, write_paragraphs, write_rows
from ..tree import plugin_leaves

ABOUT = "OpenStack client: the commands of `openstack`, ten times quicker."
SETUP = "Reads credentials from OS_* variables, clouds.yaml or an openrc file."
COMMON = {
    "server list": "List servers.",
    "server create": "Create a server.",
    "server show": "Show a server.",
    "server delete": "Delete servers.",
    "server add volume": "Attach a volume to a server.",
    "image list": "List images.",
    "image create": "Create or upload an image.",
    "flavor list": "List flavors.",
    "keypair create": "Create or import an SSH key pair.",
    "network list": "List networks.",
    "network create": "Create a network.",
    "subnet create": "Create a subnet.",
    "floating ip create": "Create a floating IP.",
    "server add floating ip": "Associate a floating IP with a server.",
    "security group rule create": "Add a rule to a security group.",
    "volume create": "Create a volume.",
    "quota show": "Show quotas and usage of a project.",
}
SERVICES = {
    "compute": "Compute",
    "identity": "Identity",
    "image": "Image",
    "network": "Network",
    "volume": "Volume",
    "share": "Share",
    "object": "Object storage",
    "placement": "Placement",
    "load_balancer": "Load balancer",
    "orchestration": "Orchestration",
    "dns": "DNS",
    "key_manager": "Key manager",
    "metric": "Metrics",
    "alarming": "Alarms",
    "bare_metal": "Bare metal",
    "database": "Database",
    "container_infra": "Container infrastructure",
    "accelerator": "Accelerator",
    "multi": "Several services",
    "local": "ostk itself",
}
PACKAGES = {"sandbox": "local", "batch": "local"}  # package → the package with which it is listed
OTHER = "Other services"  # the line of the overview for the nouns of the services in FEW
FEW = (
    "Share",
    "Load balancer",
    "Orchestration",
    "DNS",
    "Key manager",
    "Database",
    "Container infrastructure",
    "Bare metal",
    "Accelerator",
    "Metrics",
    "Alarms",
)
NO_BREAK = "\xa0"  # a space at which no line is broken
MIN_FOLDED = 2  # this many nouns with the same first word are shown as `word ...`


def service_of(noun: str) -> str:
    """Return the name of the service that a noun belongs to."""
    package = INDEX[noun][0].partition(".")[0]
    package = PACKAGES.get(package, package)
    return SERVICES.get(package, package.replace("_", " ").capitalize())


def nouns_by_service() -> dict[str, list[str]]:
    """Return the nouns of each service in the order of SERVICES, in alphabetical order."""
    found: dict[str, list[str]] = {service: [] for service in SERVICES.values()}
    for noun in sorted(INDEX):
        found.setdefault(service_of(noun), []).append(noun)
    return {service: nouns for service, nouns in found.items() if nouns}


def overview_lines() -> dict[str, list[str]]:
    """Return the nouns of each line of the overview: of a service, or the first words of those of services in FEW."""
    lines: dict[str, list[str]] = {}
    for service, nouns in nouns_by_service().items():
        if service in FEW:
            lines[OTHER] = sorted({*lines.get(OTHER, []), *(noun.split()[0] for noun in nouns)})
        else:
            lines[service] = nouns
    return lines


def fold_nouns(nouns: list[str]) -> list[str]:
    """Return the top-level nouns, with one `word ...` for nouns that share their first word."""
    tops = [noun for noun in nouns if not any(noun.startswith(f"{other} ") for other in nouns)]
    firsts = [noun.split()[0] for noun in tops]
    return list(
        dict.fromkeys(
            f"{first} ..." if firsts.count(first) >= MIN_FOLDED or noun.count(" ") > 2 else noun
            for first, noun in zip(firsts, tops, strict=True)
        )
    )


def write_overview(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the page of `ostk --help`."""
    command.format_usage(ctx, formatter)
    write_paragraphs(formatter, f"{ABOUT} {SETUP}")
    write_rows(formatter, "Common commands", COMMON.items(), max(map(len, COMMON)))
    with formatter.section("Nouns by service"):
        listed = overview_lines()
        width = max(map(len, listed))
        for service, nouns in listed.items():
            text = ", ".join(noun.replace(" ", NO_BREAK) for noun in fold_nouns(nouns))
            lines = wrap(text, formatter.width - width - 4, break_on_hyphens=False)
            for name, line in zip([service, *[""] * len(lines)], lines, strict=False):
                formatter.write(f"  {name:{width}}  {line.replace(NO_BREAK, ' ')}\n")
    help_command = f"{ctx.find_root().info_name} help"
    formatter.write_paragraph()
    formatter.write_text(
        f"More help: `{help_command} server create` for a command, `{help_command} server` for a noun, "
        f"`{help_command} options` for global options, `{help_command} --all` for all nouns."
    )


def write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the page of `ostk help options`."""
    write_paragraphs(formatter, f"Global options of {ctx.info_name}. They may stand anywhere on the command line.")
    rows = [row(param, ctx, None) for param in command.get_params(ctx) if not getattr(param, "hidden", False)]
    write_rows(formatter, "Global options", rows, 32)


def write_nouns(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the page of `ostk help --all`: all nouns, each with its line of help."""
    command.format_usage(ctx, formatter)
    write_paragraphs(formatter, ABOUT)
    for service, nouns in nouns_by_service().items():
        write_rows(formatter, service, [(noun, INDEX[noun][1]) for noun in nouns], 32)
    rows = [(plugin.name, help) for plugin, _, help in plugin_leaves(ctx)]
    if rows:
        write_rows(formatter, "Plug-ins", rows, 32)


PAGES = {"options": write_options, "all": write_nouns}


def print_page(name: str, ctx: click.Context) -> None:
    """Print one of the pages about ostk as a whole: `options` or `all`."""
    formatter = ctx.make_formatter()
    PAGES[name](ctx.command, ctx, formatter)
    print_help(formatter.getvalue().strip("\n"))
