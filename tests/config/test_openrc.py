"""openrc files of dashboards and deployment tools: the variables that each sets."""

from __future__ import annotations

from pathlib import Path

import pytest

from ostk import console
from ostk.auth import methods
from ostk.config.config import load
from ostk.config.openrc.reader import SourcedEnvironment, environment, parse
from ostk.errors import ConfigError

from .openrc_files import HORIZON

DROP = """for key in $( set | awk '{FS="="}  /^OS_/ {print $1}' ); do unset $key ; done\n"""


class Terminal:
    """A terminal with scripted answers by prompt; `unseen` are the prompts without echo."""

    def __init__(self) -> None:
        self.answers = ["an answer"] * 9
        self.prompts: list[str] = []
        self.unseen: list[str] = []

    def ask(self, prompt: str) -> str:
        self.unseen.append(prompt)
        return self.typed(prompt)

    def typed(self, prompt: str) -> str:
        self.prompts.append(prompt)
        return self.answers.pop(0)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    one = Terminal()
    monkeypatch.setattr(console, "can_prompt", lambda: True)
    monkeypatch.setattr(console, "prompt_secret", one.ask)
    monkeypatch.setattr("ostk.config.prompts.read_line", one.typed)
    return one


def result(text: str, name: str = "rc", **inherited: str) -> SourcedEnvironment:
    """Return the environment after a file is sourced."""
    Path(name).write_bytes(text.encode("utf-8", "surrogateescape"))
    return environment({"openrc": name}, (), {"HOME": "/home/ann", **inherited})


def refusal(text: str, name: str = "rc", **inherited: str) -> str:
    with pytest.raises(ConfigError) as caught:
        result(text, name, **inherited)
    return f"{caught.value.message} {caught.value.hint}"


def own(variables: SourcedEnvironment) -> dict[str, str]:
    """Return the OS_* variables."""
    return {name: value for name, value in variables.items() if name.startswith("OS_")}


# ---- 1: Horizon, v3 ----


def test_horizon_password_is_asked_for_by_the_auth_method(terminal: Terminal) -> None:
    found = result(HORIZON, OS_TENANT_ID="old", OS_TENANT_NAME="old", OS_REGION_NAME="old", OS_PASSWORD="old")
    assert own(found) == {
        "OS_AUTH_URL": "https://cloud.example.com:5000/v3",
        "OS_PROJECT_ID": "0a1b2c",
        "OS_PROJECT_NAME": "wonder land",
        "OS_USER_DOMAIN_NAME": "Default",
        "OS_PROJECT_DOMAIN_ID": "default",
        "OS_USERNAME": "ann",
        "OS_INTERFACE": "public",
        "OS_IDENTITY_API_VERSION": "3",
    }
    assert found.postponed == {"OS_PASSWORD": "rc line 18"}
    assert found.sources["OS_USERNAME"] == "rc line 14"
    assert terminal.prompts == []


def test_horizon_password_is_asked_for_at_once_beside_a_token(terminal: Terminal) -> None:
    terminal.answers = ["s3cret word"]
    assert result(HORIZON, OS_TOKEN="old")["OS_PASSWORD"] == "s3cret word"
    assert terminal.unseen == ["Please enter your OpenStack Password for project wonder land as user ann: "]


def test_horizon_without_a_terminal() -> None:
    Path("rc").write_text(HORIZON)
    settings = load({"openrc": "rc"}, {})
    with pytest.raises(ConfigError) as caught:
        settings.require("password")
    assert caught.value.message == "rc line 18 asks for OS_PASSWORD, and there is no terminal to ask on."
    assert "--os-password" in caught.value.hint


def test_project_id_wins_over_project_name(terminal: Terminal) -> None:
    Path("rc").write_text(HORIZON)
    settings = load({"openrc": "rc"}, {})
    assert (settings.text("project_id"), settings.source("project_id")) == ("0a1b2c", "rc line 5")


# ---- 2: Horizon, v2 ----

HORIZON_2 = """#!/bin/bash
export OS_AUTH_URL=http://cloud:5000/v2.0
export OS_TENANT_ID=0a1b
export OS_TENANT_NAME="demo"
unset OS_PROJECT_ID
unset OS_PROJECT_NAME
unset OS_USER_DOMAIN_NAME
export OS_USERNAME="ann"
echo "Please enter your OpenStack Password: "
read -sr OS_PASSWORD_INPUT
export OS_PASSWORD=$OS_PASSWORD_INPUT
export OS_REGION_NAME="RegionOne"
export OS_ENDPOINT_TYPE=publicURL
"""


