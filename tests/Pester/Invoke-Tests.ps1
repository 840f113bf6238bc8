# Runs the module's tests and writes "passed failed skipped" to <Results>.counts and NUnit results to <Results>.xml.
# Exit status 0: nothing failed; 1: something failed; 3: this PowerShell cannot run them (nothing is written then).
[CmdletBinding()]
param(
    [Parameter(Mandatory)][string] $Module,
    [string] $Results,
    [string] $Packages,
    [string[]] $Name = '*'
)
$ErrorActionPreference = 'Stop'
$pester = Get-Module Pester -ListAvailable | Sort-Object Version -Descending | Select-Object -First 1
if (-not $pester -and $Packages -and (Test-Path -Path "$Packages/pester/*/tools/Pester.psd1")) {
    $pester = Get-Module (Get-Item -Path "$Packages/pester/*/tools/Pester.psd1" | Select-Object -Last 1).FullName -ListAvailable
}
if ($PSVersionTable.PSVersion -lt [version]'7.6' -or -not $pester -or $pester.Version -lt [version]'5.0') {
    Write-Host 'The module''s tests need PowerShell 7.6 and Pester 5.'
    exit 3
}

$env:PSSANDBOX_MODULE = (Resolve-Path -LiteralPath $Module).ProviderPath
Import-Module $pester
$configuration = New-PesterConfiguration
$configuration.Run.Path = @($Name | ForEach-Object { Join-Path $PSScriptRoot "$_.Tests.ps1" })
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
if ($Results) {
    $configuration.TestResult.Enabled = $true
    $configuration.TestResult.OutputPath = "$Results.xml"
}
$run = Invoke-Pester -Configuration $configuration
$failed = $run.FailedCount + $run.FailedContainersCount + $run.FailedBlocksCount
if ($Results) {
    Set-Content -LiteralPath "$Results.counts" -Value "$($run.PassedCount) $failed $($run.SkippedCount)"
}
exit [int]($failed -gt 0)
