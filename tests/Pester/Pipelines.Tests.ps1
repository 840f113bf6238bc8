BeforeAll {
    Set-StrictMode -Version Latest
    $script:folder = (Resolve-Path (Join-Path $PSScriptRoot ../../examples/run-in-sandbox)).ProviderPath
    Import-Module $folder/SandboxStep.psm1 -Force
    function script:New-StepEnvironment([hashtable] $Inputs) {
        $temporary = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        $null = New-Item -ItemType Directory $temporary
        $set = @{ RUNNER_TEMP = $temporary; AGENT_TEMPDIRECTORY = $temporary; GITHUB_OUTPUT = "$temporary/output"; GITHUB_STEP_SUMMARY = "$temporary/summary"; INPUT_MODULE = $env:PSSANDBOX_MODULE; NO_COLOR = '1' }
        foreach ($name in $Inputs.Keys) { $set["INPUT_$($name.ToUpperInvariant())"] = $Inputs[$name] }
        $set
    }
    function script:New-StepResult([string] $Output, [int] $Status, [string] $Errors, [string] $Folder) {
        $read = { param($file) (Test-Path $file) ? ([IO.File]::ReadAllText($file) -replace "`r") : '' }
        [pscustomobject]@{
            Lines = ($Output -replace "`r`n", "`n").TrimEnd("`n") -split "`n"; Status = $Status; Errors = $Errors
            Outputs = & $read "$Folder/output"; Summary = & $read "$Folder/summary"; Folder = $Folder
        }
    }
    # A step as a service starts it: a process of its own.
    function script:Start-Step([string] $Service, [hashtable] $Inputs, [string[]] $Start) {
        $start1 = [Diagnostics.ProcessStartInfo]::new()
        $start1.FileName = $Start ? $Start[0] : [Environment]::ProcessPath
        $arguments = $Start ? @($Start | Select-Object -Skip 1) : @('-NoProfile', '-NonInteractive', '-File', "$folder/Invoke-SandboxStep.ps1", '-Service', $Service)
        foreach ($argument in $arguments) { $start1.ArgumentList.Add($argument) }
        $start1.RedirectStandardOutput = $start1.RedirectStandardError = $true
        $start1.StandardOutputEncoding = [Text.Encoding]::UTF8
        $set = New-StepEnvironment $Inputs
        $start1.WorkingDirectory = $set.RUNNER_TEMP
        foreach ($name in $set.Keys) { $start1.Environment[$name] = $set[$name] }
        $start1.Environment['PATH'] = [IO.Path]::GetDirectoryName([Environment]::ProcessPath) + [IO.Path]::PathSeparator + $env:PATH
        $process = [Diagnostics.Process]::Start($start1)
        $errors = $process.StandardError.ReadToEndAsync()
        $output = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        New-StepResult $output $process.ExitCode $errors.Result $set.RUNNER_TEMP
    }
    # The same script, with the same environment, in this process.
    function script:Invoke-Step([string] $Service, [hashtable] $Inputs) {
        $set = New-StepEnvironment $Inputs
        $before = @{}
        $out = [Console]::Out
        $writer = [IO.StringWriter]::new()
        try {
            foreach ($name in $set.Keys) {
                $before[$name] = [Environment]::GetEnvironmentVariable($name)
                [Environment]::SetEnvironmentVariable($name, $set[$name])
            }
            [Console]::SetOut($writer)
            & $folder/Invoke-SandboxStep.ps1 -Service $Service
        }
        finally {
            [Console]::SetOut($out)
            foreach ($name in $before.Keys) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }
        }
        New-StepResult $writer.ToString() $LASTEXITCODE '' $set.RUNNER_TEMP
    }
    # Reads GITHUB_OUTPUT as the runner does.
    function script:Read-Output([string] $Text) {
        $values = @{}
        $lines = [Collections.Generic.Queue[string]]::new([string[]] $Text.TrimEnd("`n").Split("`n"))
        while ($lines.Count) {
            $line = $lines.Dequeue()
            if ($line -notmatch '^([\w-]+)<<(.+)$') { throw "not an output: $line" }
            $name, $end = $Matches[1], $Matches[2]
            $value = while (($next = $lines.Dequeue()) -cne $end) { $next }
            $values[$name] = @($value) -join "`n"
        }
        $values
    }
}

