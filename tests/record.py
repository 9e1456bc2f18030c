"""Record answers of real services, and what the reference client prints for them.

usage: python tests/record.py [--reference PYTHON] [--more] [NOUN ...]       e.g. record.py router "floating ip"
       python tests/record.py --fill [NOUN ...]        (after it: cases in which no field is null or absent)
       python tests/record.py --again [NOUN ...]       (after a change of ostk: without a cloud)
       python tests/record.py --answer [NOUN ...]      (what both clients print for answers that were written by hand)

Needs a cloud (OS_CLOUD or OS_* of an administrator; OSTK_RECORD_CLOUD_DIR names its directory, which is left out of
what is kept) and the Python of an environment with the reference client. The command lines are those of the
scenarios in tests/cloud: each scenario that has commands of the nouns runs once through a recording proxy. For every
command the fullest answers are chosen; their IDs, addresses, times and secrets are replaced by stable ones; the
reference client then runs again on these answers, in each format, and so does ostk. The differences that a
file states by hand (`differences`) are kept; new ones are named at the end.
"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).parents[1])  # in the place of tests/, where the package http is another

import argparse
import http.client
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from ostk.language.view import header
from tests.replay import RECORDED, Json, Recording, as_exchange, content, lines, microversion, path_of
from tests.test_promises import every

HERE = Path(__file__).parent
SCENARIOS = HERE / "cloud" / "scenarios"
LIST_FORMATS = ("table", "json", "csv", "value", "yaml")
SHOW_FORMATS = ("table", "json", "shell", "value", "yaml")
VALUED = "-f --format -c --column --max-width --quote --prefix --sort-column".split()
FLAGS = "--noindent --fit-width --print-empty --sort-ascending --sort-descending".split()
METHODS = "GET POST PUT PATCH DELETE HEAD COPY".split()
MORE = ("--long", "--detail", "--detailed", "--usage", "--names")
# The commands whose first requests are those for the version documents of all services.
ONE_NOUN_A_SERVICE = (
    "server, volume, image, network, share, container, resource provider, secret, loadbalancer, zone, stack, "
    "database instance, coe cluster, accelerator device, metric, alarm, baremetal node"
).split(", ")
NO_FORMAT = ("coe quotas ", "coe stats ")  # nouns whose commands have no --format in the reference client
MOST_ITEMS = 4  # of a list that is kept
CASES_A_COMMAND = 4
ENOUGH = 7  # lines of an output that show enough
LONGEST_WAIT = 45  # seconds for what a scenario waits for
Answer = tuple[int, dict[str, str], bytes]


class Proxy:
    """An HTTP proxy that both clients go through; `tape` answers the requests of the line that runs."""

    def __init__(self) -> None:
        self.tape: Callable[[str, str, Any, bytes], Answer] = forward
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                body = read_body(self)
                status, headers, out = proxy.tape(self.command, self.path, self.headers, body)
                self.send_response(status)
                for name, value in headers.items():
                    if name.lower() not in ("transfer-encoding", "connection", "content-length", "keep-alive"):
                        self.send_header(name, value)
                known = headers.get("Content-Length") if self.command == "HEAD" else None
                self.send_header("Content-Length", known or str(len(out)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(out)

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        for method in METHODS:
            setattr(Handler, f"do_{method}", Handler.answer)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def read_body(handler: BaseHTTPRequestHandler) -> bytes:
    """Return the body of a request, chunked or not."""
    if "chunked" not in handler.headers.get("Transfer-Encoding", ""):
        return handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
    body = b""
    while size := int(handler.rfile.readline().split(b";")[0], 16):
        body += handler.rfile.read(size)
        handler.rfile.readline()
    handler.rfile.readline()
    return body


def forward(method: str, url: str, headers: Any, body: bytes) -> Answer:
    """Send a request on to the service."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=300)
    sent = {
        name: value
        for name, value in headers.items()
        if name.lower() not in ("proxy-connection", "connection", "transfer-encoding", "accept-encoding")
    }
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    sent["Content-Length"] = str(len(body))
    connection.request(method, target, body=body, headers=sent)
    answer = connection.getresponse()
    out = answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders()), out