def test_horizon_v2() -> None:
    Path("rc").write_text(HORIZON_2)
    inherited = {"OS_PROJECT_ID": "other", "OS_PROJECT_NAME": "other", "OS_USER_DOMAIN_NAME": "other"}
    settings = load({"openrc": "rc"}, inherited)
    assert (settings.text("project_id"), settings.text("project_name")) == ("0a1b", "demo")
    assert settings.text("interface") == "public"
    assert settings.text("user_domain_name") == ""


# ---- 3: an application credential ----


def test_application_credential_needs_no_prompt() -> None:
    Path("rc").write_text(
        "#!/usr/bin/env bash\n\n"
        "export OS_AUTH_TYPE=v3applicationcredential\n"
        "export OS_AUTH_URL=https://cloud:5000/v3\n"
        "export OS_IDENTITY_API_VERSION=3\n"
        'export OS_REGION_NAME="RegionOne"\n'
        "export OS_INTERFACE=public\n"
        "export OS_APPLICATION_CREDENTIAL_ID=0a1b\n"
        "export OS_APPLICATION_CREDENTIAL_SECRET=s3cret\n"
    )
    settings = load({"openrc": "rc"}, {"OS_PROJECT_NAME": "left over"})
    method = methods.method_for(settings)
    assert method.kind == "v3applicationcredential"
    assert settings.text("application_credential_secret") == "s3cret"


# ---- 4: packstack ----


def test_packstack_with_ps1() -> None:
    found = result(
        "unset OS_SERVICE_TOKEN\n"
        "    export OS_USERNAME=admin\n"
        "    export OS_PASSWORD='a&b;c #d'\n"
        "    export OS_REGION_NAME=RegionOne\n"
        "    export OS_AUTH_URL=http://10.0.0.1:5000/v3\n"
        "    export PS1='[\\u@\\h \\W(keystone_admin)]\\$ '\n"
        "    \n"
        "export OS_PROJECT_NAME=admin\n",
        OS_SERVICE_TOKEN="old",
    )
    assert own(found) == {
        "OS_USERNAME": "admin",
        "OS_PASSWORD": "a&b;c #d",
        "OS_REGION_NAME": "RegionOne",
        "OS_AUTH_URL": "http://10.0.0.1:5000/v3",
        "OS_PROJECT_NAME": "admin",
    }
    assert "PS1" not in found


# ---- 5: kolla-ansible and TripleO ----


@pytest.mark.parametrize(
    "line",
    [
        DROP,
        "for key in $( set | awk '{FS=\"=\"}  /^OS_/ {print $1}' ); do unset $key ; done ; \n",
        "unset ${!OS_@}\n",
        'unset "${!OS_*}"\n',
        "unset $(compgen -v OS_)\n",
        "unset `env | grep ^OS_ | cut -d= -f1`\n",
        'for v in $(env | sed -n "s/^\\(OS_[A-Z_]*\\)=.*/\\1/p")\ndo\n  unset "$v"\ndone\n',
        "for v in ${!OS_*}; do unset $v; done\n",
    ],
)
def test_loops_and_commands_that_unset_inherited_variables(line: str) -> None:
    found = result(
        line
        + "export OS_PROJECT_NAME=admin\nexport OS_TENANT_NAME=admin\nexport OS_AUTH_PLUGIN=password\n"
        + "export OS_ENDPOINT_TYPE=internalURL\nexport OS_INTERFACE=internal\n"
        + "export OS_AUTH_URL=http://10.0.0.1:5000//v3\n",
        OS_PROJECT_ID="other",
        OS_CLOUD="other",
        KEPT="kept",
    )
    assert own(found) == {
        "OS_PROJECT_NAME": "admin",
        "OS_TENANT_NAME": "admin",
        "OS_AUTH_PLUGIN": "password",
        "OS_ENDPOINT_TYPE": "internalURL",
        "OS_INTERFACE": "internal",
        "OS_AUTH_URL": "http://10.0.0.1:5000//v3",
    }
    assert found["KEPT"] == "kept"