Describe 'Log lines' {
    It 'gives <Safe> for what it stands for' -ForEach @(
        @{ Line = '::error::x'; Safe = ': :error::x' }
        @{ Line = "  `t::set-output name=a::b"; Safe = "  `t: :set-output name=a::b" }
        @{ Line = '##vso[task.setvariable variable=a]b'; Safe = '# #vso[task.setvariable variable=a]b' }
        @{ Line = 'text ##VSO[task.complete]'; Safe = 'text # #VSO[task.complete]' }
        @{ Line = '###vso[x]'; Safe = '# # #vso[x]' }
        @{ Line = '##[group]x'; Safe = '# #[group]x' }
        @{ Line = "a`r::error::x"; Safe = 'a^M::error::x' }
        @{ Line = "$([char]27)[31mred"; Safe = '^[[31mred' }
        @{ Line = "a$([char]0x2028)::b$([char]0x85)"; Safe = 'a?::b?' }
        @{ Line = "a`0b"; Safe = 'a^@b' }
        @{ Line = 'std::vector and # heading'; Safe = 'std::vector and # heading' }
        @{ Line = "tab`tstays, ümläüt too"; Safe = "tab`tstays, ümläüt too" }
        @{ Line = ''; Safe = '' }
    ) { ConvertTo-LogLine $Line | Should -BeExactly $Safe }
    It 'leaves nothing that a service takes for a command, whatever comes' {
        $random = [Random]::new(7)
        $parts = '#', '##', ':', '::', 'vso[', '[', ']', ' ', "`t", "`r", "`v", 'x', '%0A', [string][char]0x85, [string][char]0xA0, '∷'
        $unsafe = for ($i = 0; $i -lt 2000; $i++) {
            $line = -join $random.GetItems([string[]] $parts, 1 + $random.Next(8))
            $safe = ConvertTo-LogLine $line
            if ($safe.Contains('##') -or $safe.TrimStart().StartsWith('::') -or $safe.IndexOfAny([char[]] "`r`n`v") -ge 0) { "$line gives $safe" }
        }
        $unsafe | Should -BeNullOrEmpty
    }
}

Describe 'Escaping' {
    It 'escapes for <Service>' -ForEach @(
        @{ Service = 'GitHub'; Text = 'a%25%0A%0D'; Property = 'a%25%0A%0D;]%3A%2C' }
        @{ Service = 'AzureDevOps'; Text = 'a%AZP25%0A%0D'; Property = 'a%AZP25%0A%0D%3B%5D:,' }
    ) {
        ConvertTo-CommandText $Service "a%`n`r" | Should -BeExactly $Text
        ConvertTo-CommandProperty $Service "a%`n`r;]:," | Should -BeExactly $Property
    }
    It 'reads <Line>' -ForEach @(
        @{ Line = 'src/a.c:3:7: error: no such thing'; Kind = 'error'; File = 'src/a.c'; At = 3; Column = 7; Message = 'no such thing' }
        @{ Line = './b.sh:12: warning: unused'; Kind = 'warning'; File = 'b.sh'; At = 12; Column = 0; Message = 'unused' }
    ) {
        $diagnostic = ConvertFrom-DiagnosticLine $Line
        $diagnostic.Kind, $diagnostic.File, $diagnostic.Line, $diagnostic.Column, $diagnostic.Message | Should -Be $Kind, $File, $At, $Column, $Message
    }
    It 'takes <_> for no diagnostic' -ForEach 'error: x', 'a.c:x: error: y', 'http://host:80: error', '' { ConvertFrom-DiagnosticLine $_ | Should -BeNullOrEmpty }
    It 'cannot be led out of an annotation for <Service>' -ForEach @{ Service = 'GitHub' }, @{ Service = 'AzureDevOps' } {
        $diagnostic = ConvertFrom-DiagnosticLine 'x,title=evil;type=error]##vso[task.complete]%0A::y:1: error: a%0A::warning::b ##vso[x]'
        $diagnostic = $diagnostic ?? [pscustomobject]@{ Kind = 'error'; File = 'x,title=evil;]##vso[task.complete]'; Line = 1; Column = 0; Message = 'a%0A ##vso[x]' }
        $command = Format-Annotation $Service $diagnostic
        [regex]::Matches($command, '##').Count | Should -Be ($Service -eq 'GitHub' ? 0 : 1)
        $command | Should -Not -Match '(?<!%AZP25|%25)%0A'
        if ($Service -eq 'GitHub') { $command | Should -Not -Match 'file=[^:]*,title' }
        else { ($command -split '\]', 2)[0] | Should -Not -Match 'title=evil;' }
    }
}

