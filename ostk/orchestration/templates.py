"""Templates and environments, with the files that they name, in the form that Heat takes them."""

import base64
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

from ..api.object_store import SWIFT
from ..errors import FileError, OstkError
from ..files import read
from ..language import Cloud, Json

VERSIONS = ("heat_template_version", "HeatTemplateFormatVersion", "AWSTemplateFormatVersion")
SECTIONS = (
    "parameter_defaults parameters resource_registry encrypted_param_names event_sinks parameter_merge_strategies"
).split()
HOOK_KEYS = ("hooks", "restricted_actions")  # keys of the resource registry whose values are no templates
NESTED_SUFFIXES = (".yaml", ".template")


class Sources:
    """Reads templates and environments; `files` has the content of each file that they name, by URL.

    Only what the user, a template or an environment names is read. A document from a URL cannot name files of this
    machine, and a token is sent only to the object store of the cloud.
    """

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self.files: dict[str, str] = {}
        self.open: list[str] = []  # URLs of the templates that are being read, the outer one first

    def template(self, path: str, follow: bool = True) -> Json:
        """Return a template; with `follow`, with URLs for the files that it names, which are read.

        Raises:
            FileError: A file cannot be read, or the template is not valid.
        """
        url = url_of(path)
        template = parse_template(text_of(self.read(url), path), path)
        self.open = [url]
        return self.resolved(template, url) if follow else template

    def resolved(self, value: Any, where: str) -> Any:
        """Return a part of the template `where`, with URLs for the names of files."""
        if isinstance(value, list):
            return [self.resolved(one, where) for one in value]
        if not isinstance(value, dict):
            return value
        return {
            key: self.file(base_of(where), one, where) if names_file(key, one) else self.resolved(one, where)
            for key, one in value.items()
        }

    def file(self, base: str, name: str, where: str) -> str:
        """Read a file that the document `where` names, and return its URL.

        Raises:
            FileError: The file cannot be read, or may not be.
            OstkError: A template contains itself.
        """
        url = urljoin(base, name)
        if url in self.open:
            raise OstkError(f"The template {shown(url)} contains itself (named in {shown(where)}).")
        if url not in self.files:
            if is_remote(where) and not is_remote(url):
                raise FileError(f"{where} names the file {shown(url)} of this machine, which is not sent.")
            self.files[url] = self.nested(self.read(url, where), url)
        return url

    def nested(self, content: bytes, url: str) -> str:
        """Return the content of a file that a document names, as Heat takes it; of a template with URLs for names."""
        try:
            template = parse_template(content.decode(), url)
        except (UnicodeDecodeError, FileError):
            try:
                return content.decode()
            except UnicodeDecodeError:
                return base64.encodebytes(content).decode()
        self.open = [*self.open, url]
        resolved = self.resolved(template, url)
        self.open = self.open[:-1]
        return json.dumps(resolved)

    def environment(self, path: str) -> tuple[str, Json]:
        """Return the URL of an environment and its content, with URLs for the files that it names."""
        url = url_of(path)
        found = parse_environment(text_of(self.read(url), path), path)
        if isinstance(registry := found.get("resource_registry"), dict):
            found = {**found, "resource_registry": self.registry(registry, base_of(url), url)}
        self.files[url] = json.dumps(found)
        return url, found

    def registry(self, entries: Json, base: str, where: str) -> Json:
        """Return a resource registry, or a part, with URLs for the templates of resource types."""
        base = slashed(entries["base_url"]) if isinstance(entries.get("base_url"), str) else base
        found = {}
        for key, value in entries.items():
            if isinstance(value, dict):
                value = self.registry(value, base, where)
            elif isinstance(value, str) and "::" not in value and key not in ("base_url", *HOOK_KEYS):
                value = self.file(base, value, where)
            found[key] = value
        return found

    def read(self, url: str, where: str = "") -> bytes:
        """Return the content of a URL, which the document `where` names; "" for the user.

        Raises:
            FileError: The URL cannot be read.
        """
        try:
            return self.download(url) if is_remote(url) else read(local_path(url))
        except OstkError as error:
            named = f" (named in {shown(where)})" if where else ""
            raise FileError(f"{error.message.rstrip('.')}{named}.", error.hint) from error

    def download(self, url: str) -> bytes:
        """Return the content of an http or https URL; the token is sent to the object store of the cloud alone."""
        headers = {"Accept": "*/*"}
        if self.cloud.has_service(SWIFT) and url.startswith(slashed(self.cloud.endpoint(SWIFT))):
            with self.cloud.force_send():
                return self.cloud.request(SWIFT, "GET", url, headers=headers).content
        return self.cloud.http.request("GET", url, headers=headers, authenticated=False).content


