"""API versions and microversions of the services in the catalog."""

from ..api.identity import CATALOG
from ..language import Cloud, Flag, Items, Noun, Value, exclusive

versions = Noun(
    CATALOG,
    "Show the API versions of the services.",
    columns=["region_name service_type version status endpoint min_microversion max_microversion"],
)


@versions.lister(
    "show",
    exclusive(
        Flag("--all-interfaces", "Show the endpoints of all interfaces."),
        Value("--interface", "Filter by endpoint interface (default: public)."),
    ),
    Value("--region-name", "Filter by region."),
    Value("--service", "Filter by service type, e.g. compute."),
    Value("--status", "Filter by version status, e.g. CURRENT or SUPPORTED."),
)
def show(
    cloud: Cloud,
    all_interfaces: bool,
    interface: str | None,
    region_name: str | None,
    service: str | None,
    status: str | None,
) -> Items:
    """Show the API versions and microversions of the services in the catalog."""
    from ..session.versions import catalog_endpoints, official_type, versions_at

    interface_filter = "" if all_interfaces else (interface or "public").removesuffix("URL")
    endpoints: dict[tuple[str, str], dict[str, str]] = {}  # (region, interface) -> {service type: URL}
    for service_type, one in catalog_endpoints(cloud.access.catalog, service or ""):
        region = one["region"] or one["region_id"]
        if region != (region_name or region) or not one["url"]:
            continue
        if (interface_filter or one["interface"]) == one["interface"]:
            endpoints.setdefault((region, one["interface"]), {})[official_type(service_type)] = one["url"]
    urls = list({url for by_type in endpoints.values() for url in by_type.values()})
    project = cloud.access.project_id
    found = dict(zip(urls, cloud.map_concurrent(lambda url: versions_at(cloud.http, project, url), urls), strict=True))
    for (region, _), by_type in endpoints.items():
        for service_type, url in by_type.items():
            for row in found[url]:
                if not status or row["status"] == status.upper():
                    yield {"region_name": region, "service_type": service_type, **row}
