BeforeAll {
    Import-Module $env:PSSANDBOX_MODULE -Force
    Set-StrictMode -Version Latest
}
AfterAll { Get-Sandbox | Remove-Sandbox }

Describe 'New-Sandbox' {
    AfterEach { Get-Sandbox | Remove-Sandbox }

    It 'makes a running sandbox with a name made up' {
        $sandbox = New-Sandbox
        $sandbox.Name | Should -Match '^sandbox-\d+$'
        $sandbox.Id | Should -Match '^[0-9a-f]{12}$'
        $sandbox.Status | Should -Be 'Running'
        "$sandbox" | Should -Be $sandbox.Name
    }
    It 'makes one for each name, also from the pipeline' {
        (New-Sandbox a, b).Name | Should -Be a, b
        ('c', 'd' | New-Sandbox).Name | Should -Be c, d
        ([pscustomobject]@{ Name = 'e'; Hostname = 'five' } | New-Sandbox).Options.HostName | Should -Be five
    }
    It 'refuses a name that is taken' {
        $null = New-Sandbox taken
        { New-Sandbox TAKEN -ErrorAction Stop } | Should -Throw -ErrorId 'SandboxExists,PSSandbox.Commands.NewSandboxCommand'
    }
    It 'goes on after an error' {
        $null = New-Sandbox one
        (New-Sandbox one, two -ErrorAction SilentlyContinue).Name | Should -Be two
    }
    It 'refuses the name <_>' -ForEach 'a/b', '*', '-x', 'a b', 'a:b', '..' {
        { New-Sandbox $_ -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidOption,*'
    }
    It 'sets environment, working directory and host name' {
        $sandbox = New-Sandbox env -Environment @{ GREETING = 'grüß'; N = 5 } -WorkingDirectory /work/here -Hostname builder
        Invoke-SandboxShell 'echo "$GREETING $N"; pwd; hostname' -Sandbox $sandbox -OutputAs Line | Should -Be 'grüß 5', '/work/here', 'builder'
    }
    It 'takes memory as <Given>' -ForEach @(
        @{ Given = 64MB; Bytes = 64MB }, @{ Given = '64MB'; Bytes = 64MB }, @{ Given = '64MiB'; Bytes = 64MB }, @{ Given = '1.5g'; Bytes = 1.5GB }, @{ Given = 0; Bytes = 0 }
    ) {
        (New-Sandbox -Memory $Given).Options.Limits.MemoryBytes | Should -Be $Bytes
    }
    It 'refuses the memory <_>' -ForEach 'lots', '-1', '64XB' {
        { New-Sandbox -Memory $_ } | Should -Throw
    }
    It 'takes CPU time as <Given>' -ForEach @(
        @{ Given = 30; Seconds = 30 }, @{ Given = '1m30s'; Seconds = 90 }, @{ Given = '500ms'; Seconds = 0.5 }, @{ Given = [timespan]'00:00:05'; Seconds = 5 }, @{ Given = 0.25; Seconds = 0.25 }
    ) {
        (New-Sandbox -CpuTime $Given).Options.Limits.CpuTime.TotalSeconds | Should -Be $Seconds
    }
    It 'holds processes to the limit' {
        $sandbox = New-Sandbox -ProcessLimit 3
        $result = Invoke-SandboxShell 'for i in 1 2 3 4 5 6; do sleep 5 & done; wait' -Sandbox $sandbox -TimeoutSec 20
        $result.Violations.Kind | Should -Contain 'processes'
    }
    It 'holds files to the limit' {
        $sandbox = New-Sandbox -Storage 1MB
        $result = Invoke-SandboxShell 'head -c 4000000 /dev/zero > /tmp/big' -Sandbox $sandbox
        $result.Success | Should -BeFalse
        $result.Violations.Kind | Should -Contain 'storage'
    }
    It 'mounts a folder read only, read and write, or copy on write' {
        $folder = Join-Path $TestDrive mount
        $null = New-Item -ItemType Directory $folder
        Set-Content "$folder/f" old
        $sandbox = New-Sandbox -Mount "${folder}:/ro", "${folder}:/rw:rw", @{ HostPath = $folder; Path = '/cow'; Access = 'CopyOnWrite' }
        (Invoke-SandboxShell 'echo x > /ro/f' -Sandbox $sandbox).ExitCode | Should -Not -Be 0
        Invoke-SandboxShell 'echo new > /cow/f; cat /cow/f' -Sandbox $sandbox -OutputAs Line | Should -Be new
        Get-Content "$folder/f" | Should -Be old
        $null = Invoke-SandboxShell 'echo written > /rw/f' -Sandbox $sandbox
        Get-Content "$folder/f" | Should -Be written
    }
    It 'mounts a folder relative to the location' {
        $null = New-Item -ItemType Directory (Join-Path $TestDrive relative)
        Push-Location $TestDrive
        try { $sandbox = New-Sandbox -Mount './relative:/r' } finally { Pop-Location }
        Invoke-SandboxShell 'test -d /r' -Sandbox $sandbox | ForEach-Object Success | Should -BeTrue
    }
    It 'refuses a mount of <_>' -ForEach 'nothing', '/tmp', '/tmp:relative' {
        { New-Sandbox -Mount $_ } | Should -Throw
    }
    It 'says that a mounted folder is missing' {
        { New-Sandbox -Mount "$TestDrive/missing:/m" -ErrorAction Stop } | Should -Throw -ErrorId 'MountFailed,*'
    }
    It 'refuses an unknown engine' {
        { New-Sandbox -Engine warp -ErrorAction Stop } | Should -Throw
    }
    It 'runs as the user that is asked for' {
        $sandbox = New-Sandbox -UserId 1000 -GroupId 1000
        Invoke-SandboxShell 'id -u; id -g' -Sandbox $sandbox -OutputAs Line | Should -Be '1000', '1000'
    }
    It 'changes nothing with -WhatIf' {
        New-Sandbox nothing -WhatIf | Should -BeNullOrEmpty
        Get-Sandbox | Should -BeNullOrEmpty
    }
}

Describe 'Get-Sandbox' {
    BeforeAll {
        $script:made = New-Sandbox build-1, build-2 -Label @{ team = 'core'; tier = 'ci' }
        $script:other = New-Sandbox other -Label @{ team = 'docs' }
    }
    AfterAll { Get-Sandbox | Remove-Sandbox }

    It 'gives all, by name' { (Get-Sandbox).Name | Should -Be build-1, build-2, other }
    It 'finds a name whatever its case' { (Get-Sandbox OTHER).Id | Should -Be $other.Id }
    It 'takes wildcards' { (Get-Sandbox 'build-*').Name | Should -Be build-1, build-2 }
    It 'gives nothing for wildcards that match nothing' { Get-Sandbox 'none*' -ErrorAction Stop | Should -BeNullOrEmpty }
    It 'says that a name is not there' {
        { Get-Sandbox nobody -ErrorAction Stop } | Should -Throw -ErrorId 'SandboxNotFound,PSSandbox.Commands.GetSandboxCommand'
        $null = Get-Sandbox nobody -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].CategoryInfo.Category | Should -Be ObjectNotFound
        $problem[0].ErrorDetails.RecommendedAction | Should -Match 'New-Sandbox'
        $problem[0].TargetObject | Should -Be nobody
    }
    It 'finds by id' { (Get-Sandbox -Id $other.Id).Name | Should -Be other }
    It 'finds by the first digits of an id' { (Get-Sandbox -Id $other.Id.Substring(0, 8)).Name | Should -Be other }
    It 'finds by label' { (Get-Sandbox -Label @{ team = 'core' }).Name | Should -Be build-1, build-2 }
    It 'finds by label with wildcards' { (Get-Sandbox -Label @{ team = 'd*' }).Name | Should -Be other }
    It 'needs all labels' { Get-Sandbox -Label @{ team = 'docs'; tier = 'ci' } | Should -BeNullOrEmpty }
    It 'takes names from the pipeline' { ('other', 'build-1' | Get-Sandbox).Name | Should -Be other, build-1 }
    It 'finds by status' {
        Suspend-Sandbox other
        (Get-Sandbox -Status Paused).Name | Should -Be other
        Resume-Sandbox other
    }
}

