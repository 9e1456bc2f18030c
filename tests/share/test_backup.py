"""Share backups: what each command sends and prints."""

from __future__ import annotations

from ..conftest import Run
from ..fake_cloud import FakeCloud, Json
from ..request_tables import rejection_table, rejects, request_table, sends

CASES = request_table(
    """
/share/v2
share backup create web --name one --description d --backup-options a=b --backup-options c=d
  POST ~/share-backups {"share_backup": {"share_id": "web-id", "name": "one", "description": "d",\
 "backup_options": {"a": "b", "c": "d"}}}
share backup list --share web --name one --name~ o --description d --description~ e --status error --limit 3 --offset 2\
 --sort-key name --sort-dir desc
  GET ~/share-backups/detail?share_id=web-id&name=one&name~=o&description=d&description~=e&status=error&limit=3&\
offset=2&sort_key=name&sort_dir=desc
share backup set one
share backup set one --name two --description e --status error
  PUT ~/share-backups/one-id {"share_backup": {"name": "two", "description": "e"}}
  POST ~/share-backups/one-id/action {"reset_status": {"status": "error"}}
share backup unset one --name --description
  PUT ~/share-backups/one-id {"share_backup": {"name": null, "description": null}}
share backup delete one two
  DELETE ~/share-backups/one-id
  DELETE ~/share-backups/two-id
share backup restore one
  POST ~/share-backups/one-id/action {"restore": null}
share backup restore one --target-share web
  POST ~/share-backups/one-id/action {"restore": "web-id"}
"""
)
REJECTIONS = rejection_table(
    """
1 share backup list --sort-key nosuch => --sort-key: 'nosuch' is not one of id, status,
1 share backup list --sort_dir up => --sort-dir: 'up' is not one of asc, desc
1 share backup list --offset two => 'two' is not a number of results.
2 share backup list --detail x => unexpected extra argument (x)
2 share backup create web --backup-options a => 'a' is not KEY=VALUE.
2 share backup set one --status nosuch => 'nosuch' is not one of
1 share backup unset one => Nothing to remove: no option is given.
"""
)
BACKUP: Json = {"id": "o", "name": "one", "share_id": "w", "status": "available", "size": 1, "topic": None, "links": []}

test_sends_requests = sends(CASES)
test_rejects_invalid_input = rejects(REJECTIONS)


def test_list_detail_shows_more_columns(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/share-backups/detail"] = {"share_backups": [BACKUP]}
    short, long = "o one w available\n", "o one w available None 1 None None None None None None None\n"
    assert ostk("share backup list -f value").stdout == ostk("share backup list -f value --detail 0").stdout == short
    assert ostk("share backup list -f value --detail 1").stdout == ostk("share backup list --detail -f value").stdout
    assert ostk("share backup list --detail -f value").stdout == long
    assert ostk("share backup show one -f value").stdout == "o\none\nw\navailable\n1\nNone\n"


def test_restore_wait_polls_the_share(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers["GET /share/v2/share-backups/detail"] = {"share_backups": [BACKUP]}
    share = {"id": "w", "name": "web", "status": "backup_restoring"}
    cloud.answers["GET /share/v2/shares/w"] = iter(
        (200, {"share": {**share, "status": status}}) for status in ("backup_restoring", "available")
    )
    assert ostk("share backup restore one --wait").exit_code == 0
    cloud.answers["GET /share/v2/shares/w"] = {"share": {**share, "status": "backup_restoring_error"}}
    result = ostk("share backup restore one --wait")
    assert (result.exit_code, result.output) == (1, "The share web went into backup_restoring_error.\n")
