# The examples of docs/ are run as they stand there, and their output is compared with what the page says.
BeforeDiscovery {
    $docs = Join-Path $PSScriptRoot ../../docs
    $examples = foreach ($page in Get-ChildItem $docs -Filter '*-*.md' | Where-Object Name -CMatch '^[A-Z][a-z]+-Sandbox') {
        $section = ([IO.File]::ReadAllText($page.FullName) -replace "`r" -split '(?m)^## ' -match '^EXAMPLES')[0]
        foreach ($part in $section -split '(?m)^### ' | Select-Object -Skip 1) {
            $code = [regex]::Match($part, '(?ms)^```powershell\n(.*?)\n```')
            $output = [regex]::Match($part, '(?ms)^```Output\n(.*?)\n```')
            if ($code.Success) {
                @{ Page = $page.BaseName; Title = ($part -split "`n")[0]; Code = $code.Groups[1].Value; Output = $output.Groups[1].Value }
            }
        }
    }
    $names = @(Get-ChildItem $docs -Filter '*-*.md' | Where-Object Name -CMatch '^[A-Z][a-z]+-Sandbox' | ForEach-Object BaseName)
}

BeforeAll {
    Import-Module $env:PSSANDBOX_MODULE -Force
    Set-StrictMode -Version Latest
    function script:Invoke-Example([string] $Code, [string] $Folder) {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($module, $folder) $PSStyle.OutputRendering = "PlainText"; Import-Module $module; Set-Location $folder').AddArgument($env:PSSANDBOX_MODULE).AddArgument($Folder).Invoke()
            $shell.Commands.Clear()
            $text = $shell.AddScript($Code).AddCommand('Out-String').AddParameter('Width', 100).Invoke() -join ''
            $shell.Streams.Error | Should -BeNullOrEmpty
            (($text -split "`r?`n").TrimEnd() -join "`n").Trim("`n")
        }
        finally {
            $shell.Commands.Clear()
            $null = $shell.AddScript('Remove-Module PSSandbox').Invoke()
            $shell.Dispose()
        }
    }
}

Describe 'Examples of the pages' {
    It '<Page>: <Title>' -ForEach $examples {
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        $null = New-Item -ItemType Directory $folder
        Invoke-Example $Code $folder | Should -Be $Output
    }
}

Describe 'README' {
    It 'has first minutes that give what it says' {
        $text = [IO.File]::ReadAllText((Join-Path $PSScriptRoot ../../README.md)) -replace "`r"
        $steps = [regex]::Matches($text, '(?ms)^```powershell\n(.*?)\n```\n\n```Output\n(.*?)\n```')
        $steps.Count | Should -BeGreaterThan 5
        $marked = $steps.ForEach({ "'== step'`n$($_.Groups[1].Value)" }) -join "`n"
        $expected = $steps.ForEach({ "== step`n$($_.Groups[2].Value)" }) -join "`n"
        (Invoke-Example $marked $TestDrive) -replace '\n+', "`n" | Should -Be ($expected -replace '\n+', "`n")
    }
}

Describe 'Get-Help' {
    It 'has synopsis, description, parameters and examples of <_>' -ForEach $names {
        $help = Get-Help $_ -Full
        $help.Synopsis | Should -Not -Match "^\s*$_ \["
        $help.description.Text | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterThan 0
        foreach ($parameter in $help.parameters.parameter) { $parameter.description.Text | Should -Not -BeNullOrEmpty -Because $parameter.name }
    }
    It 'shows the code of examples' { Get-Help Invoke-SandboxShell -Examples | Out-String | Should -Match ([regex]::Escape('grep 7 | sort -r')) }
    It 'shows no marks of Markdown around examples of <_>' -ForEach $names { Get-Help $_ -Examples | Out-String | Should -Not -Match '```|\x80' }
    It 'has the topic <_>' -ForEach about_PSSandbox, about_SandboxFileSystem, about_SandboxLimits {
        Get-Help $_ | Out-String | Should -Match 'Long description'
        (Get-Help about_*Sandbox* | Where-Object Name -EQ $_).Synopsis | Should -Not -BeNullOrEmpty
    }
}
