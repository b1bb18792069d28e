# Completion of kubectl-registry_cache for fish:  kubectl-registry_cache completion fish | source
# `kubectl registry-cache` is completed by kubectl's own script.

function __kubectl_registry_cache_complete
    set -l last (commandline -ct)
    set -l words (commandline -opc) "$last"
    set -l lines ($words[1] __complete $words[2..-1] 2>/dev/null)
    set -l directive $lines[-1]
    set -e lines[-1]
    if contains -- $directive :0 :8
        __fish_complete_path "$last"
        return
    end
    set -l prefix (string match -r -- '^-.*=' "$last")
    for line in $lines
        echo "$prefix$line"
    end
end

complete -c kubectl-registry_cache -f -a '(__kubectl_registry_cache_complete)'