Describe 'Remove-Sandbox' {
    AfterEach { Get-Sandbox | Remove-Sandbox }

    It 'removes by <_>' -ForEach 'name', 'object', 'pipeline', 'pattern', 'id' {
        $sandbox = New-Sandbox gone
        switch ($_) {
            name { Remove-Sandbox gone }
            object { Remove-Sandbox $sandbox }
            pipeline { Get-Sandbox g* | Remove-Sandbox }
            pattern { Remove-Sandbox go* }
            id { Remove-Sandbox $sandbox.Id }
        }
        Get-Sandbox | Should -BeNullOrEmpty
        $sandbox.Status | Should -Be Destroyed
    }
    It 'takes objects with a name' {
        $null = New-Sandbox byname
        [pscustomobject]@{ Name = 'byname' } | Remove-Sandbox
        Get-Sandbox | Should -BeNullOrEmpty
    }
    It 'ends what runs' {
        $sandbox = New-Sandbox busy
        $job = Start-ThreadJob { Import-Module $env:PSSANDBOX_MODULE; Invoke-SandboxShell 'sleep 600' -Sandbox $using:sandbox }
        for ($i = 0; $i -lt 3000 -and $sandbox.GetProcesses().Count -eq 0; $i++) { Start-Sleep -Milliseconds 20 }
        Remove-Sandbox busy
        ($job | Wait-Job -Timeout 120 | Receive-Job -Wait -AutoRemoveJob).Success | Should -BeFalse
    }
    It 'changes nothing with -WhatIf' {
        $null = New-Sandbox stays
        Remove-Sandbox stays -WhatIf
        (Get-Sandbox).Name | Should -Be stays
    }
    It 'says that a name is not there' {
        { Remove-Sandbox nobody -ErrorAction Stop } | Should -Throw -ErrorId 'SandboxNotFound,*'
    }
}

