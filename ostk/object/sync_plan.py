"""What a synchronization would do: the steps that make a target equal to its source."""

from collections.abc import Callable, Mapping

from ..errors import OstkError
from ..language import Cloud, Json
from ..record import Record, as_dict
from .comparison import difference, seconds_of
from .local_files import LocalFile
from .swift import path_of


class Step(Record):
    """A step: `action` is upload, download or delete; `reason` is new, size, content, newer or extra.

    Args:
        action: What is done.
        name: Path of the file below the directory, and name of the object after the prefix.
        bytes: Size of what is copied or deleted.
        reason: Why.
    """

    action: str
    name: str
    bytes: int
    reason: str

    @property
    def is_change(self) -> bool:
        """Whether the step replaces what is on both sides."""
        return self.reason not in ("new", "extra")

    @property
    def row(self) -> Json:
        """The step as a row of the result."""
        return as_dict(self)


class Sides(Record):
    """The files and the objects that are compared, by their names below the directory and after the prefix.

    Args:
        files: The files.
        objects: The rows of the objects in the listing.
        container: Name of the container.
        prefix: The prefix of the objects, "" or with a slash at the end.
    """

    files: Mapping[str, LocalFile]
    objects: Mapping[str, Json]
    container: str
    prefix: str

    @property
    def both(self) -> set[str]:
        """The names on both sides."""
        return {*self.files} & {*self.objects}

    def path(self, name: str) -> str:
        """Return the path of an object, as in its URL."""
        return path_of(self.container, self.prefix + name, listed=True)


def upload_steps(cloud: Cloud, sides: Sides, compare: str, delete: bool) -> list[Step]:
    """Return the steps that make the objects equal to the files.

    Args:
        cloud: The cloud.
        sides: The files and the objects.
        compare: What is compared: "checksum", "time" or "size".
        delete: Whether to delete objects without a file.
    """

    def reason(name: str) -> str:
        file, row = sides.files[name], sides.objects[name]
        found = difference(cloud, sides.path(name), file, row, compare == "checksum")
        return found or ("newer" if compare == "time" and file.modified / 1e9 > seconds_of(row) else "")

    sizes = {name: file.size or 0 for name, file in sides.files.items()}
    return steps(cloud, "upload", sizes, {name: row["bytes"] for name, row in sides.objects.items()}, reason, delete)


def download_steps(cloud: Cloud, sides: Sides, compare: str, delete: bool) -> list[Step]:
    """Return the steps that make the files equal to the objects; the arguments are those of `upload_steps`."""

    def reason(name: str) -> str:
        file, row = sides.files[name], sides.objects[name]
        found = difference(cloud, sides.path(name), file, row, compare == "checksum")
        return found or ("newer" if compare == "time" and seconds_of(row) > file.modified / 1e9 else "")

    sizes = {name: row["bytes"] for name, row in sides.objects.items()}
    return steps(cloud, "download", sizes, {n: f.size or 0 for n, f in sides.files.items()}, reason, delete)


def steps(
    cloud: Cloud,
    action: str,
    source: Mapping[str, int],
    target: Mapping[str, int],
    reason: Callable[[str], str],
    delete: bool,
) -> list[Step]:
    """Return steps: the copies in the order of their names, then the deletions.

    Args:
        cloud: The cloud.
        action: upload or download.
        source: The sizes of what is copied, by name.
        target: The sizes of what is there, by name.
        reason: Returns why a name that is on both sides is copied, "" if it is not.
        delete: Whether to delete what the source does not have.

    Raises:
        OstkError: All of the target would be deleted.
    """
    both = [name for name in source if name in target]
    reasons = dict(zip(both, cloud.map_concurrent(reason, both), strict=True))
    copies = [Step(action, name, source[name], reasons.get(name, "new")) for name in sorted(source)]
    extra = sorted(target.keys() - source.keys()) if delete else []
    if extra and not source:
        raise OstkError(
            f"The source is empty: --delete would delete all of the target ({len(extra)}).",
            "Check the arguments, or delete the target itself.",
        )
    return [*filter(lambda step: step.reason, copies), *(Step("delete", name, target[name], "extra") for name in extra)]