class LiveTape:
    """Sends requests on and keeps the exchanges; with `known`, requests that change something come from these."""

    def __init__(self, known: list[Json] | None = None) -> None:
        self.exchanges: list[Json] = []
        self.known = Recording(known) if known is not None else None
        self.unknown: list[str] = []
        self.lock = threading.Lock()

    def __call__(self, method: str, url: str, headers: Any, body: bytes) -> Answer:
        request = f"{method} {url}"
        with self.lock:
            if (self.known and not request.startswith("POST")) or (self.known and "/auth/tokens" not in url):
                assert self.known is not None
                found = self.known.find(method, url, headers)
                exact = found and (
                    method not in ("GET", "HEAD")
                    or (found["request"] == request and found.get("microversion", "") == microversion(headers))
                )
                if found and exact:
                    return found["status"], dict(found.get("headers", {})), content(found)
                if method not in ("GET", "HEAD"):
                    self.unknown.append(request)
                    return 599, {}, b"{}"
        status, answered, out = forward(method, url, headers, body)
        if not is_session(method, url):
            with self.lock:
                self.exchanges.append(as_exchange(request, microversion(headers), status, answered, out))
        return status, answered, out


def is_session(method: str, url: str) -> bool:
    """Return whether a request is one that every command may begin with: for a token or a version document."""
    path = urlsplit(url).path.rstrip("/")
    if method == "POST" and path.endswith("/v3/auth/tokens"):
        return True
    return method == "GET" and re.fullmatch(r"(/v\d+(\.\d+)?)?", path) is not None


class ReplayTape:
    """Answers from exchanges alone."""

    def __init__(self, exchanges: list[Json]) -> None:
        self.recording = Recording(exchanges)
        self.lock = threading.Lock()

    def __call__(self, method: str, url: str, headers: Any, body: bytes) -> Answer:
        with self.lock:
            found = self.recording.find(method, url, headers)
        if found is None:
            return 404, {}, b'{"error": {"message": "not recorded", "code": 404}}'
        return found["status"], dict(found.get("headers", {})), content(found)


