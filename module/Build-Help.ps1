# Makes the help file that Get-Help reads from the cmdlets' pages (docs/). Without platyPS nothing is made; module/en-US has one that was.
# After a page has changed: module/Build-Help.ps1 -Source docs -Destination module/en-US
[CmdletBinding()]
param(
    [Parameter(Mandatory)][string] $Source,
    [Parameter(Mandatory)][string] $Destination
)
$ErrorActionPreference = 'Stop'
if (-not (Get-Module Microsoft.PowerShell.PlatyPS -ListAvailable)) {
    exit 0
}
$pages = Get-ChildItem -LiteralPath $Source -Filter '*-*.md' | Where-Object Name -Match '^[A-Z][a-z]+-Sandbox'
if (-not $pages) {
    exit 0
}
Import-Module Microsoft.PowerShell.PlatyPS
$work = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())
try {
    $null = $pages | Import-MarkdownCommandHelp | Export-MamlCommandHelp -OutputFolder $work -Force
    $null = New-Item -ItemType Directory -Force $Destination
    # Get-Help shows text as it is: the fences of the pages would stand around every example.
    $help = Get-ChildItem -LiteralPath $work -Recurse -Filter '*-Help.xml' | Get-Content -Raw
    $help = $help -replace "`r" -replace '(?s)<maml:para>```\w*\n(.*?)\n```</maml:para>', '<maml:para>$1</maml:para>' -replace '<maml:para>(&#x80;|\x80)</maml:para>', '<maml:para> </maml:para>'
    Set-Content -LiteralPath (Join-Path $Destination 'PSSandbox.dll-Help.xml') -Value $help.TrimEnd()
}
finally {
    Remove-Item -LiteralPath $work -Recurse -Force -ErrorAction Ignore
}
