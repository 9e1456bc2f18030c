"""Data in the practice cloud: images, objects, addresses and volumes."""

from __future__ import annotations

import hashlib

from .conftest import Practice


def test_image_upload_and_download(practice: Practice) -> None:
    body = {"name": "i", "disk_format": "raw", "container_format": "bare", "os_distro": "debian"}
    image = practice.ask("POST /image/v2/images", body).json()
    path = f"/image/v2/images/{image['id']}"
    assert (image["status"], image["visibility"], image["os_distro"]) == ("queued", "shared", "debian")
    assert practice.ask(f"GET {path}/file").status_code == 204
    assert practice.send(f"PUT {path}/file", token=practice.token(), content=b"hello").status_code == 204
    active = practice.get(path)
    assert (active["status"], active["size"], active["checksum"]) == ("active", 5, hashlib.md5(b"hello").hexdigest())
    assert active["os_hash_value"] == hashlib.sha512(b"hello").hexdigest()
    assert practice.ask(f"GET {path}/file").content == b"hello"
    assert practice.send(f"PUT {path}/file", token=practice.token(), content=b"x").status_code == 409
    steps = [{"op": "replace", "path": "/protected", "value": True}, {"op": "remove", "path": "/os_distro"}]
    changed = practice.ask(f"PATCH {path}", steps).json()
    assert "os_distro" not in changed
    assert practice.ask(f"DELETE {path}").status_code == 403
    practice.ask(f"PATCH {path}", [{"op": "replace", "path": "/protected", "value": False}])
    assert practice.ask(f"DELETE {path}").status_code == 204
    assert practice.ask(f"GET {path}").status_code == 404


def test_a_shared_image_is_listed_once_accepted(practice: Practice) -> None:
    image = practice.ask("POST /image/v2/images", {"name": "i"}).json()["id"]
    path, other = f"/image/v2/images/{image}", practice.ask("GET /identity/v3/auth/projects", who="alt_demo")
    project = other.json()["projects"][0]["id"]
    assert practice.ask(f"GET {path}", who="alt_demo").status_code == 404
    assert practice.ask(f"POST {path}/members", {"member": project}).status_code == 200
    assert practice.get("/image/v2/images?name=i", "alt_demo")["images"] == []
    practice.ask(f"PUT {path}/members/{project}", {"status": "accepted"}, who="alt_demo")
    assert [x["id"] for x in practice.get("/image/v2/images?name=i", "alt_demo")["images"]] == [image]
    assert practice.ask(f"DELETE {path}", who="alt_demo").status_code == 403


def test_object_metadata_ranges_and_delimiters(practice: Practice) -> None:
    token = practice.token()
    project = practice.ask("GET /identity/v3/auth/projects").json()["projects"][0]["id"]
    box = f"/object-store/v1/AUTH_{project}/box"
    assert practice.send(f"PUT {box}", token=token).status_code == 201
    assert practice.send(f"PUT {box}", token=token).status_code == 202
    for name in ("a.txt", "d/b.txt", "d/%C3%A4%20c.txt"):
        put = practice.send(f"PUT {box}/{name}", token=token, content=b"0123456789", X_Object_Meta_Color="red")
        assert (put.status_code, put.headers["Etag"]) == (201, hashlib.md5(b"0123456789").hexdigest())
    head = practice.send(f"HEAD {box}/a.txt", token=token)
    assert (head.headers["X-Object-Meta-Color"], head.headers["Content-Length"]) == ("red", "10")
    assert head.headers["Content-Type"] == "text/plain"
    part = practice.send(f"GET {box}/a.txt", token=token, Range="bytes=2-4")
    assert (part.status_code, part.content, part.headers["Content-Range"]) == (206, b"234", "bytes 2-4/10")
    assert practice.send(f"GET {box}/a.txt", token=token, Range="bytes=-3").content == b"789"
    assert practice.send(f"GET {box}/a.txt", token=token, Range="bytes=20-").status_code == 416
    listed = practice.send(f"GET {box}?format=json&delimiter=/", token=token).json()
    assert [x.get("name") or x.get("subdir") for x in listed] == ["a.txt", "d/"]
    assert practice.send(f"GET {box}?prefix=d/", token=token).text == "d/b.txt\nd/ä c.txt\n"
    assert practice.send(f"DELETE {box}", token=token).status_code == 409
    assert practice.send(f"HEAD {box}", token=token).headers["X-Container-Bytes-Used"] == "30"
    assert practice.send(f"PUT {box}/x", token=token, content=b"1", Etag="wrong").status_code == 422