Describe 'A step of <Service>' -ForEach @{ Service = 'GitHub' }, @{ Service = 'AzureDevOps' } {
    BeforeAll {
        $script:hostile = @'
echo hello
echo '::error::from inside'
echo ' ::set-output name=exit-code::0'
echo '##vso[task.setvariable variable=exitCode;isOutput=true]0'
printf 'x\r::warning::hidden\n' >&2
echo 'src/main.c:3:7: error: expected ; before } 100%'
echo '```'
echo '<script>alert(1)</script>'
echo "answer=42" >> $SANDBOX_OUTPUT
printf 'bad name=x\nlast=a,b;c]\nexit-code<<X\n' >> $SANDBOX_OUTPUT
exit 3
'@
        $script:run = Start-Step $Service @{ script = $hostile }
    }

    It 'ends with the status of the script' {
        $run.Errors | Should -BeNullOrEmpty
        $run.Status | Should -Be 3
    }
    It 'writes what it should, line by line' {
        $lines = $run.Lines | ForEach-Object { $_.Replace($run.Folder, 'TEMP').Replace('\', '/') -replace '[0-9a-f]{32}', 'TOKEN' -replace '(sandbox-)[0-9a-f]{12}', '$1ID' }
        $inside = @(
            'hello', ': :error::from inside', ' : :set-output name=exit-code::0'
            '# #vso[task.setvariable variable=exitCode;isOutput=true]0', 'x^M::warning::hidden'
            'src/main.c:3:7: error: expected ; before } 100%', '```', '<script>alert(1)</script>'
        )
        $expected = if ($Service -eq 'GitHub') {
            @('::group::Sandbox', '::stop-commands::TOKEN') + $inside + @(
                '::TOKEN::', '::endgroup::'
                '::error file=src/main.c,line=3,col=7::expected ; before } 100%25'
                '::error::The script ended with status 3.'
            )
        }
        else {
            @('##[group]Sandbox') + $inside + @(
                '##[endgroup]'
                '##vso[task.logissue type=error;sourcepath=src/main.c;linenumber=3;columnnumber=7;]expected ; before } 100%AZP25'
                '##vso[task.setvariable variable=exitCode;isOutput=true]3'
                '##vso[task.setvariable variable=timedOut;isOutput=true]false'
                '##vso[task.setvariable variable=logPath;isOutput=true]TEMP/sandbox-ID.log'
                '##vso[task.setvariable variable=values;isOutput=true]{"answer":"42","last":"a,b;c]"}'
                '##vso[task.uploadsummary]TEMP/sandbox-ID.md'
                '##vso[task.logissue type=error]The script ended with status 3.'
                '##vso[task.complete result=Failed;]'
            )
        }
        $lines | Should -BeExactly $expected
    }
    It 'uses a token that only it knows' -Skip:($Service -ne 'GitHub') {
        $token = ($run.Lines[1] -split '::')[2]
        $token | Should -Match '^[0-9a-f]{32}$'
        @($run.Lines -ceq "::${token}::").Count | Should -Be 1
    }
    It 'gives outputs' -Skip:($Service -ne 'GitHub') {
        $values = Read-Output $run.Outputs
        $values.Count | Should -Be 4
        $values['exit-code'] | Should -Be 3
        $values['timed-out'] | Should -Be false
        $values['values'] | Should -Be '{"answer":"42","last":"a,b;c]"}'
        Get-Content $values['log-path'] | Should -Contain '::error::from inside'
    }
    It 'writes a summary that the output does not get out of' {
        $summary = $Service -eq 'GitHub' ? $run.Summary : [IO.File]::ReadAllText((Get-Item "$($run.Folder)/*.md").FullName)
        $summary | Should -Match '### Sandbox: failure'
        $summary | Should -Match '\| 3 \| '
        $fenced = [regex]::Match($summary, '(?ms)^````\r?\n(.*)^````\r?$').Groups[1].Value
        $fenced | Should -Match '(?m)^```\r?$'
        $fenced | Should -Match '<script>'
    }
    It 'does not fail where that is asked for' {
        (Invoke-Step $Service @{ script = 'exit 4'; failOnError = 'false' }).Status | Should -Be 0
    }
    It 'says that it ran into its time limit' {
        $late = Invoke-Step $Service @{ script = 'echo begun; sleep 60'; timeout = '300ms' }
        $late.Status | Should -Be 124
        $late.Lines -match 'status 124 \(it ran into its time limit\)' | Should -Not -BeNullOrEmpty
    }
    It 'mounts a folder, read only unless told otherwise' {
        $source = Join-Path $TestDrive "source-$Service"
        $null = New-Item -ItemType Directory $source
        Set-Content $source/build.sh 'pwd; echo x > made && echo written'
        $read = Invoke-Step $Service @{ script = 'sh build.sh'; mount = $source }
        $read.Status | Should -Not -Be 0
        $read.Lines | Should -Contain '/src'
        Test-Path $source/made | Should -BeFalse
        $write = Invoke-Step $Service @{ scriptPath = "$source/build.sh"; mount = $source; access = 'rw' }
        $write.Lines | Should -Contain written
        Test-Path $source/made | Should -BeTrue
    }
    It 'says what is wrong with its inputs' {
        $none = Invoke-Step $Service @{}
        $none.Status | Should -Be 1
        $none.Lines -match 'There is no script' | Should -Not -BeNullOrEmpty
        (Invoke-Step $Service @{ script = 'true'; memory = 'lots' }).Status | Should -Be 1
    }
    It 'does not show the environment of the agent' {
        $env:SYSTEM_ACCESSTOKEN = 'secret-token'
        try { (Invoke-Step $Service @{ script = 'env' }).Lines -match 'secret-token' | Should -BeNullOrEmpty }
        finally { $env:SYSTEM_ACCESSTOKEN = $null }
    }
}

Describe 'Definitions' {
    It 'gives every input of the task to the script' {
        $task = Get-Content $folder/task.json -Raw | ConvertFrom-Json
        $text = Get-Content $folder/Invoke-SandboxStep.ps1 -Raw
        foreach ($name in $task.inputs.name) { $text | Should -Match "Get-StepInput $($name.ToUpperInvariant())\b" }
        $task.execution.Node20_1.target | Should -Be index.js
        # An agent makes the folder of the sources of a filePath that is not given.
        $task.inputs.type | Should -Not -Contain filePath
    }
    It 'gives every input of the action by environment, and none by text' {
        $action = Get-Content $folder/action.yml -Raw
        $task = Get-Content $folder/task.json -Raw | ConvertFrom-Json
        foreach ($name in $task.inputs.name) { $action | Should -Match "(?m)^        INPUT_$($name.ToUpperInvariant()): \`$\{\{ inputs\.[a-z-]+ \}\}$" }
        ($action -split "(?m)^      run:")[1] | Should -Not -Match '\$\{\{'
    }
    It 'runs as Azure DevOps starts it' {
        $node = Get-Command node -CommandType Application -ErrorAction Ignore | Select-Object -First 1
        if (-not $node) { Set-ItResult -Skipped -Because 'there is no node'; return }
        $run = Start-Step AzureDevOps @{ script = 'echo "from $((6 * 7))"' } -Start $node.Source, "$folder/index.js"
        $run.Status | Should -Be 0
        $run.Lines | Should -Contain 'from 42'
        $run.Lines[-1] | Should -Be '##vso[task.complete result=Succeeded;]'
    }
}
