# What a step of a pipeline says to its service, so that nothing that a sandboxed script writes is taken for a command.
Set-StrictMode -Version Latest

<#
.SYNOPSIS
A line of the script's output as it may stand in a log: control characters visible, commands of the services broken up.
#>
function ConvertTo-LogLine([AllowEmptyString()][string] $Line) {
    # A carriage return would begin a new line for the services; an escape sequence would reach terminals.
    $text = [regex]::Replace($Line, '[\x00-\x08\x0A-\x1F\x7F-\x9F\u2028\u2029]', {
            param($match)
            $code = [int] $match.Value[0]
            $code -lt 32 ? "^$([char] ($code + 64))" : '?'
        })
    # Azure DevOps (##vso[...]) and GitHub's older form (##[...]) are found anywhere in a line, '::' at its beginning.
    while ($text.Contains('##')) { $text = $text.Replace('##', '# #') }
    $text -replace '^(\s*):(?=:)', '$1: '
}

<#
.SYNOPSIS
Escapes the text of a command.
#>
function ConvertTo-CommandText([string] $Service, [AllowEmptyString()][string] $Text) {
    $percent = $Service -eq 'AzureDevOps' ? '%AZP25' : '%25'
    $Text.Replace('%', $percent).Replace("`r", '%0D').Replace("`n", '%0A')
}

<#
.SYNOPSIS
Escapes the value of a command's property.
#>
function ConvertTo-CommandProperty([string] $Service, [AllowEmptyString()][string] $Value) {
    $text = ConvertTo-CommandText $Service $Value
    $Service -eq 'AzureDevOps' ? $text.Replace(';', '%3B').Replace(']', '%5D') : $text.Replace(':', '%3A').Replace(',', '%2C')
}

<#
.SYNOPSIS
Reads 'file:line[:column]: error|warning: message' as compilers write it; nothing for any other line.
#>
function ConvertFrom-DiagnosticLine([AllowEmptyString()][string] $Line) {
    if ($Line -match '^(?<file>[^\s:][^:]{0,300}):(?<line>\d{1,7})(?::(?<column>\d{1,5}))?:\s*(?<kind>error|warning):\s*(?<message>.{1,1000})') {
        [pscustomobject]@{
            Kind = $Matches.kind; File = $Matches.file -replace '^\./'; Line = [int] $Matches.line
            Column = $Matches.ContainsKey('column') ? [int] $Matches.column : 0; Message = $Matches.message
        }
    }
}

<#
.SYNOPSIS
The command that makes an annotation.
#>
function Format-Annotation([string] $Service, [psobject] $Diagnostic) {
    $file = ConvertTo-CommandProperty $Service (ConvertTo-LogLine $Diagnostic.File)
    $message = ConvertTo-CommandText $Service (ConvertTo-LogLine $Diagnostic.Message)
    if ($Service -eq 'AzureDevOps') {
        $column = $Diagnostic.Column ? "columnnumber=$($Diagnostic.Column);" : ''
        "##vso[task.logissue type=$($Diagnostic.Kind);sourcepath=$file;linenumber=$($Diagnostic.Line);$column]$message"
    }
    else {
        $column = $Diagnostic.Column ? ",col=$($Diagnostic.Column)" : ''
        "::$($Diagnostic.Kind) file=$file,line=$($Diagnostic.Line)$column::$message"
    }
}

<#
.SYNOPSIS
What the script wrote to $SANDBOX_OUTPUT as JSON: lines name=value; others are left out.
#>
function ConvertFrom-StepValue([AllowNull()][AllowEmptyString()][string[]] $Line) {
    $values = [ordered]@{}
    foreach ($text in $Line) {
        if ($text -match '^(?<name>[A-Za-z_][\w-]{0,63})=(?<value>.{0,4000})$') { $values[$Matches.name] = $Matches.value }
    }
    ConvertTo-Json $values -Compress -EscapeHandling EscapeNonAscii
}

<#
.SYNOPSIS
The summary as Markdown. The fence is longer than any run of backticks in the output.
#>
function Format-StepSummary([psobject] $Result, [AllowEmptyString()][string] $Output) {
    $most = 60000
    $shown = $Output.Length -gt $most ? $Output.Substring($Output.Length - $most) : $Output
    $longest = [regex]::Matches($shown, '`+').ForEach({ $_.Length }) | Measure-Object -Maximum
    $fence = '`' * [Math]::Max(3, 1 + [int] $longest.Maximum)
    $state = $Result.TimedOut ? 'time limit' : $Result.Success ? 'success' : 'failure'
    @(
        "### Sandbox: $state"
        ''
        '| Exit status | Duration | CPU time | Peak memory |'
        '|---|---|---|---|'
        ('| {0} | {1:0.0} s | {2:0.0} s | {3:0.0} MiB |' -f $Result.ExitCode, $Result.Duration.TotalSeconds, $Result.ResourceUsage.CpuTime.TotalSeconds, ($Result.ResourceUsage.PeakMemoryBytes / 1MB))
        ''
        foreach ($violation in $Result.Violations) { "- $(ConvertTo-LogLine $violation.Kind): $((ConvertTo-LogLine $violation.Message) -replace '[<>`|*_\[\]]', '')" }
        ''
        $fence
        foreach ($line in $shown -split "`n") { ConvertTo-LogLine $line }
        $fence
    ) -join "`n"
}
