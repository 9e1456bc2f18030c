"""Long lists: few of their resources are in memory at a time."""

from __future__ import annotations

import gc
import json

import pytest

from ostk.api.resource import Json, Resource
from ostk.session.answers import COUNT, SIZE, Answers

from ..conftest import Run
from ..fake_cloud import FakeCloud

PORT = {"name": "p", "mac_address": "fa:16:3e:00:00:01", "status": "DOWN", "fixed_ips": [{"ip_address": "10.0.0.1"}]}
PORTS = 9000


@pytest.mark.parametrize("format", ["value", "csv", "jsonl"])
def test_a_list_of_one_page_is_printed_piece_by_piece(
    format: str, ostk: Run, cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    alive, calls, completed = [0], [0], Resource.completed

    def counted(resource: Resource, item: Json) -> Json:
        calls[0] += 1
        if calls[0] % 1500 == 0:
            alive.append(sum(type(one) is dict and "mac_address" in one for one in gc.get_objects()))
        return completed(resource, item)

    body = json.dumps({"ports": [{"id": str(number), **PORT} for number in range(PORTS)]}).encode()
    cloud.answers["GET /network/v2.0/ports"] = (200, body)
    monkeypatch.setattr(Resource, "completed", counted)
    result = ostk(f"port list -f {format} -c ID -c 'Fixed IP Addresses'")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == PORTS + (format == "csv")
    assert 0 < max(alive) < PORTS / 2


def test_few_and_small_answers_are_kept() -> None:
    answers = Answers()
    for number in range(2 * COUNT):
        answers.add(("compute", "GET", str(number), {}), 1)
    assert [url for _, _, url, _ in answers] == [str(number) for number in range(COUNT, 2 * COUNT)]
    answers.add(("compute", "GET", "large", {}), SIZE + 1)
    assert [url for _, _, url, _ in answers] == ["large"]
