"""What a proxy of Swift can do, and its limits: the answer of GET /info.

https://docs.openstack.org/api-ref/object-store/#discoverability
"""

import re
from contextlib import suppress

from ..errors import OstkError
from ..language import Cloud, Json
from .swift import SWIFT


def capabilities(cloud: Cloud) -> Json:
    """Return the capabilities of the object store by name, {} if it does not tell them: some clouds close /info.

    The keys that matter: `bulk_delete` (`max_deletes_per_request`), `tempurl` (`allowed_digests`, `methods`), `slo`.
    """
    root = re.sub(r"/v1(/.*)?$", "", cloud.endpoint(SWIFT))
    answer = cloud.http.request("GET", f"{root}/info", authenticated=False, raw=True)
    with suppress(OstkError):  # not JSON: the page of a proxy
        found = cloud.http.json(answer) if answer.status_code == 200 else {}
        return found if isinstance(found, dict) else {}
    return {}