def test_other_variables_than_proxies_are_ignored() -> None:
    found = result(
        'export PYTHONWARNINGS="ignore:Certificate has no, ignore:A true SSLContext"\n'
        "export no_proxy=,10.0.0.1\nexport OS_CLOUDNAME=overcloud\n"
    )
    assert "PYTHONWARNINGS" not in found
    assert found["no_proxy"] == ",10.0.0.1"
    assert found["OS_CLOUDNAME"] == "overcloud"


# ---- 6: TripleO's undercloud ----


def test_export_after_assignment() -> None:
    found = result(
        "NOVA_VERSION=1.1\nexport NOVA_VERSION\nOS_USERNAME=admin\nIRONIC=1.34\n"
        "OS_BAREMETAL_API_VERSION=$IRONIC\nexport OS_BAREMETAL_API_VERSION OS_USERNAME\n"
    )
    assert own(found) == {"OS_USERNAME": "admin", "OS_BAREMETAL_API_VERSION": "1.34"}


def test_command_substitution_is_refused_by_variable() -> None:
    message = refusal("OS_USERNAME=admin\nexport OS_AUTH_URL=$(sudo hiera keystone_url)\n")
    assert message.startswith("rc line 2: OS_AUTH_URL cannot be read: its value is what a program prints.")
    assert "--os-auth-url" in message
    assert "hiera" not in message


def test_password_from_a_command_is_asked_for(terminal: Terminal) -> None:
    found = result("OS_USERNAME=admin\nOS_PASSWORD=$(sudo hiera admin_password)\nexport OS_PASSWORD\n")
    assert found.postponed == {"OS_PASSWORD": "rc line 2"}
    assert "OS_PASSWORD" not in found


# ---- 7: DevStack ----


def test_devstack_is_refused_with_a_hint() -> None:
    message = refusal(
        "#!/usr/bin/env bash\n#\n# source openrc [username] [projectname]\n"
        'if [[ -n "$1" ]]; then\n    OS_USERNAME=$1\nfi\n'
        'RC_DIR=$(cd $(dirname "${BASH_SOURCE:-$0}") && pwd)\n'
        "source $RC_DIR/functions\nsource $RC_DIR/stackrc\n"
        "export OS_USERNAME=${OS_USERNAME:-demo}\n"
    )
    assert message.startswith("rc line 4 cannot be read without running it: only a shell can test its condition.")
    assert "/etc/openstack/clouds.yaml" in message


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        (". ./other\n", 1, "it sources another file"),
        ("A=1\nfunction f {\n  :\n}\n", 2, "it is a function"),
        ("f() { :; }\n", 1, "it is a function"),
        ("export OS_USERNAME=$1\n", 1, "OS_USERNAME cannot be read: its value is an argument of the script"),
        ("export OS_USERNAME=${1:-demo}\n", 1, "its value is an argument of the script"),
        ("while read x; do unset $x; done\n", 1, "it is a loop"),
        ("case $X in a) OS_A=1;; esac\n", 1, "it is a case statement"),
        ("eval $(ssh-agent)\n", 1, "it runs text as a program"),
        ("(OS_A=1)\n", 1, "it is a subshell"),
        ("export OS_A=(a b)\n", 1, "it is an array"),
        ("export $(cat .env)\n", 1, "it exports something that is not the name of a variable"),
        ("if true; then OS_A=1\n", 1, "its `fi` is missing"),
        ("OS_A='x\nOS_B=y\n", 1, "its quote is not closed"),
        ("echo $(date\n", 1, "its bracket is not closed"),
        (": ${OS_PASSWORD:?not set}\n", 1, "it has a ${…} that ostk does not read"),
    ],
)
def test_unsupported_shell_is_refused_with_its_line(text: str, line: int, why: str) -> None:
    message = refusal(text)
    assert message.startswith(f"rc line {line}")
    assert why in message


# ---- 8: OVH ----


