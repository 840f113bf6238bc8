<#
.SYNOPSIS
Runs a script in a sandbox as a step of GitHub Actions or Azure DevOps and publishes its result.
.DESCRIPTION
The inputs are the environment variables INPUT_*, as both services give them. Exit status: the script's, or 0 where
INPUT_FAILONERROR is false; 1 where it could not be run.
#>
[CmdletBinding()]
param([Parameter(Mandatory)][ValidateSet('GitHub', 'AzureDevOps')][string] $Service)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
Import-Module (Join-Path $PSScriptRoot SandboxStep.psm1)
$gitHub = $Service -eq 'GitHub'
$mostAnnotations = 50

function Write-Line([AllowEmptyString()][string] $Line) { [Console]::Out.WriteLine($Line) }
function Get-StepInput([string] $Name, [string] $Default = '') {
    $value = [Environment]::GetEnvironmentVariable("INPUT_$Name")
    [string]::IsNullOrWhiteSpace($value) ? $Default : $value
}
function Write-Failure([string] $Message) {
    $text = ConvertTo-CommandText $Service $Message
    Write-Line ($gitHub ? "::error::$text" : "##vso[task.logissue type=error]$text")
}
function Set-StepOutput([string] $Name, [AllowEmptyString()][string] $Value) {
    if ($gitHub) {
        if ($env:GITHUB_OUTPUT) {
            $end = "end_$([guid]::NewGuid().ToString('N'))"
            Add-Content -LiteralPath $env:GITHUB_OUTPUT -Value "$Name<<$end`n$Value`n$end"
        }
        return
    }
    $variable = [regex]::Replace($Name, '-(\w)', { $args[0].Groups[1].Value.ToUpperInvariant() })
    Write-Line "##vso[task.setvariable variable=$variable;isOutput=true]$(ConvertTo-CommandText $Service $Value)"
}

$status = 1
$sandbox = $null
try {
    Import-Module (Get-StepInput MODULE PSSandbox)
    $script = Get-StepInput SCRIPT
    $path = Get-StepInput SCRIPTPATH
    if ($path) { $script = Get-Content -LiteralPath $path -Raw }
    if (-not $script) { throw 'There is no script: give script, or a path to one.' }
    $options = @{ Memory = Get-StepInput MEMORY 512MB; Storage = Get-StepInput STORAGE 512MB; Environment = @{ CI = 'true'; SANDBOX_OUTPUT = '/run/output' } }
    if ($mount = Get-StepInput MOUNT) {
        $access = @{ ro = 'ReadOnly'; rw = 'ReadWrite'; cow = 'CopyOnWrite' }[(Get-StepInput ACCESS ro)]
        if (-not $access) { throw 'The access is ro, rw or cow.' }
        $options.Mount = @{ HostPath = (Resolve-Path -LiteralPath $mount).ProviderPath; Path = '/src'; Access = $access }
        $options.WorkingDirectory = '/src'
    }
    $sandbox = New-Sandbox @options

    $temporary = $env:RUNNER_TEMP, $env:AGENT_TEMPDIRECTORY, [IO.Path]::GetTempPath() | Where-Object { $_ } | Select-Object -First 1
    $log = Join-Path $temporary "sandbox-$($sandbox.Id).log"
    $writer = [IO.StreamWriter]::new($log)
    $annotations = [Collections.Generic.List[object]]::new()
    $token = [guid]::NewGuid().ToString('N')
    Write-Line ($gitHub ? '::group::Sandbox' : '##[group]Sandbox')
    if ($gitHub) { Write-Line "::stop-commands::$token" }
    try {
        Invoke-SandboxShell $script -Sandbox $sandbox -TimeoutSec (Get-StepInput TIMEOUT 10m) -OutputAs Line -ErrorAs Merge -ResultVariable result | ForEach-Object {
            $writer.WriteLine($_)
            Write-Line (ConvertTo-LogLine $_)
            if ($annotations.Count -lt $mostAnnotations -and ($diagnostic = ConvertFrom-DiagnosticLine $_)) { $annotations.Add($diagnostic) }
        }
    }
    finally {
        $writer.Dispose()
        if ($gitHub) { Write-Line "::${token}::" }
        Write-Line ($gitHub ? '::endgroup::' : '##[endgroup]')
    }

    foreach ($diagnostic in $annotations) { Write-Line (Format-Annotation $Service $diagnostic) }
    $values = ConvertFrom-StepValue (Get-Content "Sandbox:/$($sandbox.Name)/run/output" -ErrorAction Ignore)
    Set-StepOutput 'exit-code' $result.ExitCode
    Set-StepOutput 'timed-out' "$($result.TimedOut)".ToLowerInvariant()
    Set-StepOutput 'log-path' $log
    Set-StepOutput 'values' $values
    $summary = Format-StepSummary $result ([IO.File]::ReadAllText($log))
    if ($gitHub -and $env:GITHUB_STEP_SUMMARY) { Add-Content -LiteralPath $env:GITHUB_STEP_SUMMARY -Value $summary }
    if (-not $gitHub) {
        $file = Join-Path $temporary "sandbox-$($sandbox.Id).md"
        Set-Content -LiteralPath $file -Value $summary
        Write-Line "##vso[task.uploadsummary]$(ConvertTo-CommandText $Service $file)"
    }
    $status = $result.ExitCode
    if ($status -ne 0) {
        $reason = $result.TimedOut ? ' (it ran into its time limit)' : ''
        Write-Failure "The script ended with status $status$reason."
        if ((Get-StepInput FAILONERROR true) -eq 'false') { $status = 0 }
    }
}
catch {
    Write-Failure "The script could not be run: $_"
    $status = 1
}
finally {
    if ($sandbox) { Remove-Sandbox $sandbox }
    if (-not $gitHub) { Write-Line "##vso[task.complete result=$($status -eq 0 ? 'Succeeded' : 'Failed');]" }
}
exit $status
