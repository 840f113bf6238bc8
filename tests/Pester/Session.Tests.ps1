# The module in sessions of its own: import, exit, language mode, real terminals.
BeforeDiscovery { $noTmux = -not (Get-Command tmux -CommandType Application -ErrorAction Ignore) }
BeforeAll {
    Set-StrictMode -Version Latest
    $script:pwsh = [Environment]::ProcessPath
    function script:Invoke-Session([string] $Script) {
        $file = Join-Path $TestDrive "$([guid]::NewGuid().ToString('N')).ps1"
        Set-Content $file $Script
        $lines = & $pwsh -NoProfile -NonInteractive -File $file
        $script:status = $LASTEXITCODE
        $lines
    }
}

Describe 'Import' {
    # One session; what it met is looked at one by one.
    BeforeAll {
        $script:met = Invoke-Session '$met = @{}
            $loaded = { [AppDomain]::CurrentDomain.GetAssemblies().ForEach({ $_.GetName().Name }) -contains "PSSandbox.Engine" }
            $variables = (Get-Variable).Name
            Import-Module $env:PSSANDBOX_MODULE -WarningVariable warnings 3>$null
            $met.Variables = @((Get-Variable).Name | Where-Object { $_ -notin $variables -and $_ -notin "variables", "warnings" })
            $met.Warnings = @($warnings)
            $met.Others = @(Get-Command -Module PSSandbox | Where-Object CommandType -NE Cmdlet)
            $met.Drives = @((Get-PSDrive -PSProvider Sandbox).Name)
            $met.Before = & $loaded
            $null = Get-Sandbox
            $met.After = & $loaded
            $old = New-Sandbox old; $process = Start-SandboxProcess sleep 600 -Sandbox old
            Import-Module $env:PSSANDBOX_MODULE -Force
            $met.Old = "$($old.Status) $($process.HasExited) $(@(Get-Sandbox).Count)"
            $met.New = "$((New-Sandbox old).Status)", (Invoke-SandboxShell "echo again" -Sandbox old -OutputAs Line)
            Remove-Module PSSandbox
            $met.Left = @(Get-PSDrive Sandbox -ErrorAction Ignore).Count + @(Get-Command -Module PSSandbox).Count
            ConvertTo-Json $met -Compress' | ConvertFrom-Json
    }
    It 'does no work: the engine is not even loaded' { $met.Before, $met.After | Should -Be False, True }
    It 'adds cmdlets, the drive and nothing else' {
        $met.Others | Should -BeNullOrEmpty
        $met.Variables | Should -BeNullOrEmpty
        $met.Drives | Should -Be Sandbox
    }
    It 'has no warning about its names' { $met.Warnings | Should -BeNullOrEmpty }
    It 'works again with -Force, and ends what there was' {
        $met.Old | Should -Be 'Destroyed True 0'
        $met.New | Should -Be Running, again
    }
    It 'takes the drive and the cmdlets away with the module' { $met.Left | Should -Be 0 }
}

Describe 'Exit' {
    It 'ends what runs in sandboxes' {
        Invoke-Session 'Import-Module $env:PSSANDBOX_MODULE; $null = New-Sandbox a, b
            foreach ($n in 1..5) { $null = Get-Sandbox | Start-SandboxProcess -Script "trap : TERM HUP INT; while :; do :; done" }
            "running"; exit 5' | Should -Be running
        $status | Should -Be 5
    }
    It 'ends with a script that fails' {
        $null = Invoke-Session 'Import-Module $env:PSSANDBOX_MODULE; $null = New-Sandbox a; $null = Start-SandboxProcess sleep 600 -Sandbox a; throw "no"' 2>$null
        $status | Should -Be 1
    }
}

