# Completion of kubectl-registry_cache for PowerShell:  kubectl-registry_cache completion powershell | Out-String | Invoke-Expression
# `kubectl registry-cache` is completed by kubectl's own script.

Register-ArgumentCompleter -Native -CommandName 'kubectl-registry_cache' -ScriptBlock {
    param($last, $ast, $cursor)
    $given = @($ast.CommandElements | Where-Object { $_.Extent.StartOffset -lt $cursor } | ForEach-Object { $_.Extent.Text })
    $words = @($given | Select-Object -Skip 1)
    # Before 7.3 PowerShell drops an empty word, unless it is quoted.
    $empty = if ($PSVersionTable.PSVersion -lt [version]'7.3') { '""' } else { '' }
    if ("$last" -eq '') { $words += $empty }
    $lines = @(& $given[0] __complete @words 2>$null)
    # Without results PowerShell offers files.
    if ($lines.Count -eq 0 -or $lines[-1] -in ':0', ':8') { return }
    $prefix = if ("$last" -match '^-.*=') { $Matches[0] } else { '' }
    $lines | Select-Object -SkipLast 1 | ForEach-Object {
        $name, $description = $_ -split "`t", 2
        if (-not $description) { $description = $name }
        [System.Management.Automation.CompletionResult]::new("$prefix$name", $name, 'ParameterValue', $description)
    }
}