def test_ovh_defaults_in_braces() -> None:
    text = (
        "export OS_AUTH_URL=https://auth.example.net/v3\n"
        'export OS_USER_DOMAIN_NAME=${OS_USER_DOMAIN_NAME:-"Default"}\n'
        'export OS_PROJECT_DOMAIN_NAME="${OS_PROJECT_DOMAIN_NAME:-"De fault"}"\n'
        'export OS_TENANT_ID=00112233\nexport OS_TENANT_NAME="0123456789012345"\n'
        '#export OS_REGION_NAME="GRA1"\n'
        'echo "Please enter your OpenStack Password: "\nexport OS_PASSWORD="0123"\n'
        'if [ -z "$OS_REGION_NAME" ]; then unset OS_REGION_NAME; fi\n'
    )
    found = result(text, OS_USER_DOMAIN_NAME="own")
    assert own(found) == {
        "OS_AUTH_URL": "https://auth.example.net/v3",
        "OS_USER_DOMAIN_NAME": "own",
        "OS_PROJECT_DOMAIN_NAME": "De fault",
        "OS_TENANT_ID": "00112233",
        "OS_TENANT_NAME": "0123456789012345",
        "OS_PASSWORD": "0123",
    }


# ---- 9: Juju ----

JUJU = """_OS_PARAMS=$(env | awk 'BEGIN {FS="="} /^OS_/ {print $1;}' | paste -sd ' ')
for param in $_OS_PARAMS; do
    if [ "$param" = "OS_AUTH_PROTOCOL" ]; then continue; fi
    if [ "$param" = "OS_CACERT" ]; then continue; fi
    unset $param
done
unset _OS_PARAMS
_keystone_ip=$(juju run $_keystone_unit -- 'network-get --bind-address public')
export OS_AUTH_URL=${OS_AUTH_PROTOCOL:-http}://${_keystone_ip}:5000/v3
export OS_USERNAME=admin
"""


def test_juju_is_refused_with_the_lines_of_variable_and_command() -> None:
    message = refusal(JUJU)
    expected = "rc line 9: OS_AUTH_URL cannot be read: its value is what a program prints (line 8)."
    assert message.startswith(expected)


def test_juju_with_the_setting_on_the_command_line() -> None:
    Path("rc").write_text(JUJU)
    inherited = {"OS_CACERT": "/kept.pem", "OS_TRUST_ID": "dropped"}
    settings = load({"openrc": "rc", "os_auth_url": "https://given/v3"}, inherited)
    assert settings.text("auth_url") == "https://given/v3"
    assert settings.text("username") == "admin"
    assert settings.text("cacert") == "/kept.pem"
    assert settings.text("trust_id") == ""


# ---- 10: secret managers ----


@pytest.mark.parametrize(
    "value",
    [
        "$(cat ~/.ospw)",
        "$(<~/.ospw)",
        '"$(pass show cloud/ann)"',
        "$(op item get cloud --fields password)",
        "`id -un`",
        '"sb_project_$(secret-tool lookup a b)"',
        "$(kubectl get secret s -o jsonpath='{.data.p}' | base64 -d)",
    ],
)
def test_a_secret_manager_is_not_run(value: str, terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / ".ospw").write_text("never read")
    found = result(f"export OS_USERNAME=ann\nexport OS_PASSWORD={value}\n", HOME=str(tmp_path))
    assert found.postponed == {"OS_PASSWORD": "rc line 2"}
    assert terminal.prompts == []
    terminal.answers = ["typed"]
    found = result(f"export OS_APPLICATION_CREDENTIAL_SECRET={value}\n", HOME=str(tmp_path))
    assert found["OS_APPLICATION_CREDENTIAL_SECRET"] == "typed"
    assert terminal.unseen == ["OS_APPLICATION_CREDENTIAL_SECRET (rc line 1 needs a program): "]
    assert "cannot be read" in refusal(f"export OS_USERNAME={value}\n", HOME=str(tmp_path))


# ---- 11: read ----


def test_read_asks_the_user(terminal: Terminal) -> None:
    terminal.answers = ["ann", "s3cret"]
    found = result(
        'echo -n "User name: "; read -r OS_USERNAME\n'
        'echo -n "Password: "; read -r -s OS_PASSWORD; echo\n'
        "export OS_USERNAME OS_PASSWORD\n"
        "read -p 'More: ' never_used\n",
        OS_TOKEN="old",
    )
    assert (found["OS_USERNAME"], found["OS_PASSWORD"]) == ("ann", "s3cret")
    assert terminal.prompts == ["User name: ", "Password: "]
    assert terminal.unseen == ["Password: "]


