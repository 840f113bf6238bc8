BeforeAll {
    Import-Module $env:PSSANDBOX_MODULE -Force
    Set-StrictMode -Version Latest
}
AfterAll { Get-Sandbox | Remove-Sandbox }

Describe 'The module' {
    It 'has a valid manifest' { (Test-ModuleManifest (Join-Path $env:PSSANDBOX_MODULE PSSandbox.psd1)).CompatiblePSEditions | Should -Be Core }
    It 'brings the licences of what it holds' {
        foreach ($file in 'LICENSE', 'THIRD-PARTY-NOTICES.md', 'userland/COPYING.busybox') { Join-Path $env:PSSANDBOX_MODULE $file | Should -Exist }
        $native = @(Get-ChildItem -Path "$env:PSSANDBOX_MODULE/runtimes/*/native/*wasmtime.*" -ErrorAction Ignore).Count -gt 0
        Test-Path "$env:PSSANDBOX_MODULE/runtimes/LICENSE.wasmtime" | Should -Be $native
    }
    It 'loads the engine in a context of its own' {
        $null = Get-SandboxRuntime
        $engine = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'PSSandbox.Engine' }
        @($engine).Count | Should -Be 1
        [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($engine).Name | Should -Be PSSandbox
    }
    It 'ends sandboxes when it is removed, and comes again' {
        $sandbox = New-Sandbox short
        Remove-Module PSSandbox
        $sandbox.Status | Should -Be Destroyed
        Import-Module $env:PSSANDBOX_MODULE -Force
        Get-Sandbox | Should -BeNullOrEmpty
        Invoke-SandboxShell 'echo again' -OutputAs Line | Should -Be again
    }
    It 'uses approved verbs and singular nouns' {
        foreach ($command in Get-Command -Module PSSandbox) {
            $command.Verb | Should -BeIn (Get-Verb).Verb
        }
    }
    It 'says what each cmdlet gives' {
        foreach ($command in Get-Command -Module PSSandbox) { $command.OutputType | Should -Not -BeNullOrEmpty -Because $command.Name }
    }
    It 'supports -WhatIf where state changes' {
        foreach ($command in Get-Command -Module PSSandbox -Verb New, Remove, Copy, Suspend, Resume, Stop, Send) {
            $command.Parameters.Keys | Should -Contain WhatIf -Because $command.Name
        }
    }
    It 'has a table view for the type <_>' -ForEach 'Sandbox', 'SandboxResult', 'SandboxStatistics', 'SandboxProcessInfo', 'SandboxItem', 'SandboxRuntimeInfo' {
        (Get-FormatData "PSSandbox.Sandboxes.$_").FormatViewDefinition.Control | ForEach-Object { $_.GetType().Name } | Should -Contain TableControl
    }
    It 'writes units in views' {
        $null = New-Sandbox shown -Memory 64MB
        Get-Sandbox shown | Out-String | Should -Match '64 MiB'
        Remove-Sandbox shown
    }
    It 'completes names of sandboxes' {
        $null = New-Sandbox completes
        (TabExpansion2 'Get-Sandbox comp' -cursorColumn 16).CompletionMatches.CompletionText | Should -Be completes
        (TabExpansion2 'Remove-Sandbox -Sandbox c' -cursorColumn 25).CompletionMatches.CompletionText | Should -Be completes
        Remove-Sandbox completes
    }
    It 'completes commands' {
        (TabExpansion2 'Invoke-SandboxCommand sha256' -cursorColumn 28).CompletionMatches.CompletionText | Should -Contain sha256sum
    }
    It 'completes paths inside' {
        $null = New-Sandbox paths
        $line = 'Invoke-SandboxShell pwd -Sandbox paths -WorkingDirectory /us'
        (TabExpansion2 $line -cursorColumn $line.Length).CompletionMatches.CompletionText | Should -Be '/usr/'
        Remove-Sandbox paths
    }
    It 'works in constrained language mode' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('Import-Module $env:PSSANDBOX_MODULE; $ExecutionContext.SessionState.LanguageMode = "ConstrainedLanguage"; $null = New-Sandbox constrained -Memory 64MiB -CpuTime 5s; Invoke-SandboxShell "echo [1,2]" -Sandbox constrained -OutputAs Json; Remove-Sandbox constrained').Invoke() | Should -Be 1, 2
            $shell.Streams.Error | Should -BeNullOrEmpty
        }
        finally { $shell.Dispose() }
    }
    It 'is used from 20 runspaces at once' {
        1..20 | ForEach-Object -ThrottleLimit 20 -Parallel {
            Import-Module $env:PSSANDBOX_MODULE
            $name = "par-$_"
            $null = New-Sandbox $name
            $_ | Invoke-SandboxShell 'read n; echo $((n * 2)) | cat' -Sandbox $name -OutputAs Line
            Remove-Sandbox $name
        } | Sort-Object { [int]$_ } | Should -Be @(1..20 | ForEach-Object { "$($_ * 2)" })
        Get-Sandbox | Should -BeNullOrEmpty
    }
    It 'leaves culture, encoding and location alone' {
        $before = [cultureinfo]::CurrentCulture.Name, [Console]::OutputEncoding.WebName, "$PWD"
        $null = Invoke-SandboxShell 'cd /tmp; echo x'
        [cultureinfo]::CurrentCulture.Name, [Console]::OutputEncoding.WebName, "$PWD" | Should -Be $before
    }
    It 'makes and removes 500 sandboxes' {
        $names = 1..500 | ForEach-Object { (New-Sandbox).Name }
        ($names | Select-Object -Unique).Count | Should -Be 500
        (Invoke-SandboxShell 'echo $((1 + 1))' -Sandbox $names[499] -OutputAs Line) | Should -Be 2
        Get-Sandbox | Remove-Sandbox
        Get-Sandbox | Should -BeNullOrEmpty
    }
}
