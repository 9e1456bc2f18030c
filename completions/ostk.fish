# Completion of ostk for fish.
function _ostk_completion
    set -l line (commandline -cp | string collect)
    set -l response (env _OSTK_COMPLETE=fish_line COMP_LINE="$line" ostk 2>/dev/null)
    if set -q response[2]
        printf '%s\n' $response[2..-1]
    end
end
complete --no-files --keep-order --command ostk --arguments "(_ostk_completion)"