def test_read_options_in_any_order(terminal: Terminal) -> None:
    terminal.answers = ["ann", "s3cret"]
    found = result(
        "read -p 'Username: ' uservar\nread -sp 'Pass phrase: ' passvar\n"
        "export OS_USERNAME=$uservar OS_PASSWORD=${passvar}\nunset passvar\n",
        OS_CLOUD="",
        OS_TOKEN="old",
    )
    assert (found["OS_USERNAME"], found["OS_PASSWORD"]) == ("ann", "s3cret")
    assert terminal.prompts == ["Username: ", "Pass phrase: "]


def test_stty_turns_echo_off(terminal: Terminal) -> None:
    result("stty -echo\nread word\nstty echo\nexport OS_ENDPOINT=$word\n")
    assert terminal.unseen == ["word: "]


def test_an_empty_answer_is_an_error(terminal: Terminal) -> None:
    terminal.answers = [""]
    assert "asks for OS_USERNAME, and the answer was empty" in refusal("read OS_USERNAME\n")


def test_read_without_a_terminal() -> None:
    message = refusal("read -p 'Username: ' OS_USERNAME\n")
    assert message.startswith("rc line 1 asks for OS_USERNAME, and there is no terminal to ask on.")
    assert "--os-username" in message


def test_a_file_that_calls_the_cloud_is_refused() -> None:
    message = refusal("read -s OS_PASSWORD\nOS_TOKEN=x\nopenstack token issue -f value\nunset OS_PASSWORD\n")
    assert message.startswith("rc line 3 cannot be read without running it: it runs a program (`openstack`).")


# ---- 12: KEY=VALUE ----


def test_assignments_without_export() -> None:
    found = result("OS_USERNAME=PCU-XXXX\nOS_USER_DOMAIN_NAME=default\nOS_REGION_NAME=dc3-a\n")
    assert own(found) == {"OS_USERNAME": "PCU-XXXX", "OS_USER_DOMAIN_NAME": "default", "OS_REGION_NAME": "dc3-a"}


# ---- 13: other shells ----


@pytest.mark.parametrize(
    ("text", "name", "shell", "line", "command"),
    [
        ("# mine\nsetenv OS_A x\n", "rc", "csh", 2, "source rc"),
        ("#!/bin/tcsh\nset a = b\n", "rc", "csh", 1, "source rc"),
        ("", "rc.csh", "csh", 1, "source rc.csh"),
        ("\nset -gx OS_A x\n", "rc", "fish", 2, "source rc"),
        ("export OS_A=x\n", "rc.fish", "fish", 1, "source rc.fish"),
        ("\ufeff\r\n\r\n$Env:os_a = 'x'\r\n", "rc", "PowerShell", 3, ". rc"),
        ("$Password = Read-Host\n", "./rc.ps1", "PowerShell", 1, ". ./rc.ps1"),
        ("@echo off\r\nset OS_A=x\r\n", "rc", "cmd", 2, "call rc"),
        ("", "rc.bat", "cmd", 1, "call rc.bat"),
    ],
)
def test_other_shells_are_refused_by_name_with_the_line_to_type(
    text: str, name: str, shell: str, line: int, command: str
) -> None:
    assert refusal(text, name) == (
        f"{name} line {line} is written for {shell}; ostk reads openrc files for sh and bash. "
        f"Type `{command}` in {shell}, then run ostk without --openrc."
    )