class Client:
    """One client, run through the proxy."""

    def __init__(self, name: str, python: str, proxy: Proxy, where: str, home: str) -> None:
        self.where = where
        self.proxy = proxy
        given = {key: value for key, value in os.environ.items() if key.startswith("OS_") or key == "PATH"}
        self.env = {**given, "HOME": home, "http_proxy": proxy.url, "OSTK_CACHE": "0", "COLUMNS": "80"}
        self.process = subprocess.Popen(
            [python, str(HERE / "record_client.py"), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=HERE.parent,
        )

    def run(self, argv: list[str]) -> Json:
        """Run a command line: `status`, `output`, `errors`."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"argv": argv, "env": self.env, "cwd": self.where}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())  # type: ignore[no-any-return]

    def close(self) -> None:
        """End it."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


class Stable:
    """Replaces IDs, addresses, times and secrets by others that are the same in every recording."""

    PATTERNS = (
        (r"gAAAAA[\w\-=]+", "token"),
        (r"-----BEGIN ([A-Z ]*)PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----(\\n)?", "key"),
        (r"\breq-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "request"),
        (r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", "uuid"),
        (r"(?<![\w-])(?=-*\w)[\w-]{86}(?![\w-])", "secret"),
        (r"\btx[0-9a-f]{21}-[0-9a-f]{10}\b", "transaction"),
        (r"\b[0-9a-f]{128}\b", "hex128"),
        (r"\b[0-9a-f]{64}\b", "hex64"),
        (r"\b[0-9a-f]{40}\b", "hex40"),
        (r"\b[0-9a-f]{32}\b", "hex32"),
        (r"\binstance-[0-9a-f]{8}\b", "instance"),
        (r"\br-[0-9a-z]{8}\b", "reservation"),
        (r"\b\d{4}-\d\d-\d\d(?=[T ]\d\d:\d\d:\d\d)[T ]\d\d:\d\d:\d\d", "time"),
        (r"\b[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT\b", "date"),
        (r"\b1[6-9]\d{8}\.\d{5}\b", "stamp"),
        (r"\b(?:[0-9a-f]{2}:){15}[0-9a-f]{2}\b", "fingerprint"),
        (r"\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b", "mac"),
        (r"(?<![\w.])(?:172\.24\.4|192\.168\.233|10\.\d+\.\d+)\.(?!0\b|1\b|2\b|255\b)\d{1,3}(?![\w/]|\.\d)", "address"),
        (r"\b2001:db8::[0-9a-f:]*[0-9a-f](?!/)\b", "address6"),
    )

    def __init__(self, words: dict[str, str]) -> None:
        self.words = words
        self.known: dict[str, str] = {}
        self.counts: dict[str, int] = {}

    def fork(self) -> Stable:
        """Return one that goes on from what this one knows."""
        other = Stable(self.words)
        other.known, other.counts = dict(self.known), dict(self.counts)
        return other

    def text(self, text: str) -> str:
        """Return a text with everything replaced."""
        for word, instead in self.words.items():
            text = text.replace(word, instead)
        text = re.sub(rf"\b{re.escape(socket.gethostname())}\b", "host.example", text)
        text = re.sub(r"\brec-\d+\b", "sample", re.sub(r"\bREC_\d+\b", "SAMPLE", text))
        for digest in re.findall(r'"(?:[Ee][Tt]ag|checksum|hash|md5)": "(?:\\\\")?([0-9a-f]{32})\b', text):
            self.known[f"hex32 {digest}"] = digest  # of data that the client checks
        text = re.sub(r'("adminPass": ")[^"]*"', r'\1example"', text)
        for pattern, kind in self.PATTERNS:
            text = re.sub(pattern, partial(self.replaced, kind), text, flags=re.DOTALL)
        return text

    def replaced(self, kind: str, found: re.Match[str]) -> str:
        """Return what stands for a match."""
        return self.stable(kind, found[0])

    def like(self, live: Any, kept: Any) -> None:
        """Let what stands for the IDs in live data be what stands for them in the kept data of the same session.

        Objects of a list are the same where their names, types and interfaces are.
        """
        if isinstance(live, dict) and isinstance(kept, dict):
            for key in live.keys() & kept.keys():
                self.like(live[key], kept[key])
        elif isinstance(live, list) and isinstance(kept, list):
            known = {mark(one): one for one in kept}
            for one in live:
                self.like(one, known.get(mark(one)))
        elif isinstance(live, str) and isinstance(kept, str):
            for pattern, kind in self.PATTERNS:
                if kind in ("hex32", "uuid"):
                    for found, instead in zip(re.findall(pattern, live), re.findall(pattern, kept), strict=False):
                        self.known.setdefault(f"{kind} {found}", instead)

    def beyond(self, kept: Any) -> None:
        """Number what is new from above the numbers that kept data has."""
        text = json.dumps(kept)
        for pattern, kind in self.PATTERNS:
            self.counts[kind] = max(self.counts.get(kind, 0), len({found[0] for found in re.finditer(pattern, text)}))

    def stable(self, kind: str, found: str) -> str:
        """Return what stands for one ID, address, time or secret."""
        key = f"{kind} {found}"
        if key in self.known or found in self.known.values():
            return self.known.get(key, found)
        number = self.counts[kind] = self.counts.get(kind, 0) + 1
        self.known[key] = shaped(kind, found, number)
        return self.known[key]

    def data(self, data: Any) -> Any:
        """Return JSON with everything replaced."""
        return json.loads(self.text(json.dumps(data)))


def mark(one: Any) -> str:
    """Return what tells an object of a list of a session from others: not its ID."""
    named = {key: one.get(key) for key in ("name", "type", "interface", "region")} if isinstance(one, dict) else one
    return json.dumps(named, sort_keys=True)


def shaped(kind: str, found: str, number: int) -> str:
    """Return the value that stands for the `number`th of a kind, in the shape of the one that was `found`."""
    minute, second = divmod(number, 60)
    shapes = {
        "token": "gAAAAAexample",
        "key": "-----BEGIN EXAMPLE-----",
        "request": f"req-{number:08x}-0000-4000-9000-{number:012x}",
        "uuid": f"{number:08x}-0000-4000-8000-{number:012x}",
        "secret": f"{number:06d}" + "s" * 80,
        "transaction": f"tx{number:021x}-0065000000",
        "instance": f"instance-{number:08x}",
        "reservation": f"r-{number:08d}",
        "time": f"2026-01-01{found[10:11]}00:{minute:02d}:{second:02d}",
        "date": f"Thu, 01 Jan 2026 00:{minute:02d}:{second:02d} GMT",
        "stamp": f"17672256{number % 100:02d}.00000",
        "fingerprint": ":".join(["00"] * 14 + [f"{number // 256:02x}", f"{number % 256:02x}"]),
        "mac": f"fa:16:3e:00:{number // 256:02x}:{number % 256:02x}",
        "address": f"{found.rpartition('.')[0]}.{100 + number % 150}",
        "address6": f"2001:db8::{number:x}",
    }
    return shapes.get(kind) or f"{number:0{kind.removeprefix('hex')}x}"


def plain(argv: list[str]) -> list[str]:
    """Return a command line without the options that only shape its output."""
    kept: list[str] = []
    words = iter(argv)
    for word in words:
        flag = word.partition("=")[0]
        if word in VALUED:
            next(words, None)
        elif flag in VALUED or word in FLAGS or re.match(r"-[fc]\w", word):
            continue
        else:
            kept.append(word)
    return kept


def command_of(argv: list[str]) -> str:
    """Return the words of the command that a command line has, "" if ostk does not know it."""
    for count in range(min(len(argv), 6), 0, -1):
        words = " ".join(argv[:count])
        if words in every():
            return words
    return ""


def formats_of(command: str) -> tuple[str, ...]:
    """Return the formats that a command can print in, "" alone where it has no choice."""
    flags = {flag for param in every()[command].params for flag in param.opts}
    if "--format" not in flags or command.startswith(NO_FORMAT):
        return ("",)
    return LIST_FORMATS if "--quote" in flags else SHOW_FORMATS


def noun_of(command: str) -> str:
    """Return the noun of a command, by the index."""
    from ostk.index import INDEX

    words = command.split()
    return next((n for c in range(len(words), 0, -1) if (n := " ".join(words[:c])) in INDEX), words[0])


def signature(argv: list[str], command: str) -> str:
    """Return the options on a command line that decide which columns there are: those without a value, the version."""
    if "-c" in argv:
        return "-c"
    known = {flag: param for param in every()[command].params for flag in (*param.opts, *param.secondary_opts)}
    found = {w for w in argv if w in known and getattr(known[w], "is_flag", False)}
    versions = [f"{w} {argv[at + 1]}" for at, w in enumerate(argv[:-1]) if w.endswith("-api-version")]
    return " ".join([*sorted(found), *versions])


def hidden_columns(command: str) -> list[str]:
    """Return the `-c` options that ask a list for the columns which it does not show by itself."""
    run = getattr(every()[command], "run", None)
    columns = getattr(getattr(run, "run", run), "columns", ())
    return [word for column in columns if column.hidden for word in ("-c", header(column))]


def trimmed(exchanges: list[Json], key: str) -> list[Json]:
    """Return exchanges in which the lists under a key keep a few resources, the same in each answer."""
    chosen: list[str] = []
    for exchange in exchanges:
        body = exchange.get("json")
        items = body.get(key) if isinstance(body, dict) else None
        if not chosen and isinstance(items, list) and len(items) > MOST_ITEMS:
            ours = [item for item in items if re.search(r"\brec-\d", json.dumps(item))]
            kept = [*ours[-MOST_ITEMS:], *items][:MOST_ITEMS]
            chosen = [identity(item) for item in kept]
    return [without_others(exchange, key, chosen) for exchange in exchanges] if chosen else exchanges


def identity(item: Any) -> str:
    """Return what tells a resource from others in a list."""
    found = item.get("id") or item.get("uuid") or item.get("name") if isinstance(item, dict) else None
    return json.dumps(found or item, sort_keys=True)


def without_others(exchange: Json, key: str, chosen: list[str]) -> Json:
    """Return an exchange whose list under a key has the chosen resources alone."""
    body = exchange.get("json")
    if not isinstance(body, dict) or not isinstance(body.get(key), list):
        return exchange
    items = [item for item in body[key] if identity(item) in chosen]
    rest = {name: value for name, value in body.items() if not name.endswith("_links") and name != "next"}
    return {**exchange, "json": {**rest, key: items}}


def list_key(command: str) -> str:
    """Return the key under which answers hold the list that a command prints, "" for no list."""
    if command == "extension list":
        return "extensions"
    run = getattr(every()[command], "run", None)
    resource = getattr(getattr(run, "run", run), "resource", None)
    return resource.many if resource and command.endswith("list") else ""


def aligned(data: Any, seen: dict[str, Any]) -> Any:
    """Return data in which objects that are equal have their fields in one order: some services change it."""
    if isinstance(data, dict):
        ordered = {key: aligned(value, seen) for key, value in data.items()}
        return seen.setdefault(json.dumps(ordered, sort_keys=True), ordered)
    return [aligned(one, seen) for one in data] if isinstance(data, list) else data


def weight(case: Json) -> tuple[int, int]:
    """Return how much a case shows: the lines of its output, then the size of its answers."""
    body = sum(len(json.dumps(exchange.get("json", ""))) for exchange in case["exchanges"])
    return min(case["lines"], 8), min(body, 20000)


class Recorder:
    """Runs scenarios and chooses the cases."""

    def __init__(self, reference: str, nouns: Iterable[str], more: bool = False) -> None:
        self.nouns = set(nouns)
        self.more = more
        self.proxy = Proxy()
        self.place = tempfile.mkdtemp()
        shutil.copytree(SCENARIOS / "files", self.place, dirs_exist_ok=True)
        home = tempfile.mkdtemp()
        self.reference = Client("reference", reference, self.proxy, self.place, home)
        self.ours = Client("ostk", sys.executable, self.proxy, self.place, home)
        self.sample = f"rec-{os.getpid()}"
        self.cases: dict[str, dict[str, Json]] = {}  # command → signature → case
        self.unmatched: list[str] = []
        self.seen = Path(tempfile.gettempdir()) / f"{self.sample}.json"  # what was seen so far, for --seen

    def wants(self, command: str) -> bool:
        """Return whether a command is to be recorded."""
        return bool(command) and (not self.nouns or noun_of(command) in self.nouns)

    def scenario(self, path: Path) -> None:
        """Run one scenario."""
        lines = [s for s in map(str.strip, path.read_text().splitlines()) if s and not s.startswith("#")]
        if not any(
            self.wants(command_of(shlex.split(re.sub(r"^(\? |! |(save|until) \S+ = )+", "", x)))) for x in lines
        ):
            return
        saved = {"n": self.sample, "N": self.sample.upper().replace("-", "_")}
        for line in lines:
            mode = re.match(r"(\? |! )?((save|until) (\S+) = )?(.*)", line)
            assert mode is not None
            text = mode[5]
            for key, value in saved.items():
                text = text.replace("{" + key + "}", value)
            argv = shlex.split(text)
            if not mode[3] and self.seen_before(argv):
                continue
            start = time.monotonic()
            answer = self.once(argv, repeat=mode[4] if mode[3] == "until" else "")
            if time.monotonic() - start > 10:
                print(f"{path.stem}: {time.monotonic() - start:.0f} s: {line}", file=sys.stderr, flush=True)
            if mode[3] == "save":
                saved[mode[4]] = answer["output"].strip()
        print(f"{path.stem}: done", file=sys.stderr, flush=True)
        self.seen.write_text(json.dumps(self.cases))

    def seen_before(self, argv: list[str]) -> bool:
        """Return whether a line only reads, and a full case of its command and options is there already."""
        command = command_of(argv)
        known = self.cases.get(command, {}).get(signature(argv, command)) if command else None
        return command.split(" ")[-1] in ("list", "show") and known is not None and known["lines"] >= ENOUGH

    def once(self, argv: list[str], repeat: str = "") -> Json:
        """Run one line live, and keep it as a case if it shows more than what there is."""
        end = time.monotonic() + LONGEST_WAIT
        while True:
            tape = self.proxy.tape = LiveTape()
            answer = self.reference.run(argv)
            reached = answer["status"] != 0 if repeat == "!" else answer["output"].strip() == repeat
            if not repeat or reached or time.monotonic() > end:
                break
            time.sleep(0.5)
        command = command_of(argv)
        if repeat or not self.wants(command) or answer["status"] or not answer["output"].strip():
            return answer
        self.keep(command, plain(argv), tape.exchanges, answer)
        options = {flag for param in every()[command].params for flag in param.opts}
        for more in MORE:
            if more in options and more not in argv and self.lacks(command, argv, more):
                wide = [*plain(argv), more]
                tape = self.proxy.tape = LiveTape()
                fuller = self.reference.run(wide)
                if not fuller["status"]:
                    self.keep(command, wide, tape.exchanges, fuller)
        if hidden := hidden_columns(command):
            wide = [*plain(argv), *hidden]
            tape = self.proxy.tape = LiveTape()
            fuller = self.reference.run(wide)
            if not fuller["status"]:
                self.keep(command, wide, tape.exchanges, fuller)
        return answer

    def lacks(self, command: str, argv: list[str], more: str) -> bool:
        """Return whether a wider listing is still to be seen with resources in it."""
        known = self.cases.get(command, {}).get(signature([*argv, more], command))
        return command.split()[-1] in ("list", "show") and (known is None or known["lines"] < 5)

    def keep(self, command: str, argv: list[str], exchanges: list[Json], answer: Json) -> None:
        """Keep a line as the case of its command and options, if it shows more than the one there is."""
        shape = signature(argv, command)
        case = {"argv": argv, "exchanges": exchanges, "lines": answer["output"].count("\n")}
        known = self.cases.setdefault(command, {})
        if shape in known and weight(known[shape]) >= weight(case):
            return
        tape = self.proxy.tape = LiveTape(exchanges)
        self.ours.run(argv)
        if tape.unknown:
            self.unmatched.append(f"{' '.join(argv)}: {tape.unknown}")
        case["exchanges"] = [*exchanges, *tape.exchanges]
        known[shape] = case

    def take(self, cases: dict[str, dict[str, Json]]) -> None:
        """Take over the cases of an earlier run; the fuller one stays where both have one."""
        for command, shapes in cases.items():
            known = self.cases.setdefault(command, {})
            for shape, case in shapes.items():
                if shape not in known or weight(known[shape]) < weight(case):
                    known[shape] = case

    def session(self) -> tuple[list[Json], Stable]:
        """Record a token and the version documents; return them with the IDs of the session replaced.

        Where there is a recording of them already, return that, so that what was recorded with it stays, with the
        version documents that it lacks: those are for this run alone, `versions show` was recorded without them.
        """
        seen: dict[tuple[str, str], Json] = {}
        path = RECORDED / "session.json"

        def tape(method: str, url: str, headers: Any, body: bytes) -> Answer:
            status, answered, out = forward(method, url, headers, body)
            key = method, path_of(url)
            if is_session(method, url) and (key not in seen or seen[key]["status"] >= 400):
                seen[key] = as_exchange(f"{method} {url}", "", status, answered, out)
            return status, answered, out

        self.proxy.tape = tape
        for client in (self.reference, self.ours):
            client.run(["token", "issue"])
            if not path.exists():
                client.run(["versions", "show"])
            for noun in ONE_NOUN_A_SERVICE:
                client.run([*noun.split(), "list"])
        cloud = os.environ.get("OSTK_RECORD_CLOUD_DIR", "/opt/ostk-cloud")
        words = {cloud: "/srv/cloud", self.place: "/srv/files"}
        stable = Stable(words)
        if path.exists():
            known = json.loads(path.read_text())["exchanges"]
            for one in known:
                method, _, url = one["request"].partition(" ")
                live = seen.get((method, path_of(url)))
                if live:
                    stable.like(live.get("json"), one.get("json"))
            stable.beyond(known)
            requests = {one["request"] for one in known}
            added = [stable.data(one) for one in seen.values() if one["request"].startswith("GET ")]
            return [*known, *(one for one in added if one["request"] not in requests)], stable
        kept = [stable.data(one) for one in seen.values()]
        for one in kept:
            if "token" in (one.get("json") or {}):
                one["json"]["token"]["expires_at"] = "2099-01-01T00:00:00.000000Z"
        write(path, {"exchanges": kept})
        return kept, stable

    def finish(self) -> list[str]:
        """Run the chosen cases on replaced answers and write the files; return what differs without a reason."""
        session, stable = self.session()
        wrong = list(self.unmatched)
        nouns: dict[str, list[str]] = {}
        for command in filter(self.wants, sorted(self.cases)):
            nouns.setdefault(noun_of(command), []).append(command)
        for noun, commands in nouns.items():
            cases = []
            for command in commands:
                best = sorted(self.cases[command].values(), key=weight, reverse=True)[:CASES_A_COMMAND]
                best = [one for one in best if one["exchanges"] and not (self.more and recorded(command, one["argv"]))]
                for case in sorted(best, key=lambda one: len(one["argv"])):
                    done = self.rendered(command, case, session, stable.fork())
                    if done is not None:
                        cases.append(done)
            wrong += save(noun, cases)
        return wrong

    def rendered(self, command: str, case: Json, session: list[Json], stable: Stable) -> Json | None:
        """Return a case with its answers replaced and what both clients print for them, None if it cannot be."""
        exchanges = aligned(trimmed(case["exchanges"], list_key(command)), {})
        data = stable.data({"argv": case["argv"], "exchanges": exchanges})
        done: Json = {"line": shlex.join(data["argv"]), "exchanges": data["exchanges"], "reference": {}, "ostk": {}}
        for client, name in ((self.reference, "reference"), (self.ours, "ostk")):
            for format in formats_of(command):
                self.proxy.tape = ReplayTape([*data["exchanges"], *session])
                answer = client.run([*data["argv"], *(["-f", format] if format else [])])
                if answer["status"] and name == "reference":
                    missing = self.proxy.tape.recording.missing
                    print(f"not replayed: {done['line']}: {answer['errors'][-200:]} {missing}", file=sys.stderr)
                    return None
                printed = answer["output"] if not answer["status"] else f"FAILED: {answer['errors']}"
                done[name][format] = lines(printed)
        return done


def save(noun: str, cases: list[Json]) -> list[str]:
    """Write the recording of a noun; return the lines that differ without a reason.

    A case of an earlier run stays unless there is a new one of its command and options.
    """
    path = RECORDED / f"{noun.replace(' ', '_')}.json"
    old = json.loads(path.read_text())["cases"] if path.exists() else []
    reasons = {one["line"]: one["differences"]["reason"] for one in old if "differences" in one}
    wrong = []
    for case in cases:
        ours = case.pop("ostk")
        differing = {format: text for format, text in ours.items() if text != case["reference"][format]}
        if differing:
            reason = reasons.get(case["line"], "")
            case["differences"] = {"reason": reason, "ostk": differing}
            if not reason:
                wrong.append(f"{case['line']}: {sorted(differing)}")
    if cases:
        new = {shape_of(case) for case in cases}
        write(path, {"cases": in_order([*(case for case in old if shape_of(case) not in new), *cases])})
    return wrong


def shape_of(case: Json) -> tuple[Any, ...]:
    """Return the command and the options of a case, and whether it is a filled one."""
    argv = shlex.split(case["line"])
    command = command_of(argv)
    return command, signature(argv, command), case.get("filled", False)


def recorded(command: str, argv: list[str]) -> bool:
    """Return whether there is a recorded case of a command with the options of a command line that shows something."""
    path = RECORDED / f"{noun_of(command).replace(' ', '_')}.json"
    known = json.loads(path.read_text())["cases"] if path.exists() else []
    shown = [one for one in known if one["reference"].get("json") != ["[]", ""]]
    return any(shape_of(one) == (command, signature(argv, command), False) for one in shown)


def in_order(cases: list[Json]) -> list[Json]:
    """Return the cases of a file by command, those with few words and those that are not filled first."""
    return sorted(
        cases, key=lambda one: (shape_of(one)[0], one.get("filled", False), len(shlex.split(one["line"])), one["line"])
    )


def offline(reference: str) -> Client:
    """Return the reference client for recorded answers alone, and give this process the environment for them."""
    from tests.test_recorded import ENVIRONMENT, INPUT

    for name in [name for name in os.environ if name.startswith("OS_")]:
        del os.environ[name]
    os.environ.update(ENVIRONMENT, HOME=tempfile.mkdtemp(), OS_AUTH_URL="http://127.0.0.1:5000")
    client = Client("reference", reference, Proxy(), str(INPUT), os.environ["HOME"])
    os.environ.update(ENVIRONMENT)
    os.chdir(INPUT)
    return client


def answer(paths: Iterable[Path], reference: str) -> int:
    """Run both clients on the answers of recordings that an API reference gives; return how many cases go wrong.

    Such a case has its `line`, its `exchanges` and its `source`: the address of the API reference. So is done with a
    case whose `reference` is empty: another line on recorded answers.
    """
    client = offline(reference)
    session = json.loads((RECORDED / "session.json").read_text())["exchanges"]
    failed = 0
    for path in paths:
        data = json.loads(path.read_text())
        for case in data["cases"]:
            by_hand = not case["reference"] or ("source" in case and not case.get("filled"))
            wrong = answered(case, client, session) if by_hand else []
            failed += bool(wrong)
            print("\n".join(wrong), end="\n" * bool(wrong), flush=True)
        write(path, {"cases": in_order(data["cases"])})
    client.close()
    return failed


def answered(case: Json, client: Client, session: list[Json]) -> list[str]:
    """Put into a case what the reference client prints, and what ostk prints otherwise; return what goes wrong."""
    from tests.test_recorded import printed

    argv = shlex.split(case["line"])
    reason = case.pop("differences", {}).get("reason", "")
    case["reference"], differing = {}, {}
    wrong = []
    for format in formats_of(command_of(argv)):
        tape = client.proxy.tape = ReplayTape([*case["exchanges"], *session])
        theirs = client.run([*argv, *(["-f", format] if format else [])])
        if theirs["status"] and not reason:
            return [f"{case['line']}: {theirs['errors'][-300:]} {tape.recording.missing}"]
        case["reference"][format] = lines(theirs["output"])
        ours = printed(case, format)
        if ours.exit_code:
            return [f"{case['line']}: {ours.stderr[-300:]}"]
        if ours.stdout != theirs["output"]:
            differing[format] = lines(ours.stdout)
            wrong += [f"{case['line']} -f {format}: {ours.stderr[-300:]}"] * (not reason)
    if differing:
        case["differences"] = {"reason": reason, "ostk": differing}
    return wrong


def again(nouns: Iterable[str]) -> int:
    """Run ostk alone on the recordings and update the differences; return how many have no reason."""
    from tests.test_recorded import ENVIRONMENT, INPUT, printed

    os.environ.update(ENVIRONMENT, HOME=tempfile.mkdtemp())
    os.chdir(INPUT)
    missing = 0
    for path in sorted(RECORDED.glob("*.json")):
        data = json.loads(path.read_text())
        if path.name == "session.json" or (nouns and path.stem.replace("_", " ") not in nouns):
            continue
        for case in data["cases"]:
            reason = case.pop("differences", {}).get("reason", "")
            ours = {format: lines(printed(case, format).stdout) for format in case["reference"]}
            differing = {format: text for format, text in ours.items() if text != case["reference"][format]}
            if differing:
                case["differences"] = {"reason": reason, "ostk": differing}
                missing += not reason
                print("" if reason else f"{path.stem}: {case['line']}: {sorted(differing)}", end="" if reason else "\n")
        write(path, data)
    return missing


def write(path: Path, data: Json) -> None:
    """Write a recording file, a line for each line of an output, so that changes can be read."""
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False, sort_keys=False) + "\n")


def main() -> int:
    """Record."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--reference", default=os.environ.get("OSTK_REFERENCE_PYTHON", "python3"))
    parser.add_argument("--seen", nargs="*", default=[], help="files of earlier runs, in the place of the scenarios")
    parser.add_argument("--scenario", nargs="*", default=[], help="these scenarios alone")
    parser.add_argument("--more", action="store_true", help="add what is not recorded; leave what is")
    parser.add_argument("--fill", action="store_true", help="add cases with all fields filled to the recordings")
    parser.add_argument("--answer", action="store_true", help="run both clients on answers that were written by hand")
    parser.add_argument("--again", action="store_true", help="run ostk alone on the recordings, without a cloud")
    parser.add_argument("nouns", nargs="*")
    args = parser.parse_args()
    paths = [p for p in sorted(RECORDED.glob("*.json")) if p.name != "session.json"]
    wanted = [p for p in paths if not args.nouns or p.stem.replace("_", " ") in args.nouns]
    if args.fill:
        from tests.record_fill import Filler

        filler = Filler(args.reference)
        print(sum(filler.fill(path) for path in wanted), "filled cases")
        return 0
    if args.answer:
        return answer(wanted, args.reference) > 0
    if args.again:
        return int(again(args.nouns) > 0)
    recorder = Recorder(args.reference, args.nouns, args.more)
    for name in args.seen:
        recorder.take(json.loads(Path(name).read_text()))
    for path in sorted(SCENARIOS.glob("*.txt")) if not args.seen else ():
        if not args.scenario or path.stem in args.scenario:
            recorder.scenario(path)
    wrong = recorder.finish()
    for one in wrong:
        print(one)
    print(f"{sum(map(len, recorder.cases.values()))} cases; {len(wrong)} differ without a reason")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
