"""Credentials that Keystone stores for users, such as certificates, EC2 keys and TOTP seeds."""

from ..api.identity import CREDENTIAL, PROJECT, USER
from ..language import Arg, Noun, Opt
from ..owner import USER_FILTER

credential = Noun(
    CREDENTIAL,
    "Manage stored credentials of users.",
    columns=["id type user_id blob=Data project_id"],
    fields=["blob id project_id type user_id"],
)
PROJECT_OPTION = Opt("--project", "Project of the credential.", ref=PROJECT)
credential.list(USER_FILTER, Opt("--type", "Filter by credential type, e.g. cert, ec2 or totp."))
credential.show()
credential.create(
    Arg("user", "User who owns the credential.", ref=USER),
    Arg("data", "Data of the credential (API field blob).", key="blob"),
    Opt("--type", "Credential type, e.g. cert, ec2 or totp.", default="cert"),
    PROJECT_OPTION,
)
credential.set(
    Opt("--user", "User who owns the credential.", ref=USER, required=True),
    Opt("--type", "Credential type, e.g. cert, ec2 or totp.", required=True),
    Opt("--data", "Data of the credential (API field blob).", key="blob", required=True),
    PROJECT_OPTION,
)
credential.delete()
