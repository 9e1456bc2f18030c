"""Certificate authorities, which older releases of Barbican have."""

from ..api.key_manager import CERTIFICATE_AUTHORITY, PAGE
from ..language import Cloud, Column, Items, Json, Noun
from ..session.paging import Markers, fingerprint, url_query
from .fields import LIMIT, NAME, OFFSET, show_target, with_times


def meta_column(key: str, title: str) -> Column:
    """Return the column of an entry of the `meta` list, which holds objects of one key each."""
    return Column(key, title, value=lambda item: next((m[key] for m in item.get("meta") or [] if key in m), None))


ca = Noun(
    CERTIFICATE_AUTHORITY,
    "Show certificate authorities of the key manager (older releases of Barbican).",
    with_times(
        Column("ca_ref", "CA href"),
        meta_column("name", "Name"),
        meta_column("description", "Description"),
        "created=Created, updated=Updated, status=Status, plugin_name=Plugin Name, plugin_ca_id=Plugin CA ID",
        "expiration=Expiration",
    ),
    in_order=True,
)


@ca.lister("list", LIMIT, OFFSET, NAME)
def list_authorities(cloud: Cloud, body: Json) -> Items:
    """List certificate authorities."""
    query, pages = {"limit": PAGE, **body}, Markers()
    while query:
        pages.advance(fingerprint(query))
        page = cloud.send(CERTIFICATE_AUTHORITY, "GET", params=query)
        # The list has the URLs alone.
        for url in page["cas"]:
            yield {"ca_ref": url, **cloud.fetch(CERTIFICATE_AUTHORITY, CERTIFICATE_AUTHORITY.id_in(url))}
        query = url_query(page.get("next") or "")


@ca.shower("get", show_target(CERTIFICATE_AUTHORITY), fields=ca.columns)
def get(cloud: Cloud, ca: str) -> Json:
    """Show a certificate authority."""
    # The answer has the ID alone, as ca_id.
    url = cloud.endpoint(CERTIFICATE_AUTHORITY.service) + CERTIFICATE_AUTHORITY.at(CERTIFICATE_AUTHORITY.id_in(ca))
    return {"ca_ref": url, **cloud.get(CERTIFICATE_AUTHORITY, ca)}
