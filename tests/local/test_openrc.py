"""`openrc check`: the variables that a file sets, and warnings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ..config.openrc_files import HORIZON
from ..conftest import Run

PLAIN = """export OS_AUTH_URL=https://cloud:5000/v3
export OS_USERNAME=ann OS_USER_DOMAIN_NAME=Default
export OS_PROJECT_NAME=demo OS_PROJECT_DOMAIN_NAME=Default
"""


def write(text: str) -> None:
    Path("rc").write_text(text)
    Path("rc").chmod(0o600)


def advice(ostk: Run, text: str) -> list[str]:
    write(text)
    result = ostk("openrc check rc")
    assert result.exit_code == 0, result.output
    return [line.removeprefix("rc").removeprefix(": ").strip() for line in result.stderr.splitlines()]


def test_check_lists_variables_without_secrets(ostk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OS_TENANT_NAME", "old")
    write(
        "unset OS_TENANT_NAME OS_TENANT_ID\n"
        + PLAIN
        + "read -sr OS_PASSWORD_INPUT\nexport OS_PASSWORD=$OS_PASSWORD_INPUT\n"
        + "export OS_TOKEN=hunter2 OS_MY_SECRET=hunter3 EDITOR=vi\n"
        + "export https_proxy=http://ann:hunter4@proxy:3128\n"
    )
    result = ostk("openrc check rc")
    assert (
        result.stdout
        == """\