Describe 'Suspend-Sandbox and Resume-Sandbox' {
    BeforeEach { $script:sandbox = New-Sandbox pausing }
    AfterEach { Get-Sandbox | Remove-Sandbox }

    It 'changes the status' {
        (Suspend-Sandbox pausing -PassThru).Status | Should -Be Paused
        (Get-Sandbox pausing | Resume-Sandbox -PassThru).Status | Should -Be Running
    }
    It 'gives nothing without -PassThru' {
        Suspend-Sandbox pausing | Should -BeNullOrEmpty
        Resume-Sandbox pausing | Should -BeNullOrEmpty
    }
    It 'cannot suspend twice' {
        Suspend-Sandbox pausing
        { Suspend-Sandbox pausing -ErrorAction Stop } | Should -Throw -ErrorId 'SandboxNotRunning,*'
    }
    It 'cannot resume what runs' { { Resume-Sandbox pausing -ErrorAction Stop } | Should -Throw -ErrorId 'SandboxNotRunning,*' }
    It 'changes nothing with -WhatIf' {
        Suspend-Sandbox pausing -WhatIf
        $sandbox.Status | Should -Be Running
    }
}

Describe 'Copy-Sandbox' {
    BeforeEach {
        $script:source = New-Sandbox source -Environment @{ KEY = 'value' }
        $null = Invoke-SandboxShell 'echo one > /root/file' -Sandbox source
    }
    AfterEach { Get-Sandbox | Remove-Sandbox }

    It 'copies files and options' {
        (Copy-Sandbox source copy).Name | Should -Be copy
        Invoke-SandboxShell 'cat /root/file; echo $KEY' -Sandbox copy -OutputAs Line | Should -Be one, value
    }
    It 'keeps both apart' {
        $null = Copy-Sandbox source copy
        $null = Invoke-SandboxShell 'echo two > /root/file' -Sandbox copy
        Invoke-SandboxShell 'cat /root/file' -Sandbox source -OutputAs Line | Should -Be one
        $null = Invoke-SandboxShell 'echo three > /root/file' -Sandbox source
        Invoke-SandboxShell 'cat /root/file' -Sandbox copy -OutputAs Line | Should -Be two
    }
    It 'makes several' { (Copy-Sandbox source a, b, c).Name | Should -Be a, b, c }
    It 'makes up a name' { (Get-Sandbox source | Copy-Sandbox).Name | Should -Match '^sandbox-\d+$' }
    It 'refuses a name that is taken' { { Copy-Sandbox source source -ErrorAction Stop } | Should -Throw -ErrorId 'SandboxExists,*' }
    It 'changes nothing with -WhatIf' {
        Copy-Sandbox source copy -WhatIf
        (Get-Sandbox).Name | Should -Be source
    }
}

Describe 'Get-SandboxStats' {
    BeforeAll { $null = New-Sandbox one, two -Memory 128MB }
    AfterAll { Get-Sandbox | Remove-Sandbox }

    It 'tells of all' { (Get-SandboxStats).Sandbox | Should -Be one, two }
    It 'tells of those named' { (Get-SandboxStats one).Sandbox | Should -Be one }
    It 'tells of those of the pipeline' { (Get-Sandbox t* | Get-SandboxStats).Sandbox | Should -Be two }
    It 'has plain numbers' {
        $null = Invoke-SandboxShell 'head -c 100000 /dev/zero > /tmp/f' -Sandbox one
        $stats = Get-SandboxStats one
        $stats.MemoryLimitBytes | Should -Be 128MB
        $stats.StorageBytes | Should -BeGreaterOrEqual 100000
        $stats.CpuTime | Should -BeGreaterThan ([timespan]::Zero)
        $stats.ProcessCount | Should -Be 0
    }
    It 'goes on with -Continuous' {
        (Get-SandboxStats one -Continuous -IntervalSec 0.01 | Select-Object -First 3).Count | Should -Be 3
    }
    It 'says that a name is not there' { { Get-SandboxStats nobody -ErrorAction Stop } | Should -Throw -ErrorId 'SandboxNotFound,*' }
}

Describe 'Get-SandboxRuntime' {
    It 'tells what is used and why' {
        $runtime = Get-SandboxRuntime
        $runtime.AvailableEngines | Should -Contain 'managed'
        $runtime.Engine | Should -BeIn $runtime.AvailableEngines
        $runtime.EngineReason | Should -Not -BeNullOrEmpty
        $runtime.CommandCount | Should -BeGreaterThan 100
        Join-Path $runtime.UserlandPath busybox.wasm | Should -Exist
    }
    It 'tells of the engine that is named' { (Get-SandboxRuntime managed).Engine | Should -Be managed }
    It 'refuses an unknown engine' { { Get-SandboxRuntime warp -ErrorAction Stop } | Should -Throw }
}