def test_addresses_are_allocated_once(practice: Practice) -> None:
    network = practice.ask("POST /network/v2.0/networks", {"network": {"name": "n"}}).json()["network"]["id"]
    subnet = {"network_id": network, "cidr": "10.9.0.0/29", "ip_version": 4}
    made = practice.ask("POST /network/v2.0/subnets", {"subnet": subnet}).json()["subnet"]
    assert (made["gateway_ip"], made["allocation_pools"]) == ("10.9.0.1", [{"start": "10.9.0.2", "end": "10.9.0.6"}])
    overlap = practice.ask("POST /network/v2.0/subnets", {"subnet": subnet})
    assert "overlaps with another subnet" in overlap.text
    port = {"port": {"network_id": network}}
    ports = [practice.ask("POST /network/v2.0/ports", port) for _ in range(6)]
    assert [x.status_code for x in ports] == [201] * 5 + [409]
    given = {x.json()["port"]["fixed_ips"][0]["ip_address"] for x in ports[:5]}
    assert given == {f"10.9.0.{n}" for n in range(2, 7)}
    assert ports[5].json()["NeutronError"]["type"] == "IpAddressGenerationFailure"
    assert practice.ask(f"DELETE /network/v2.0/networks/{network}").status_code == 409
    assert practice.ask(f"DELETE /network/v2.0/subnets/{made['id']}").status_code == 409


def test_a_floating_ip_needs_a_router_to_its_port(practice: Practice) -> None:
    public = practice.first("/network/v2.0/networks?name=public", "networks")
    shared = practice.first("/network/v2.0/networks?name=shared", "networks")
    private = practice.first("/network/v2.0/networks?name=private", "networks")
    ports = {
        name: practice.ask("POST /network/v2.0/ports", {"port": {"network_id": id}}).json()["port"]["id"]
        for name, id in (("shared", shared), ("private", private))
    }
    body = {"floatingip": {"floating_network_id": public, "port_id": ports["shared"]}}
    assert practice.ask("POST /network/v2.0/floatingips", body).status_code == 404
    body["floatingip"]["port_id"] = ports["private"]
    made = practice.ask("POST /network/v2.0/floatingips", body).json()["floatingip"]
    assert (made["fixed_ip_address"], made["status"]) == ("10.0.0.2", "DOWN")
    practice.seconds = 5
    assert practice.get(f"/network/v2.0/floatingips/{made['id']}")["floatingip"]["status"] == "ACTIVE"
    assert practice.ask(f"DELETE /network/v2.0/ports/{ports['private']}").status_code == 204
    loose = practice.get(f"/network/v2.0/floatingips/{made['id']}")["floatingip"]
    assert (loose["port_id"], loose["status"]) == (None, "DOWN")


def test_a_volume_with_snapshots_is_not_deleted(practice: Practice) -> None:
    made = practice.ask("POST /volume/v3/volumes", {"volume": {"size": 1, "name": "v"}}).json()["volume"]
    path = f"/volume/v3/volumes/{made['id']}"
    assert (made["status"], made["volume_type"]) == ("creating", "lvmdriver-1")
    practice.seconds = 2
    assert practice.get(path)["volume"]["status"] == "available"
    snapshot = {"snapshot": {"volume_id": made["id"]}}
    id = practice.ask("POST /volume/v3/snapshots", snapshot).json()["snapshot"]["id"]
    assert practice.ask(f"DELETE {path}").status_code == 400
    practice.seconds = 4
    assert practice.ask(f"DELETE /volume/v3/snapshots/{id}").status_code == 202
    practice.seconds = 6
    assert practice.ask(f"DELETE {path}").status_code == 202
    assert practice.get(path)["volume"]["status"] == "deleting"
    practice.seconds = 8
    assert practice.ask(f"GET {path}").status_code == 404


def test_version_documents(practice: Practice) -> None:
    def version(path: str, status: int) -> object:
        answer = practice.send(f"GET {path}")
        assert answer.status_code == status
        return answer.json()

    assert "max_version" not in str(version("/identity", 300))
    assert '"id": "v3.14"' in practice.send("GET /identity/v3/").text
    assert '"version": "2.104"' in practice.send("GET /compute/v2.1").text
    assert '"version": "3.71"' in practice.send("GET /volume/v3/").text
    version("/image", 300)
    version("/network/", 200)
    assert practice.send("GET /nosuch").status_code == 404