def names_file(key: Any, value: Any) -> bool:
    """Return whether an entry of a template names a file."""
    return isinstance(value, str) and (key == "get_file" or (key == "type" and value.endswith(NESTED_SUFFIXES)))


def is_remote(url: str) -> bool:
    """Return whether a text is an http or https URL."""
    return url.lower().startswith(("http://", "https://"))


def url_of(path: str) -> str:
    """Return the URL of a file or URL that the user names."""
    if is_remote(path) or path.startswith("file://"):
        return path
    return Path(path).expanduser().resolve().as_uri()


def local_path(url: str) -> str:
    """Return the path of a file URL.

    Raises:
        FileError: The URL is none of a file.
    """
    if not url.startswith("file://"):
        raise FileError(f"{url} is neither a file nor an http or https URL.")
    return unquote(url[url.index("/", len("file://")) :])


def shown(url: str) -> str:
    """Return a URL for a message: the path of a file."""
    return local_path(url) if url.startswith("file://") else url


def base_of(url: str) -> str:
    """Return the URL of the directory of a file."""
    return url[: url.rindex("/") + 1]


def slashed(url: str) -> str:
    """Return a URL with a slash at its end."""
    return url if url.endswith("/") else f"{url}/"


def text_of(content: bytes, path: str) -> str:
    """Return content as text.

    Raises:
        FileError: The content is not UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(f"The file {path} is not UTF-8 text.") from error


def load_yaml(text: str, path: str) -> Any:
    """Return the value of a YAML or JSON text as Heat reads it: YAML 1.1, in which dates are text.

    Raises:
        FileError: The text is neither YAML nor JSON, or it has a value that JSON cannot express.
    """
    import yaml

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        pass

    Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: loader.construct_scalar(node))
    try:
        found = json_or_none(text) or yaml.load(text, Loader=Loader)
        json.dumps(found, allow_nan=False)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        problem = " ".join(str(error).split())
        raise FileError(f"{path} is not valid: {problem}.") from error
    return found


def json_or_none(text: str) -> Any:
    """Return the value of a JSON object, None for another text."""
    try:
        return json.loads(text) if text.lstrip().startswith("{") else None
    except ValueError:
        return None


def parse_template(text: str, path: str) -> Json:
    """Return a template.

    Raises:
        FileError: The text is no template.
    """
    found = load_yaml(text, shown(path))
    if not isinstance(found, dict) or not any(version in found for version in VERSIONS):
        raise FileError(f"{shown(path)} is not a template: it has no heat_template_version.")
    return found


def parse_environment(text: str, path: str) -> Json:
    """Return an environment.

    Raises:
        FileError: The text is no environment.
    """
    found = load_yaml(text, shown(path)) or {}
    if not isinstance(found, dict):
        raise FileError(f"{path} is not an environment: it is not a YAML mapping.")
    for section in found:
        if section not in SECTIONS:
            raise FileError(
                f"{path} is not an environment: it has a section {section!r}.", f"Sections: {', '.join(SECTIONS)}."
            )
    return found


def merged(old: Any, new: Mapping[str, Any]) -> Json:
    """Return an object with the values of a newer one, objects in it likewise; null does not replace an object."""
    found = dict(old or {})
    for key, value in new.items():
        if isinstance(value, dict):
            before = found.get(key)
            found[key] = merged(before if isinstance(before, dict) else {}, value)
        elif not (value is None and isinstance(found.get(key), dict)):
            found[key] = value
    return found


def with_hooks(resources: Json, paths: Sequence[str], hook: str) -> Json:
    """Return the resources of a registry, with a hook at each path: `nested_stack/resource`."""
    for path in paths:
        entry: Json = {"hooks": hook}
        for name in reversed([name for name in path.split("/") if name]):
            entry = {name: entry}
        resources = merged(resources, entry)
    return resources