# ---- 14: odd tails ----


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("export OS_A=b # note", "b"),
        ("export OS_A=b; ", "b"),
        ("export OS_A=b\r", "b"),
        ("\ufeffexport OS_A=b", "b"),
        ("export OS_Z=1 OS_A=b OS_Y=2", "b"),
        ("export OS_A='p@$$w#rd!'", "p@$$w#rd!"),
        (r'export OS_A="a\"b\$c\d"', r'a"b$c\d'),
        (r"export OS_A='it'\''s'", "it's"),
        (r"export OS_A=$'it\'s\ta'", "it's\ta"),
        ("export OS_A=b#c", "b#c"),
        (r"export OS_A=b\ c\#d", "b c#d"),
        ("set -a\nOS_A=b\nset +a", "b"),
        ("set -o allexport; OS_A=b; set +o allexport", "b"),
        ("declare -x OS_A=b", "b"),
        ("typeset -rx OS_A=b", "b"),
        ('export "OS_A=b c"', "b c"),
        ("OS_A=b; OS_A+=c", "bc"),
        ("export OS_A=b\\\nc", "bc"),
        ("OS_A=$(\necho x\n)\nOS_A=b", "b"),
        ("if [ x = y ]; then OS_A=a; elif test -n x; then OS_A=b; else OS_A=c; fi", "b"),
        ("OS_A=~/ca.pem", "/home/ann/ca.pem"),
        ("OS_A=b > /dev/null", "b"),
        ("echo it is 'so' >&2 2>/dev/null\nOS_A=b", "b"),
        ('if [[ $OS_NONE == "" ]]; then OS_A=b; else OS_A=c; fi', "b"),
        ('if [ ! -n "$OS_NONE" ]; then OS_A=b; else OS_A=c; fi', "b"),
        ("if [ x = y ]; then openstack x; . ./y; exit 1; else OS_A=b; fi", "b"),
        ('read x; if [ -z "$x" ]; then exit 1; fi; OS_A=b', "b"),
        ("if [ a = a ]; then if [ x = y ]; then OS_A=a; else OS_A=b; fi; else OS_A=c; fi", "b"),
        ("OS_A=${OS_A-'b'}", "b"),
    ],
)
def test_grammar(text: str, value: str) -> None:
    assert result(text + "\n")["OS_A"] == value


def test_powershell_in_utf_16() -> None:
    with pytest.raises(ConfigError, match="rc line 1 is written for PowerShell"):
        parse('$env:OS_USERNAME = "ann"\r\n'.encode("utf-16"), "rc", {})


@pytest.mark.parametrize(
    "text",
    [
        "cat <<END\nexport OS_A='not\nEND\nOS_B=b",
        "read OS_A < file",
        "echo x && export OS_A=b",
        "[ -n $OS_A ] || OS_A=b",
        "if [[ -n $HOME && -n x ]]; then OS_A=b; fi",
        "if [ -f /etc/passwd ]; then X=1; fi",
        "if grep -q x /etc/hosts; then OS_A=1; fi",
        "if X=$(date); then OS_A=1; fi",
        "return 0",
        "for OS_A in a 'b'; do :; done",
        "for k in $( env | grep ^OS_ ); do export $k=x; done",
        "OS_A=${HOME%/ann}",
        ": ${OS_A:=b}",
        "{ OS_A=b; }",
        "IFS=x",
        "printf -v OS_A b",
        "declare -i OS_A=b",
        "export -n OS_A",
        "export OS_* ",
        "X='a b'; unset $X",
        'OS_A=$"x"',
        "OS_A=$'\\x41'",
        "read -u 3 OS_A",
        "read OS_A OS_B",
    ],
)
def test_unsupported_syntax_is_rejected(text: str) -> None:
    assert refusal(text + "\n").startswith("rc line 1 cannot be read without running it: ")


@pytest.mark.parametrize("value", ["~bob/ca.pem", "a:~/b", "${OS_NONE:-~bob}", "${HOSTNAME:-$RANDOM}", "${RANDOM}"])
def test_a_value_that_only_a_shell_knows(value: str) -> None:
    assert refusal(f"OS_A={value}\n").startswith("rc line 1: OS_A cannot be read: its value")


# ---- messages contain no value ----


@pytest.mark.parametrize(
    "text",
    [
        "export OS_PASSWORD=hunter2 hunter3!\n",
        "OS_PASSWORD=x hunter2\n",
        "OS_PASSWORD=hunter1;hunter2\n",
        "OS_PASSWORD=hunter1&hunter2\n",
        "OS_PASSWORD=hunter1|hunter2\n",
        "OS_PASSWORD=(hunter2)\n",
        "OS_PASSWORD=hunter(2)\n",
        "export OS_PASSWORD='hunter2\n",
        'export OS_PASSWORD="hunter2\n',
        "hunter2\n",
        "export OS_USERNAME=$(echo hunter2)\n",
        "OS_USERNAME=a${hunter2:?}\n",
        "OS_USERNAME=${hunter2/a/b}\n",
        "unset OS_PASSWORD $(hunter2)\n",
        "setenv OS_PASSWORD 'hunter2\n",
        'set -x OS_PASSWORD "hunter2\n',
        "$env:OS_PASSWORD = 'x'\nhunter2\n",
        "set OS_PASSWORD=x\nhunter2\n",
    ],
)
def test_errors_quote_no_value(text: str) -> None:
    message = refusal(text)
    assert "rc line " in message
    assert "hunter" not in message


