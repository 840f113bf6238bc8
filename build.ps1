<#
.SYNOPSIS
Builds, runs, tests, measures or packs PSSandbox, or installs the language runtimes. The tasks themselves are in build.targets.
.EXAMPLE
./build.ps1 -Task Test
.EXAMPLE
./build.ps1 -Task Run 'echo hello | rev'
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Run', 'Test', 'Bench', 'Pack', 'Runtimes')]
    [string] $Task = 'Build',

    [Parameter(ValueFromRemainingArguments)]
    [string[]] $ArgumentList = @()
)

$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'

function Invoke-Target([string] $Name, [string[]] $Extra = @()) {
    dotnet msbuild (Join-Path $root 'build.targets') -nologo -v:minimal -tl:off "-t:$Name" @Extra
}

switch ($Task) {
    'Run' {
        Invoke-Target Build | Out-Host
        if ($LASTEXITCODE) { exit $LASTEXITCODE }
        & (Join-Path $root 'out/bin/pssandbox') run @ArgumentList
    }
    'Test' {
        Invoke-Target Test | Out-Host
        $status = $LASTEXITCODE
        Get-Content (Join-Path $root 'out/test/summary.txt')
        exit $status
    }
    'Bench' { Invoke-Target Bench "-p:BenchArguments=$ArgumentList" }
    default { Invoke-Target $Task $ArgumentList }
}
exit $LASTEXITCODE
