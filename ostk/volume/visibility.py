"""The options --public and --private of volume types and volume group types."""

from ..language import Opt, exclusive


def visibility_options(key: str, noun: str) -> list[Opt]:
    """Return --public and --private, which send True or False as the field `key`.

    Args:
        key: The request field.
        noun: The resource type in the help texts: "volume type".
    """
    return exclusive(
        Opt("--public", f"Make the {noun} public: available to all projects.", key=key, value=True),
        Opt("--private", f"Make the {noun} private: available to selected projects.", key=key, value=False),
    )