def test_two_dollar_signs_are_explained(terminal: Terminal) -> None:
    assert "the number of the shell" in refusal('export OS_USERNAME="p@$$w"\n')


def test_unreadable_files(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read: No such file"):
        environment({"openrc": "nowhere"}, (), {})
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        environment({"openrc": str(tmp_path)}, (), {})
    with pytest.raises(ConfigError, match="is not text"):
        parse(b"OS_A=\0", "rc", {})
    with pytest.raises(ConfigError, match="larger than 1024 KiB"):
        parse(b"#" * (1 << 21), "rc", {})
    assert parse(b"", "rc", {}).changes.values == {}


@pytest.mark.parametrize(
    "text",
    [
        "A=" + "a" * 60 + "\n" + "A=$A$A\n" * 60,
        "${a:-" * 3000,
        "$(" * 3000,
        "if [ x ]; then " * 3000,
        'A="$(' * 3000,
        "[ x ] && " * 20_001 + "true",
        "for a in 1 2 3 4 5 6 7 8; do " * 12 + ":;" + " done;" * 12,
        "command eval x",
    ],
)
def test_long_values_and_deep_nesting_are_refused(text: str) -> None:
    assert "rc line" in refusal(text)


def test_long_files_are_read() -> None:
    assert result("X=$X$X$X$X$X$X\n" * 60 + "true;" * 5000 + "true\nOS_A=b")["OS_A"] == "b"


# ---- beside flags, variables and clouds.yaml ----


def test_settings_are_those_of_sourced_variables() -> None:
    Path("rc").write_text("export OS_USERNAME=ann OS_REGION_NAME=\nunset OS_PROJECT_ID\n")
    inherited = {"OS_USERNAME": "bob", "OS_PROJECT_ID": "p", "OS_REGION_NAME": "r", "OS_AUTH_URL": "http://c"}
    settings = load({"openrc": "rc", "os_password": "x"}, inherited)
    message = {key: settings.source(key) for key in ("username", "auth_url", "password", "region_name")}
    assert message == {
        "username": "rc line 1",
        "auth_url": "OS_AUTH_URL",
        "password": "--os-password",
        "region_name": "",
    }
    assert settings.text("project_id") == ""
    assert load({}, {**inherited, "OSTK_OPENRC": "rc"}).text("username") == "ann"
    assert load({"os_username": "cat", "openrc": "rc"}, inherited).text("username") == "cat"


def test_openrc_option_wins_over_ostk_openrc() -> None:
    Path("one").write_text("OS_USERNAME=one\n")
    Path("two").write_text("OS_USERNAME=two\n")
    assert load({"openrc": "two"}, {"OSTK_OPENRC": "one"}).text("username") == "two"


def test_mixed_credentials_are_warned_of() -> None:
    Path("rc").write_text("OS_USERNAME=one\n")
    Path("clouds.yaml").write_text("clouds: {lab: {auth: {auth_url: http://c, username: ann, password: x}}}")
    settings = load({"openrc": "rc", "os_cloud": "lab"}, {})
    assert settings.text("username") == "one"
    assert settings.warnings[0].startswith("Mixed credentials: rc line 1, the rest from cloud lab in")


def test_proxy_variables_are_exported(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    monkeypatch.setenv("no_proxy", "before")
    Path("rc").write_text("export no_proxy=10.0.0.1\nexport EDITOR_OF_MINE=vi\n")
    load({"openrc": "rc"})
    assert os.environ["no_proxy"] == "10.0.0.1"
    assert "EDITOR_OF_MINE" not in os.environ


def test_an_exclamation_mark_can_be_compared(tmp_path: Path) -> None:
    """`test ! = x` has three arguments, the second of which is binary: POSIX compares the texts."""
    path = tmp_path / "rc"
    path.write_text('if test "!" = "$OS_A"; then OS_B=same; else OS_B=other; fi\nexport OS_B\n')
    values = environment({"openrc": str(path)}, (), {"OS_A": "x"})
    assert values["OS_B"] == "other"
