"""Shell completion scripts: `ostk complete`."""

from collections.abc import Sequence

import click

from .. import program
from ..language import Cloud, Command, Json, Opt
from ..language.shells import SHELLS

BASH = """\
# Completion of NAME for bash.
_FUNCTION_completion() {
    local line kind=
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ -z $kind ]]; then kind=$line; else COMPREPLY+=("$line"); fi
    done < <(
        VARIABLE=bash_line COMP_LINE="${COMP_LINE:0:COMP_POINT}" COMP_WORDBREAKS="$COMP_WORDBREAKS" "$1" 2>/dev/null
    )
    case $kind in
        file) compopt -o default 2>/dev/null ;;
        dir) compopt -o dirnames 2>/dev/null ;;
    esac
}
complete -o nosort -F _FUNCTION_completion NAME 2>/dev/null || complete -F _FUNCTION_completion NAME
"""
ZSH = """\
#compdef NAME
# Completion of NAME for zsh.
_FUNCTION_completion() {
    local -a response texts shown
    local line
    response=("${(@f)$(VARIABLE=zsh_line COMP_LINE="${(pj:\\n:)words[1,CURRENT]}" NAME 2>/dev/null)}")
    if [[ $response[1] != plain ]]; then compset -P '--*='; fi
    case $response[1] in
        file) _files ;;
        dir) _files -/ ;;
    esac
    for line in "${(@)response[2,-1]}"; do
        texts+=("${line%%$'\\t'*}")
        if [[ $line == *$'\\t'* ]]; then line="${line%%$'\\t'*}  -- ${line#*$'\\t'}"; fi
        shown+=("$line")
    done
    if (( $#texts )); then compadd -l -V NAME -d shown -a -- texts; fi
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _FUNCTION_completion "$@"
else
    compdef _FUNCTION_completion NAME
fi
"""
FISH = """\
# Completion of NAME for fish.
function _FUNCTION_completion
    set -l line (commandline -cp | string collect)
    set -l response (env VARIABLE=fish_line COMP_LINE="$line" NAME 2>/dev/null)
    if set -q response[2]
        printf '%s\\n' $response[2..-1]
    end
end
complete --no-files --keep-order --command NAME --arguments "(_FUNCTION_completion)"
"""
SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}


def script(shell: str, name: str = "ostk") -> str:
    """Return the completion script of a shell for a program with this name."""
    safe = "".join(character for character in name.replace("-", "_") if character.isalnum() or character == "_")
    variable = "_OPENSTACK_COMPLETE" if name == "openstack" else "_OSTK_COMPLETE"  # as ostk.program() says
    return SCRIPTS[shell].replace("FUNCTION", safe).replace("VARIABLE", variable).replace("NAME", name).rstrip("\n")


def print_script(cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
    """Print the completion script; for the shell `none`, print all commands, one per line."""
    ctx = click.get_current_context().find_root()
    root = ctx.command
    assert isinstance(root, click.Group)
    if values["shell"] != "none":
        print(script(values["shell"], values["name"] or program()))
        return
    from ..language.command_lookup import phrases

    for noun in root.list_commands(ctx):
        print(*phrases(root, ctx, noun), sep="\n")


complete = Command(
    "complete",
    [
        Opt("--name", "Name of the program to complete (default: the name ostk was started by)."),
        Opt(
            "--shell",
            "Shell to print a script for, or none to list all commands.",
            choices=[*SHELLS, "none"],
            default="bash",
        ),
    ],
    "Print a shell completion script.",
    print_script,
)
