"""Records: immutable classes like frozen dataclasses."""

from __future__ import annotations

from copy import copy

import pytest

from ostk.record import Record, as_dict, replace


class Point(Record):
    """A place."""

    x: int
    y: int = 0

    @property
    def sum(self) -> int:
        """Both."""
        return self.x + self.y


class Named(Point):
    """A place with a name."""

    name: str = ""


def test_positional_named_and_default_values() -> None:
    point = Named(1, name="a")
    assert (point.x, point.y, point.name, point.sum) == (1, 0, "a", 1)
    assert as_dict(point) == {"x": 1, "y": 0, "name": "a"}
    assert repr(point) == "Named(x=1, y=0, name='a')"


def test_records_of_one_class_with_equal_fields_are_equal() -> None:
    assert Point(1) == Point(1, 0) == copy(Point(x=1))
    assert hash(Point(1)) == hash(Point(1, 0))
    assert Point(1) != Point(2)
    assert Point(1) != Named(1)
    assert {Point(1): "there"}[Point(1, 0)] == "there"


def test_replace_returns_a_changed_copy() -> None:
    point = Named(1, 2, "a")
    assert replace(point, y=3) == Named(1, 3, "a")
    assert point.y == 2


def test_invalid_arguments_are_rejected() -> None:
    with pytest.raises(TypeError, match="made of x, y, not of"):
        Point()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Point(1, z=2)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Point(1, 2, 3)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Point(1, x=2)  # type: ignore[misc]
    with pytest.raises(TypeError):
        replace(Point(1), z=2)


def test_records_are_immutable() -> None:
    point = Point(1)
    with pytest.raises(AttributeError, match="is immutable"):
        point.x = 2  # type: ignore[misc]
    assert point.x == 1
