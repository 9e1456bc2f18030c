"""Services of Magnum: the conductors."""

from ..api.container_infra import MAGNUM_SERVICE
from ..language import Noun

service = Noun(
    MAGNUM_SERVICE,
    "List the services of Magnum.",
    columns=["id= host= binary= state= disabled= disabled_reason= created_at= updated_at="],
)
service.list()
