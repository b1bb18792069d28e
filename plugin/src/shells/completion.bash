# Completion of kubectl-registry_cache for bash 4.4 or newer:  source <(kubectl-registry_cache completion bash)
# `kubectl registry-cache` is completed by kubectl's own script.

_kubectl_registry_cache() {
    local word last cur prefix out directive words=() glue=
    COMPREPLY=()
    # Bash cuts words at = and :, the program wants them whole.
    for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
        if ((${#words[@]})) && [[ -n $glue || $word == [=:] ]]; then words[-1]+=$word; else words+=("$word"); fi
        if [[ $word == [=:] ]]; then glue=1; else glue=; fi
    done
    last=${words[-1]}
    cur=${COMP_WORDS[COMP_CWORD]}
    [[ $cur == [=:] ]] && cur=
    prefix=${last%"$cur"}
    out=$("${COMP_WORDS[0]}" __complete "${words[@]}" 2>/dev/null) || return
    directive=${out##*:}
    out=${out%:*}
    if ((directive & 8)); then
        compopt -o filenames
        while read -r word; do
            [[ -d $word || $'\n'$out == *$'\n'"${word##*.}"$'\n'* ]] && COMPREPLY+=("$word")
        done < <(compgen -f -- "$cur")
        return
    fi
    while IFS=$'\t' read -r word _; do
        [[ -n $word ]] && COMPREPLY+=("${word#"$prefix"}")
    done <<<"$out"
    ((directive & 2)) && compopt -o nospace
    if ! ((directive & 4)); then
        compopt -o filenames
        while read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$cur")
    fi
}

complete -F _kubectl_registry_cache kubectl-registry_cache