Describe 'Language and culture' {
    It 'works in constrained language mode from the beginning' {
        Invoke-Session '$ExecutionContext.SessionState.LanguageMode = "ConstrainedLanguage"; Import-Module $env:PSSANDBOX_MODULE
            $null = New-Sandbox box -Memory "64 MiB" -Label @{ a = 1 }
            "x" | Set-Content Sandbox:/box/root/f; Get-Content Sandbox:/box/root/f
            (Invoke-SandboxShell "cat f" -Sandbox box).Stdout.Trim(); (Get-SandboxStats box).Sandbox
            (Get-Sandbox box | Out-String) -match "64 MiB"' | Should -Be x, x, box, True
    }
    It 'writes numbers for scripts the same in every culture' {
        $lines = Invoke-Session 'foreach ($name in "de-DE", "tr-TR", "ar-SA") {
            [cultureinfo]::CurrentCulture = $name; Import-Module $env:PSSANDBOX_MODULE -Force
            1.5, 1000 | Invoke-SandboxShell "cat; echo `$A" -Environment @{ A = 2.5 } -OutputAs Line
            (New-Sandbox -Memory "1.5 GiB" -CpuTime 0.5).Options.Limits.MemoryBytes; [cultureinfo]::CurrentCulture.Name }'
        $lines | Should -Be ('de-DE', 'tr-TR', 'ar-SA' | ForEach-Object { 1.5, 1000, 2.5, 1610612736, $_ })
    }
    It 'runs in thread jobs and in background jobs' {
        Invoke-Session 'Import-Module $env:PSSANDBOX_MODULE; $null = New-Sandbox shared
            1..4 | ForEach-Object { Start-ThreadJob { Import-Module $env:PSSANDBOX_MODULE; Invoke-SandboxShell "echo $using:_ >> log; echo $using:_" -Sandbox shared -OutputAs Line } } | Wait-Job | Receive-Job | Sort-Object
            @(Get-Content Sandbox:/shared/root/log).Count' | Should -Be 1, 2, 3, 4, 4
    }
}

Describe 'Views' {
    BeforeAll {
        Import-Module $env:PSSANDBOX_MODULE -Force
        $null = New-Sandbox shown -Label @{ a = 'b' } -Environment @{ c = 'd' } -Mount "${TestDrive}:/m"
        $process = Start-SandboxProcess sleep 600 -Sandbox shown
        $result = Invoke-SandboxShell 'echo out; head -c 100M /dev/zero > /tmp/f; sleep 9' -Sandbox shown -TimeoutSec 0.5
        $script:objects = @{
            Sandbox = Get-Sandbox shown; SandboxOptions = (Get-Sandbox shown).Options; SandboxLimits = (Get-Sandbox shown).Options.Limits
            SandboxMount = (Get-Sandbox shown).Options.Mounts; SandboxResult = $result; SandboxResourceUsage = $result.ResourceUsage
            Violation = $result.Violations; SandboxStatistics = Get-SandboxStats shown; SandboxProcess = $process
            SandboxProcessInfo = Get-SandboxProcess shown; SandboxItem = Get-ChildItem Sandbox:/shown/etc; SandboxRuntimeInfo = Get-SandboxRuntime
        }
    }
    AfterAll { Get-Sandbox | Remove-Sandbox }
    It 'shows what went wrong, also in a table' { Invoke-SandboxShell 'echo out; nowhere' | Format-Table | Out-String | Should -Match '127 .* out' }
    It 'shows a violation as its sentence' { "$($objects.Violation[0])" | Should -Match '^\w+: the .* reached$' }
    It 'shows <_> as table, list, wide and by Select-Object' -ForEach Sandbox, SandboxOptions, SandboxLimits, SandboxMount, SandboxResult, SandboxResourceUsage, Violation, SandboxStatistics, SandboxProcess, SandboxProcessInfo, SandboxItem, SandboxRuntimeInfo {
        $object = $objects[$_]
        @($object).Count | Should -BeGreaterThan 0
        @($object)[0].GetType().Name | Should -Be $_
        $Error.Clear()
        foreach ($format in 'Format-Table', 'Format-List', 'Format-Wide') {
            ($object | & $format | Out-String -Width 120).Trim() | Should -Not -BeNullOrEmpty -Because $format
        }
        ($object | Out-String -Width 60).Trim() | Should -Not -BeNullOrEmpty
        @($Error).Count | Should -Be 0 -Because "$Error"
    }
}