+------+------------------------+------------------------------+
| Line | Variable               | Value                        |
+------+------------------------+------------------------------+
|    1 | OS_TENANT_NAME         | <unset>                      |
|    2 | OS_AUTH_URL            | https://cloud:5000/v3        |
|    3 | OS_USERNAME            | ann                          |
|    3 | OS_USER_DOMAIN_NAME    | Default                      |
|    4 | OS_PROJECT_NAME        | demo                         |
|    4 | OS_PROJECT_DOMAIN_NAME | Default                      |
|    6 | OS_PASSWORD            | <asked for>                  |
|    7 | OS_TOKEN               | <redacted>                   |
|    7 | OS_MY_SECRET           | <redacted>                   |
|    8 | https_proxy            | http://<redacted>@proxy:3128 |
+------+------------------------+------------------------------+
"""
    )
    assert "hunter" not in result.output
    assert result.exit_code == 0


def test_json(ostk: Run) -> None:
    write("OS_USERNAME=ann\n")
    result = ostk("openrc check rc -f json")
    assert json.loads(result.stdout) == [{"Line": 1, "Variable": "OS_USERNAME", "Value": "ann"}]


def test_no_warning_for_a_good_file(ostk: Run) -> None:
    assert advice(ostk, PLAIN + "export OS_PASSWORD=x\n") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("export OS_AUTH_URL=http://localhost/v2.0\n", "line 1: OS_AUTH_URL is for Identity API v2.0"),
        (PLAIN + "OS_IDENTITY_API_VERSION=2\n", "line 4: OpenStack has removed Identity API v2.0"),
        ("OS_USER_ID=x\n", "Nothing sets OS_AUTH_URL"),
        ("OS_AUTH_URL=cloud:5000\n", "line 1: OS_AUTH_URL is not a URL"),
        ("OS_PASSWORD=x\nOS_AUTH_URL=http://cloud\n", "line 2: OS_AUTH_URL is http, not https"),
        (PLAIN + "OS_TENANT_NAME=x\n", "line 4: OS_PROJECT_NAME and OS_TENANT_NAME differ: OS_PROJECT_NAME is used"),
        ("OS_AUTH_URL=https://c\nOS_USERNAME=a\n", "line 2: OS_USERNAME without OS_USER_DOMAIN_NAME"),
        ("OS_AUTH_URL=https://c\nOS_PROJECT_NAME=a\n", "line 2: OS_PROJECT_NAME without OS_PROJECT_DOMAIN_NAME"),
        (
            PLAIN + "OS_USER_DOMAIN_ID=Default\n",
            "line 4: Default is the name of a domain: write OS_USER_DOMAIN_NAME=Default",
        ),
        (PLAIN + "OS_INTERFACE=internal\n", "line 4: OS_INTERFACE is internal: most clouds"),
        (PLAIN + "OS_ENDPOINT_TYPE=internalURL\n", "line 4: OS_ENDPOINT_TYPE is internal: most clouds"),
        (
            PLAIN + "OS_ENDPOINT_TYPE=publicURL\nOS_INTERFACE=internal\n",
            "line 4: OS_INTERFACE and OS_ENDPOINT_TYPE differ; OS_INTERFACE is used",
        ),
        (PLAIN + "OS_CACERT=/nowhere/ca.pem\n", "line 4: The file of OS_CACERT does not exist: /nowhere/ca.pem"),
        (PLAIN + "OS_CACERT=rc\n", "line 4: OS_CACERT is a relative path"),
        (PLAIN + "OS_INSECURE=1\n", "line 4: TLS certificates are not verified"),
        (PLAIN + "OS_VERIFY=false\n", "line 4: TLS certificates are not verified"),
        (PLAIN + "OS_PASSWORD=x OS_APPLICATION_CREDENTIAL_SECRET=y\n", "line 4: A password and an application"),
        (PLAIN + "OS_APPLICATION_CREDENTIAL_SECRET=y\n", "line 3: An application credential has a project already"),
        (PLAIN + "OS_CLOUD=lab\n", "line 4: OS_CLOUD names a cloud of clouds.yaml"),
        (PLAIN + 'OS_PASSWORD="a$word"\n', "line 4: OS_PASSWORD uses a variable that is not set"),
        (PLAIN + "export OS_PASSWORD=a word\n", "line 4: A word without a value is exported"),
    ],
)
def test_warnings(text: str, message: str, ostk: Run) -> None:
    lines = advice(ostk, text)
    assert [line for line in lines if line.startswith(message)], lines


CHAMELEON = """export OS_AUTH_URL=https://cloud:5000/v3
export OS_AUTH_TYPE="v3oidcpassword"
export OS_PROTOCOL="openid"
export OS_IDENTITY_PROVIDER="chameleon"
export OS_DISCOVERY_ENDPOINT="https://idp/.well-known/openid-configuration"
export OS_CLIENT_ID="keystone" OS_CLIENT_SECRET="none"
export OS_ACCESS_TOKEN_TYPE="access_token"
export OS_PROJECT_ID="0a1b"
export OS_USERNAME="ann@example.org"
read -sr OS_PASSWORD_INPUT
export OS_PASSWORD=$OS_PASSWORD_INPUT
"""
OVH = """export OS_AUTH_URL=https://auth.cloud.example/v3
export OS_IDENTITY_API_VERSION=3
export OS_USER_DOMAIN_NAME=${OS_USER_DOMAIN_NAME:-"Default"}
export OS_PROJECT_DOMAIN_NAME=${OS_PROJECT_DOMAIN_NAME:-"Default"}
export OS_TENANT_ID=0a1b
export OS_TENANT_NAME="4711"
export OS_USERNAME="user-x"
echo "Please enter your OpenStack Password: "
read -sr OS_PASSWORD_INPUT
export OS_PASSWORD=$OS_PASSWORD_INPUT
export OS_REGION_NAME="GRA"
if [ -z "$OS_REGION_NAME" ]; then unset OS_REGION_NAME; fi
"""
KOLLA = """for key in $( set | awk '{FS="="}  /^OS_/ {print $1}' ); do unset $key ; done
export OS_PROJECT_DOMAIN_NAME=Default
export OS_USER_DOMAIN_NAME=Default
export OS_PROJECT_NAME=admin
export OS_TENANT_NAME=admin
export OS_USERNAME=admin
export OS_AUTH_URL=https://cloud:5000//v3
export OS_INTERFACE=public
export OS_ENDPOINT_TYPE=publicURL
export OS_IDENTITY_API_VERSION=3
export OS_AUTH_PLUGIN=password
export OS_CLOUDNAME=overcloud
export PYTHONWARNINGS="ignore:Certificate has no, ignore:A true SSLContext object is not available"
export no_proxy=$no_proxy,10.0.0.1
export http_proxy https_proxy
"""
INFOMANIAK = """OS_AUTH_URL=https://api.example/identity/v3
OS_PROJECT_NAME=PCP-XXXX
OS_PROJECT_DOMAIN_NAME=default
OS_USERNAME=PCU-XXXX
OS_USER_DOMAIN_NAME=default
OS_REGION_NAME=dc3-a
OS_IDENTITY_API_VERSION=3
"""
APPLICATION_CREDENTIAL = """export OS_AUTH_TYPE=v3applicationcredential
export OS_AUTH_URL=https://cloud:5000/v3
export OS_IDENTITY_API_VERSION=3
export OS_REGION_NAME="RegionOne"
export OS_INTERFACE=public
export OS_APPLICATION_CREDENTIAL_ID=0a1b
export OS_APPLICATION_CREDENTIAL_SECRET=s3
"""


@pytest.mark.parametrize(
    "text",
    [
        HORIZON.replace(" as user", " of $OS_REGION_NAME as user"),
        CHAMELEON,
        OVH,
        KOLLA,
        INFOMANIAK,
        APPLICATION_CREDENTIAL,
        "OS_AUTH_TYPE=none OS_ENDPOINT=http://c\n",
    ],
    ids=["horizon", "chameleon", "ovh", "kolla", "infomaniak", "application-credential", "no-keystone"],
)
def test_no_warning_for_files_of_dashboards_and_tools(text: str, ostk: Run) -> None:
    assert advice(ostk, text) == []


def test_unset_variables_in_values_are_warned_of(ostk: Run) -> None:
    message = "OS_REGION_NAME uses a variable that is not set; in single quotes $ is a $ character."
    assert advice(ostk, PLAIN + 'export OS_REGION_NAME="$REGION"\n') == [f"line 4: {message}"]
    assert advice(ostk, PLAIN + 'export OS_REGION_NAME=$OS_REGION_NAME PS1="$HOST $ "\n') == []


@pytest.mark.parametrize(
    ("variable", "message"),
    [
        ("OS_PROJECT_ID", "line 3: OS_PROJECT_ID is inherited and may be of another project"),
        ("OS_CLOUD", "OS_CLOUD is inherited, and these variables override settings of that cloud"),
        ("OS_TRUST_ID", "Inherited variables are used too: OS_TRUST_ID."),
    ],
)
def test_inherited_variables_are_warned_of(
    variable: str, message: str, ostk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "old")
    assert [line for line in advice(ostk, PLAIN) if line.startswith(message)]
    assert advice(ostk, "unset ${!OS_@}\n" + PLAIN) == []


def test_file_permissions_are_warned_of(ostk: Run) -> None:
    write(PLAIN + "export OS_PASSWORD=hunter2\n")
    Path("rc").chmod(0o644)
    result = ostk("openrc check rc")
    assert result.stderr.startswith("rc line 4: Other users can read OS_PASSWORD in this file")
    assert "hunter2" not in result.output


def test_unreadable_values_are_listed_and_fail(ostk: Run) -> None:
    write("OS_AUTH_URL=https://c/v3\nOS_REGION_NAME=$(region)\nOS_USERNAME=`id -un`\n")
    result = ostk("openrc check rc -f value -c Variable -c Value")
    assert result.exit_code == 1
    assert result.stdout == (
        "OS_AUTH_URL https://c/v3\nOS_REGION_NAME <cannot be read>\nOS_USERNAME <cannot be read>\n"
    )
    assert "rc line 2: OS_REGION_NAME cannot be read: its value is what a program prints." in result.stderr
    assert "rc line 3: OS_USERNAME cannot be read: its value is what a program prints." in result.stderr


def test_a_missing_file_fails(ostk: Run) -> None:
    result = ostk("openrc check nowhere")
    assert (result.exit_code, result.output) == (
        1,
        "The openrc file nowhere cannot be read: No such file or directory.\n",
    )
