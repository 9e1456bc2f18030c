"""Validation of templates, and what templates may contain."""

from typing import Any

from ..api.orchestration import HEAT, TEMPLATE_VERSION
from ..language import ALL_FIELDS_IN_API_ORDER, Arg, Cloud, Column, Flag, Json, Noun, Opt
from ..render.format import Format
from .content import ENVIRONMENT, FILES_CONTAINER, PARAMETER, content, template_option

template = Noun(
    TEMPLATE_VERSION, "Validate templates, and list template versions and functions.", fields=[ALL_FIELDS_IN_API_ORDER]
)
COMMAS = Format(lambda value: ",".join(value or ()))
VERSION, TYPE = Column("version", "Version"), Column("type", "Type")
ALIASES = Column("aliases", "Aliases", format=COMMAS)


@template.shower(
    "validate",
    template_option(),
    ENVIRONMENT,
    FILES_CONTAINER,
    PARAMETER,
    Opt("--ignore-errors", "Heat error codes to ignore, separated by commas, e.g. 99001."),
    Flag("--show-nested", "Show the parameters of nested templates too."),
    default_format="yaml",
    reads=False,
)
def validate(cloud: Cloud, values: Json, ignore_errors: str | None, show_nested: bool) -> Any:
    """Validate a template, and show the parameters of the template."""
    nested = {"show_nested": True} if show_nested else {}
    query = {**nested, **({"ignore_errors": ignore_errors} if ignore_errors else {})}
    return cloud.call(HEAT, "POST", "/validate", params=query, json=content(cloud, values))


@template.lister("version list", columns=[VERSION, TYPE], also=[ALIASES])
def list_versions(cloud: Cloud) -> Any:
    """List template versions."""
    rows = cloud.send(TEMPLATE_VERSION, "GET")["template_versions"]
    more = [ALIASES] if any("aliases" in row for row in rows) else []
    return [VERSION, TYPE, *more], rows


@template.lister(
    "function list",
    Arg("template_version", "Template version, e.g. heat_template_version.2021-04-16.", names=TEMPLATE_VERSION),
    Flag("--with_conditions", "Include condition functions."),
    columns=["functions description"],
)
def list_functions(cloud: Cloud, template_version: str, with_conditions: bool) -> Any:
    """List the functions of a template version."""
    query = {"with_condition_func": with_conditions}
    return cloud.send(TEMPLATE_VERSION, "GET", template_version, "functions", params=query)["template_functions"]