Describe 'A real terminal' -Skip:$noTmux {
    BeforeAll {
        $script:server = "pssandbox-$([guid]::NewGuid().ToString('N').Substring(0, 8))"
        function script:Send-Key { tmux -L $server send-keys -t main @args }
        function script:Get-Screen { (tmux -L $server capture-pane -t main -p) -join "`n" }
        function script:Wait-Screen([string] $Pattern) {
            for ($i = 0; $i -lt 600; $i++) {
                $screen = Get-Screen
                if ($screen -match $Pattern) { return $screen }
                Start-Sleep -Milliseconds 100
            }
            throw "'$Pattern' does not come; the screen:`n$screen"
        }
        $profile1 = Join-Path $TestDrive session.ps1
        Set-Content $profile1 'Import-Module $env:PSSANDBOX_MODULE; Remove-Module PSReadLine -ErrorAction Ignore; function prompt { "PS> " }; $null = New-Sandbox box -Hostname box'
        tmux -L $server -f /dev/null new-session -d -s main -x 100 -y 30 "env TERM=screen-256color PSSANDBOX_MODULE='$env:PSSANDBOX_MODULE' '$pwsh' -NoLogo -NoProfile -NoExit -File '$profile1'"
        $null = Wait-Screen 'PS>'
    }
    AfterAll { tmux -L $server kill-server 2>$null }
    BeforeEach { Send-Key 'Clear-Host' Enter; $null = Wait-Screen '^\s*PS>\s*$' }

    It 'Ctrl+C ends a run, and gives what there is' {
        Send-Key 'Invoke-SandboxShell "echo be""gun""; sleep 600" -Sandbox box -OutputAs Line -ResultVariable after' Enter
        $null = Wait-Screen '(?m)^begun$'
        Send-Key C-c
        Send-Key 'while (@(Get-SandboxProcess box).Count) { Start-Sleep -Milliseconds 20 }; "[$($after.Canceled) $($after.ExitCode) none]"' Enter
        $null = Wait-Screen '\[True 137 none\]'
    }
    It 'Ctrl+C ends a wait, not the process' {
        Send-Key '$p = Start-SandboxProcess -Script "echo up; sleep 600" -Sandbox box; $p | Receive-SandboxProcess -Follow' Enter
        $null = Wait-Screen '(?m)^up$'
        Send-Key C-c
        Send-Key '"[$($p.HasExited)]"; Stop-SandboxProcess $p -Force' Enter
        $null = Wait-Screen '\[False\]'
    }
    It 'Enter-Sandbox has a prompt, history, completion and Ctrl+C for the foreground' {
        Send-Key 'Enter-Sandbox box' Enter
        $null = Wait-Screen 'root@box:~#\s*$'
        Send-Key 'echo $((6 * 7)) > answer.txt; tty; stty size' Enter
        $null = Wait-Screen '(?m)^30 100$'
        Send-Key 'cat ans' Tab Enter
        $null = Wait-Screen '(?m)^42$'
        Send-Key 'sh -c "echo begun; exec sleep 600"' Enter
        $null = Wait-Screen '(?m)^begun$'
        Send-Key C-c
        Send-Key 'echo "status $?"' Enter
        $null = Wait-Screen 'status 130'
        Send-Key C-r 'answer.t'
        $null = Wait-Screen 'echo \$\(\(6 \* 7\)\) > answer\.txt'
        Send-Key C-c
        Send-Key 'exit 7' Enter
        $null = Wait-Screen 'PS>\s*$'
        Send-Key '"[$LASTEXITCODE $(Get-Content Sandbox:/box/root/answer.txt)]"' Enter
        $null = Wait-Screen '\[7 42\]'
    }
    It 'Enter-Sandbox follows the size of the window, suspends, and runs vi' {
        Send-Key 'Enter-Sandbox box' Enter
        $null = Wait-Screen 'root@box:~#\s*$'
        tmux -L $server resize-window -t main -x 90 -y 25
        Send-Key 'until [ "$(stty size)" = "25 90" ]; do sleep 0.1; done; stty size' Enter
        $null = Wait-Screen '(?m)^25 90$'
        Send-Key 'sh -c "echo begun; exec sleep 600"' Enter
        $null = Wait-Screen '(?m)^begun$'
        Send-Key C-z
        $null = Wait-Screen 'Stopped'
        Send-Key 'kill %1; fg' Enter
        Send-Key 'vi note' Enter
        $null = Wait-Screen '(?m)^~$'
        Send-Key i 'written in vi' Escape
        $null = Wait-Screen '(?m)^- note'
        Send-Key ':wq' Enter
        $null = Wait-Screen '#\s*$'
        Send-Key 'clear; cat note' Enter
        $null = Wait-Screen '(?m)^written in vi\n[^\n]*#\s*$'
        Send-Key C-d
        $null = Wait-Screen 'PS>\s*$'
    }
}
