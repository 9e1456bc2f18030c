"""Test settings of containers and accounts, recursive deletion, copies and versions."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import httpx
import pytest

from ..conftest import Run
from ..fake_cloud import FakeCloud
from ..request_tables import rejection_table, rejects, request_table, sends

SWIFT = "/object/v1/AUTH_p"
LIMITS = {"bulk_delete": {"max_deletes_per_request": 2}}

test_sends_requests = sends(
    request_table(
        """
/object/v1/AUTH_p
object copy c o d
  PUT ~/d/o
object copy c a/o d/b/p --manifest
  PUT ~/d/b/p?multipart-manifest=get
object delete c o --version-id 17.5
  DELETE ~/c/o?version-id=17.5
object delete c one* --curl
object list c --versions --prefix p
  GET ~/c?prefix=p&versions=true&format=json
object store account set --tempurl-key k --quota-bytes 5
  POST ~
object store account unset --tempurl-key
  POST ~
"""
    )
)
test_rejects_invalid_input = rejects(
    rejection_table(
        """
2 container set c => Missing option '--property' or another option
2 container unset c => Missing option '--property' or another option
2 object store account set => Missing option '--property' or another option
2 object set c o => Missing option '--property'
2 container set c --public --private => exclude each other
2 container set c --quota-bytes -1 => --quota-bytes
1 container set c --public --read-acl a => it excludes --read-acl
1 container set c --versions --history-location d => --versions and --history-location exclude each other
1 container set c --read-acl "" => To remove it: container unset --read-acl.
1 object delete c a b --version-id 1 => --version-id is for a single object
1 object copy c o d --property "a b=c" => 'a b' cannot be a property
2 object copy c o => DESTINATION
"""
    )
)


@pytest.mark.parametrize(
    ("line", "headers"),
    [
        ("container create c --read-acl .r:* --versions", {"X-Container-Read": ".r:*", "X-Versions-Enabled": "true"}),
        (
            "container set c --no-versions --quota-count 0",
            {"X-Versions-Enabled": "false", "X-Container-Meta-Quota-Count": "0"},
        ),
        ("container set c --private", {"X-Remove-Container-Read": "x", "X-Remove-Container-Write": "x"}),
        ("container set c --public", {"X-Container-Read": ".r:*,.rlistings"}),
        (
            "container set c --web-index i --no-web-listings",
            {"X-Container-Meta-Web-Index": "i", "X-Container-Meta-Web-Listings": "false"},
        ),
        ("container unset c --web-css", {"X-Remove-Container-Meta-Web-Listings-CSS": "x"}),
        (
            "container unset c --versions-location --write-acl",
            {"X-Remove-Versions-Location": "x", "X-Remove-Container-Write": "x"},
        ),
        ("object store account set --tempurl-key-2 k", {"X-Account-Meta-Temp-URL-Key-2": "k"}),
        ("object copy a/b c", {}),
        (
            "object copy c ü d --fresh-metadata --property k=v",
            {"X-Copy-From": "/c/%C3%BC", "X-Fresh-Metadata": "true", "X-Object-Meta-k": "v"},
        ),
    ],
)
def test_settings_are_sent_as_headers(cloud: FakeCloud, ostk: Run, line: str, headers: dict[str, str]) -> None:
    ostk(line)
    names = ("x-container-", "x-account-", "x-versions-", "x-remove-", "x-copy-", "x-fresh-", "x-object-")
    sent = {key: value for key, value in cloud.headers[-1].items() if key.startswith(names)} if headers else {}
    assert sent == {key.lower(): value for key, value in headers.items()}


def head(cloud: FakeCloud, path: str, **headers: str) -> None:
    """Answer HEAD requests for a path with these headers, underscores for dashes."""
    cloud.answers[f"HEAD {SWIFT}{path}"] = httpx.Response(
        200, headers={key.replace("_", "-"): value for key, value in headers.items()}
    )


def test_show_hides_keys_of_temporary_urls(cloud: FakeCloud, ostk: Run) -> None:
    head(cloud, "/c", X_Container_Meta_Temp_Url_Key="geheim", X_Container_Meta_A="b", X_Versions_Enabled="True")
    shown = json.loads(ostk("container show c -f json").stdout)
    assert (shown["properties"], shown["versions_enabled"]) == ({"Temp-Url-Key": "***", "A": "b"}, "True")
    assert "geheim" in ostk("container show c --show-keys").stdout
    head(cloud, "", X_Account_Meta_Temp_Url_Key_2="geheim")
    assert "geheim" not in ostk("object store account show").stdout


def test_a_bulk_delete_names_the_objects_in_a_curl_command(ostk: Run, cloud: FakeCloud) -> None:
    rows = [{"name": "a b"}, {"name": "c"}]
    cloud.answers |= {"GET /object/info": LIMITS, f"GET {SWIFT}/c": iter([rows, []])}
    result = ostk("container delete --recursive c --curl")
    assert (result.exit_code, "-d '/c/a%20b\n/c/c'" in result.stdout) == (0, True), result.output


def test_keys_are_hidden_in_curl_commands(ostk: Run, cloud: FakeCloud) -> None:
    assert "geheim" not in ostk("container set c --tempurl-key geheim --curl").output


class Bulk:
    """A container `c` whose objects are deleted by bulk delete; `refused` are those with an error."""

    def __init__(self, cloud: FakeCloud, names: list[str], refused: dict[str, str]) -> None:
        self.sizes: list[int] = []
        self.deleted: list[str] = []
        self.refused = refused
        cloud.answers |= {
            "GET /object/info": LIMITS,
            f"GET {SWIFT}/c": iter([[{"name": name} for name in names], []]),
            f"POST {SWIFT}?bulk-delete=true": self.delete,
        }
        head(cloud, "/c")

    def delete(self, request: httpx.Request) -> httpx.Response:
        """Answer as Swift does: the status is 200 whatever happens."""
        assert (request.headers["Content-Type"], request.headers["Accept"]) == ("text/plain", "application/json")
        paths = request.content.decode().split("\n")
        self.sizes.append(len(paths))
        errors = [[path, self.refused[path]] for path in paths if path in self.refused]
        self.deleted += [unquote(path) for path in paths if path not in self.refused]
        told = {"Number Deleted": len(paths) - len(errors), "Number Not Found": 0, "Errors": errors}
        status = "400 Bad Request" if errors else "200 OK"
        return httpx.Response(200, json={**told, "Response Status": status, "Response Body": ""})


def test_recursive_deletion_in_bulk(cloud: FakeCloud, ostk: Run) -> None:
    bulk = Bulk(cloud, ["a", "ü\n", "./x", "d/e", "z"], {})
    result = ostk("container delete -r c")
    assert result.exit_code == 0, result.output
    assert sorted(bulk.sizes) == [1, 2, 2]
    assert sorted(bulk.deleted) == sorted(["/c/a", "/c/ü\n", "/c/./x", "/c/d/e", "/c/z"])
    assert [line for line, _ in cloud.sent if line.startswith("DELETE")] == [f"DELETE {SWIFT}/c"]


def test_objects_that_bulk_delete_refuses_are_named(cloud: FakeCloud, ostk: Run) -> None:
    Bulk(cloud, ["a", "b c", "d", "e"], {"/c/b%20c": "403 Forbidden", "/c/d": "503 Service Unavailable"})
    cloud.answers[f"DELETE {SWIFT}/c/b%20c"] = (403, b"Forbidden")
    result = ostk("container delete -r c")
    assert result.exit_code == 1
    assert "Failed to delete object 'b c': Forbidden" in result.stderr
    assert "1 of 4 objects failed to delete." in result.stderr
    assert (f"DELETE {SWIFT}/c/d", None) in cloud.sent
    assert (f"DELETE {SWIFT}/c", None) not in cloud.sent


@pytest.mark.parametrize(
    "answer",
    [
        (200, b'{"Number Deleted": 1'),
        (200, {"Number Deleted": 1, "Number Not Found": 0, "Errors": [], "Response Status": "502 Bad Gateway"}),
        (200, {"Number Deleted": 1, "Number Not Found": 0, "Errors": [["/other/a", "403 Forbidden"]]}),
        (200, []),
        (413, b"Too large"),
        (503, b"Busy"),
        lambda request: (_ for _ in ()).throw(httpx.ReadError("cut", request=request)),
    ],
)
def test_what_bulk_delete_does_not_tell_is_deleted_one_by_one(
    cloud: FakeCloud, ostk: Run, monkeypatch: pytest.MonkeyPatch, answer: Any | Callable[..., Any]
) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    monkeypatch.setattr("ostk.http.client.Http.sleep", lambda self, seconds: None)
    Bulk(cloud, ["a", "b"], {})
    cloud.answers[f"POST {SWIFT}?bulk-delete=true"] = answer
    cloud.answers[f"DELETE {SWIFT}/c/a"] = (404, b"")
    result = ostk("container delete -r c")
    assert result.exit_code == 0, result.output
    deleted = [line for line, _ in cloud.sent if line.startswith("DELETE")]
    assert sorted(deleted) == [f"DELETE {SWIFT}/c{path}" for path in ("", "/a", "/b")]


def test_the_same_refusal_of_all_objects_is_told_once(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers |= {"GET /object/info": {}, f"GET {SWIFT}/c": iter([[{"name": "a"}, {"name": "b"}], []])}
    cloud.answers |= {f"DELETE {SWIFT}/c/{name}": (403, b"Forbidden") for name in "ab"}
    head(cloud, "/c")
    result = ostk("container delete -r c")
    assert (result.exit_code, result.stderr.count("Forbidden")) == (1, 1)


def test_recursive_deletion_of_versions(cloud: FakeCloud, ostk: Run) -> None:
    head(cloud, "/c", X_Versions_Enabled="False")
    page = [{"name": "a", "version_id": "2.0"}, {"name": "a", "version_id": "1.0"}]
    cloud.answers[f"GET {SWIFT}/c?versions=true&format=json"] = page[:1]
    cloud.answers[f"GET {SWIFT}/c?versions=true&format=json&marker=a&version_marker=2.0"] = page[1:]
    cloud.answers[f"GET {SWIFT}/c?versions=true&format=json&marker=a&version_marker=1.0"] = []
    assert ostk("container delete -r c").exit_code == 0
    deleted = [line for line, _ in cloud.sent if line.startswith("DELETE")]
    assert sorted(deleted) == [f"DELETE {SWIFT}/c{rest}" for rest in ("", "/a?version-id=1.0", "/a?version-id=2.0")]


def test_names_with_wildcards_are_literal_without_pattern(cloud: FakeCloud, ostk: Run) -> None:
    head(cloud, "/c")
    cloud.answers[f"DELETE {SWIFT}/c/a%2A"] = (404, b"")
    cloud.answers[f"GET {SWIFT}/c"] = [{"name": "ab"}]
    result = ostk("object delete c 'a*'")
    assert (result.exit_code, "taken literally: add --pattern" in result.stderr) == (1, True)
    assert [line for line, _ in cloud.sent if line.startswith("DELETE")] == [f"DELETE {SWIFT}/c/a%2A"]


def test_deletion_by_patterns(cloud: FakeCloud, ostk: Run) -> None:
    rows = [{"name": name} for name in ("log/1.gz", "log/1.txt", "log/a/2.gz")]
    cloud.answers |= {"GET /object/info": {}, f"GET {SWIFT}/c?prefix=log%2F&format=json": rows}
    cloud.answers |= {f"GET {SWIFT}/c?prefix=log%2F1&format=json": rows[:2], f"GET {SWIFT}/c": []}
    assert ostk("object delete c --pattern 'log/*.gz' 'log/1*'").exit_code == 0
    deleted = [line for line, _ in cloud.sent if line.startswith("DELETE")]
    assert sorted(deleted) == [f"DELETE {SWIFT}/c/log/{name}" for name in ("1.gz", "1.txt", "a/2.gz")]
    cloud.sent.clear()
    result = ostk("object delete c --pattern 'log/*' 'no*'")
    assert (result.exit_code, "No Object found for no*" in result.stderr) == (1, True)
    assert [line for line, _ in cloud.sent if line.startswith("DELETE")] == []


def test_deletion_with_segments(cloud: FakeCloud, ostk: Run) -> None:
    head(cloud, "/c/static", X_Static_Large_Object="True")
    head(cloud, "/c/dynamic", X_Object_Manifest="parts/dy%20n/")
    head(cloud, "/c/plain")
    told = {"Errors": [["/parts/1", "403 Forbidden"]], "Number Deleted": 0, "Number Not Found": 0}
    cloud.answers |= {
        "GET /object/info": {},
        f"DELETE {SWIFT}/c/static?multipart-manifest=delete": told,
        f"GET {SWIFT}/parts?prefix=dy+n%2F&format=json": [{"name": "dy n/1"}],
        f"GET {SWIFT}/parts": [],
    }
    result = ostk("object delete c static dynamic plain --segments")
    assert (result.exit_code, "Segments of static were not deleted: parts/1 (403 Forbidden)" in result.stderr) == (
        1,
        True,
    )
    assert (f"DELETE {SWIFT}/parts/dy%20n/1", None) in cloud.sent
    assert (f"DELETE {SWIFT}/c/plain", None) in cloud.sent


def test_a_container_is_deleted_with_the_segments_of_its_objects(cloud: FakeCloud, ostk: Run) -> None:
    rows = [{"name": "static", "bytes": 9, "slo_etag": "e"}, {"name": "dynamic", "bytes": 0}, {"name": "o", "bytes": 1}]
    left = [{"name": "o", "bytes": 1}]
    head(cloud, "/c")
    head(cloud, "/c/static", X_Static_Large_Object="True")
    head(cloud, "/c/dynamic", X_Object_Manifest="parts/d/")
    cloud.answers |= {
        "GET /object/info": {},
        f"GET {SWIFT}/c": iter([rows, [], left, []]),
        f"DELETE {SWIFT}/c/static?multipart-manifest=delete": {"Errors": []},
        f"GET {SWIFT}/parts?prefix=d%2F&format=json": [{"name": "d/1"}],
        f"GET {SWIFT}/parts": [],
    }
    assert ostk("container delete -r c --segments").exit_code == 0
    deleted = {line.removeprefix(f"DELETE {SWIFT}/") for line, _ in cloud.sent if line.startswith("DELETE")}
    assert deleted == {"c/static?multipart-manifest=delete", "c/dynamic", "parts/d/1", "c/o", "c"}
    result = ostk("container delete c --segments")
    assert (result.exit_code, "--segments needs --recursive." in result.stderr) == (1, True)


def test_copy_names_what_is_missing(cloud: FakeCloud, ostk: Run) -> None:
    cloud.answers |= {f"PUT {SWIFT}/d/o": (404, b""), f"HEAD {SWIFT}/d": (404, b""), f"GET {SWIFT}": []}
    head(cloud, "/c")
    assert "No Container found for d" in ostk("object copy c o d").stderr
    head(cloud, "/d")
    assert "No Object found for o in container c" in ostk("object copy c o d").stderr
