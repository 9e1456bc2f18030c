#compdef ostk
# Completion of ostk for zsh.
_ostk_completion() {
    local -a response texts shown
    local line
    response=("${(@f)$(_OSTK_COMPLETE=zsh_line COMP_LINE="${(pj:\n:)words[1,CURRENT]}" ostk 2>/dev/null)}")
    if [[ $response[1] != plain ]]; then compset -P '--*='; fi
    case $response[1] in
        file) _files ;;
        dir) _files -/ ;;
    esac
    for line in "${(@)response[2,-1]}"; do
        texts+=("${line%%$'\t'*}")
        if [[ $line == *$'\t'* ]]; then line="${line%%$'\t'*}  -- ${line#*$'\t'}"; fi
        shown+=("$line")
    done
    if (( $#texts )); then compadd -l -V ostk -d shown -a -- texts; fi
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _ostk_completion "$@"
else
    compdef _ostk_completion ostk
fi
