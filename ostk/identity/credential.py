"""Credentials: secrets that Keystone keeps for users, such as certificates and keys."""

from __future__ import annotations

from ..api.identity import CREDENTIAL, PROJECT, USER
from ..language import Arg, Noun, Opt
from ..owner import OF_USER

credential = Noun(
    CREDENTIAL,
    "Manage secrets that are kept for users.",
    columns=["id type user_id blob=Data project_id"],
    fields=["blob id project_id type user_id"],
)
PROJECT_OF_IT = Opt("--project", "Project that it is for.", ref=PROJECT)
credential.list(OF_USER, Opt("--type", "Only those of this type: cert, ec2, totp …"))
credential.show()
credential.create(
    Arg("user", ref=USER),
    Arg("data", key="blob"),
    Opt("--type", "Its type: cert unless given.", default="cert"),
    PROJECT_OF_IT,
)
credential.set(
    Opt("--user", "User whom it belongs to.", ref=USER, required=True),
    Opt("--type", "Its type: cert, ec2, totp …", required=True),
    Opt("--data", "The secret.", key="blob", required=True),
    PROJECT_OF_IT,
)
credential.delete()
