#compdef kubectl-registry_cache
# Completion of kubectl-registry_cache for zsh:  source <(kubectl-registry_cache completion zsh)
# `kubectl registry-cache` is completed by kubectl's own script.

_kubectl_registry_cache() {
    local out line word
    local -i directive
    local -a lines offers nospace
    out=$("${words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null) || return 1
    lines=("${(@f)out}")
    directive=${lines[-1]#:}
    lines[-1]=()
    if (( directive & 8 )); then
        _files -g "*.(${(j:|:)lines})"
        return
    fi
    for line in "${lines[@]}"; do
        word=${${line%%$'\t'*}//:/\\:}
        if [[ $line == *$'\t'* ]]; then offers+=("$word:${line#*$'\t'}"); else offers+=("$word"); fi
    done
    (( directive & 2 )) && nospace=(-S '')
    [[ $PREFIX == -*=* ]] && compset -P '*='
    _describe completion offers "${nospace[@]}"
    (( directive & 4 )) || _files
}

# Found in the fpath, this file is the function's own body.
if [[ ${funcstack[1]} == _kubectl_registry_cache || ${funcstack[1]} == _kubectl-registry_cache ]]; then
    _kubectl_registry_cache "$@"
else
    compdef _kubectl_registry_cache kubectl-registry_cache
fi
