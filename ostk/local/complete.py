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


def table(root: click.Group, ctx: click.Context) -> dict[str, list[str]]:
    """Return the words that may follow each part of a command: subcommands, and after a whole command its options.

    The key is the words of the part, with a space between them: "", "server", "server list".
    """
    from ..language.command_lookup import leaves

    below: dict[str, dict[str, None]] = {"": {}}
    options: dict[str, list[str]] = {}
    for phrase, command in leaves(root, ctx):
        words = phrase.split()
        for count, word in enumerate(words):
            below.setdefault(" ".join(words[:count]), {})[word] = None
        shown = [param for param in command.params if isinstance(param, click.Option) and not param.hidden]
        flags = dict.fromkeys(flag for option in shown for flag in (*option.opts, *option.secondary_opts))
        options[phrase] = [*({"-h": None, "--help": None} | flags)]
    return {part: options.get(part, []) + sorted(below.get(part, {})) for part in sorted({*below, *options})}


def print_script(cloud: Cloud, params: Sequence[click.Parameter], values: Json) -> None:
    """Print the completion script; for the shell `none`, the table of words as assignments to shell variables."""
    ctx = click.get_current_context().find_root()
    root = ctx.command
    assert isinstance(root, click.Group)
    if values["shell"] != "none":
        print(script(values["shell"], values["name"] or program()))
        return
    for part, words in table(root, ctx).items():
        variable = f"cmds {part}".rstrip().replace(" ", "_").replace("-", "_")
        print(f"  {variable}='{' '.join(words)}'")


complete = Command(
    "complete",
    [
        Opt("--name", "Name of the program to complete (default: the name ostk was started by)."),
        Opt(
            "--shell",
            "Shell to print a script for, or none to list commands with the words that follow.",
            choices=[*SHELLS, "none"],
            default="bash",
        ),
    ],
    "Print a shell completion script.",
    print_script,
)
