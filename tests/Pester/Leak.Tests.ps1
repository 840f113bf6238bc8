# What many sandboxes leave behind in the session. Measured in a process of its own, so that no other test's memory counts.
Describe 'Leaks' {
    It 'leaves no handles, threads or memory after 500 sandboxes made, used and removed' {
        $script = {
            param($module)
            $ErrorActionPreference = 'Stop'
            Import-Module $module
            function Use([int] $count) {
                foreach ($i in 1..$count) {
                    $name = "box-$i"
                    $null = New-Sandbox $name
                    Set-Content "Sandbox:/$name/root/in" ('x' * 1000)
                    $sum = Invoke-SandboxShell 'cat in | wc -c; head -c 100000 /dev/zero > /tmp/big' -Sandbox $name -OutputAs Line
                    if ($sum -ne 1001) { throw "wrong: $sum" }
                    $process = Start-SandboxProcess cat -Sandbox $name
                    'line' | Send-SandboxProcess $process -Complete
                    if (($process | Receive-SandboxProcess -Follow) -ne 'line') { throw 'not received' }
                    Remove-Sandbox $name
                }
            }
            function Measure-Session {
                for ($i = 0; $i -lt 5; $i++) { [GC]::Collect(); [GC]::WaitForPendingFinalizers() }
                $self = [Diagnostics.Process]::GetCurrentProcess()
                [pscustomobject]@{
                    Handles = $IsLinux ? (Get-ChildItem /proc/self/fd).Count : $self.HandleCount
                    Threads = $self.Threads.Count
                    Memory = [GC]::GetTotalMemory($true)
                    Sandboxes = @(Get-Sandbox).Count
                }
            }
            Use 100
            $before = Measure-Session
            Use 500
            # Threads of the pool that have nothing to do end by themselves.
            for ($i = 0; $i -lt 60 -and ($after = Measure-Session).Threads -gt $before.Threads; $i++) { Start-Sleep -Milliseconds 500 }
            @{ Before = $before; After = Measure-Session } | ConvertTo-Json
        }
        $file = Join-Path $TestDrive leak.ps1
        Set-Content $file $script
        $pwsh = [Environment]::ProcessPath
        $result = & $pwsh -NoProfile -NonInteractive -File $file $env:PSSANDBOX_MODULE | Out-String | ConvertFrom-Json
        $because = $result | ConvertTo-Json -Compress
        $result.After.Sandboxes | Should -Be 0
        $result.After.Handles | Should -BeLessOrEqual ([Math]::Max($result.Before.Handles * 1.1, $result.Before.Handles + 3)) -Because $because
        $result.After.Threads | Should -BeLessOrEqual ([Math]::Max($result.Before.Threads * 1.1, $result.Before.Threads + 2)) -Because $because
        $result.After.Memory | Should -BeLessOrEqual ($result.Before.Memory * 1.1) -Because $because
        Write-Host "    $because"
    }
    It 'serves 20 parallel runspaces, and leaves no sandbox' {
        Import-Module $env:PSSANDBOX_MODULE
        $results = 1..20 | ForEach-Object -ThrottleLimit 20 -Parallel {
            Import-Module $env:PSSANDBOX_MODULE
            $name = "parallel-$_"
            $null = New-Sandbox $name
            foreach ($round in 1..5) {
                $sum = 1..50 | Invoke-SandboxShell 'awk "{ s += \$1 } END { print s }" | tee -a log' -Sandbox $name -OutputAs Line
                if ($sum -ne 1275) { "wrong: $sum" }
            }
            (Get-Content "Sandbox:/$name/root/log").Count
            Remove-Sandbox $name
        }
        $results | Should -Be (@(5) * 20)
        Get-Sandbox | Should -BeNullOrEmpty
    }
}
