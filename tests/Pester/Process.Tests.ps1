BeforeAll {
    Import-Module $env:PSSANDBOX_MODULE -Force
    Set-StrictMode -Version Latest
    $script:box = New-Sandbox box
}
AfterAll { Get-Sandbox | Remove-Sandbox }

Describe 'Start-SandboxProcess' {
    It 'returns at once' {
        $process = Start-SandboxProcess sleep 60 -Sandbox box
        $process | Should -BeOfType PSSandbox.Sandboxes.SandboxProcess
        $process.HasExited | Should -BeFalse
        $process.ExitCode | Should -BeNullOrEmpty
        $process.CommandLine | Should -Be 'sleep 60'
        $process.Sandbox | Should -Be box
        Stop-SandboxProcess $process -Force
    }
    It 'starts a script with arguments' {
        (Start-SandboxProcess -Script 'exit $1' -ArgumentList 6 -Sandbox box | Wait-SandboxProcess).ExitCode | Should -Be 6
    }
    It 'starts one in each sandbox of the pipeline' {
        $null = New-Sandbox each-1, each-2
        $processes = Get-Sandbox each-* | Start-SandboxProcess hostname
        $processes.Sandbox | Should -Be each-1, each-2
        ($processes | Wait-SandboxProcess).Success | Should -Be $true, $true
        Remove-Sandbox each-*
    }
    It 'ends at its time' {
        $result = Start-SandboxProcess sleep 60 -Sandbox box -TimeoutSec 0.1 | Wait-SandboxProcess
        $result.TimedOut | Should -BeTrue
        $result.ExitCode | Should -Be 124
    }
    It 'sets environment and folder' {
        $process = Start-SandboxProcess -Script 'echo $A; pwd' -Sandbox box -Environment @{ A = 'b' } -WorkingDirectory /tmp
        $process | Receive-SandboxProcess -Follow | Should -Be b, /tmp
    }
    It 'gives an empty input with -NoInput' { (Start-SandboxProcess cat -Sandbox box -NoInput | Wait-SandboxProcess -TimeoutSec 60).ExitCode | Should -Be 0 }
    It 'changes nothing with -WhatIf' { Start-SandboxProcess sleep 60 -Sandbox box -WhatIf | Should -BeNullOrEmpty }
    It 'says that a sandbox is not there' { { Start-SandboxProcess true -Sandbox nobody -ErrorAction Stop } | Should -Throw -ErrorId 'SandboxNotFound,*' }
}

Describe 'Get-SandboxProcess' {
    # A sandbox of its own: what others have killed may still be in the table of theirs.
    BeforeAll {
        $null = New-Sandbox table
        $script:process = Start-SandboxProcess -Script 'sleep 600 & wait' -Sandbox table
    }
    AfterAll { Remove-Sandbox table }

    It 'shows the table with parents' {
        for ($i = 0; $i -lt 3000 -and (Get-SandboxProcess table -Name sleep | ForEach-Object State) -notin 'Running', 'Sleeping'; $i++) { Start-Sleep -Milliseconds 20 }
        $sleep = Get-SandboxProcess table -Name sleep
        $sleep.ParentId | Should -Be $process.Id
        $sleep.CommandLine | Should -Be 'sleep 600'
        $sleep.State | Should -BeIn Running, Sleeping
        $sleep.Sandbox | Should -Be table
    }
    It 'finds by id' { (Get-SandboxProcess table -Id $process.Id).Id | Should -Be $process.Id }
    It 'takes sandboxes from the pipeline' { (Get-Sandbox tab* | Get-SandboxProcess).Id | Should -Contain $process.Id }
    It 'shows units in its view' { Get-SandboxProcess table | Out-String | Should -Match '\d s' }
    It 'gives nothing where nothing runs' {
        $null = New-Sandbox idle
        Get-SandboxProcess idle | Should -BeNullOrEmpty
        Remove-Sandbox idle
    }
}

Describe 'Wait-SandboxProcess' {
    It 'gives the result' {
        $result = Start-SandboxProcess echo hello -Sandbox box | Wait-SandboxProcess
        $result.Stdout | Should -Be "hello`n"
        $result.Success | Should -BeTrue
    }
    It 'takes sandbox and id' {
        $process = Start-SandboxProcess -Script 'exit 3' -Sandbox box
        (Wait-SandboxProcess -Sandbox box -Id $process.Id).ExitCode | Should -Be 3
    }
    It 'gives the result again' {
        $process = Start-SandboxProcess true -Sandbox box
        ($process, $process | Wait-SandboxProcess).ExitCode | Should -Be 0, 0
    }
    It 'tells when the time is over' {
        $process = Start-SandboxProcess sleep 60 -Sandbox box
        { $process | Wait-SandboxProcess -TimeoutSec 0.05 -ErrorAction Stop } | Should -Throw -ErrorId 'SandboxProcessTimeout,*'
        $process.HasExited | Should -BeFalse
        Stop-SandboxProcess $process -Force
    }
    It 'says that a process is not there' { { Wait-SandboxProcess -Sandbox box -Id 99999 -ErrorAction Stop } | Should -Throw -ErrorId 'ProcessNotFound,*' }
}

Describe 'Stop-SandboxProcess' {
    It 'sends TERM' {
        $process = Start-SandboxProcess sleep 60 -Sandbox box
        Stop-SandboxProcess $process
        ($process | Wait-SandboxProcess -TimeoutSec 60).ExitCode | Should -Be 143
    }
    It 'sends the signal <Signal>' -ForEach @{ Signal = 'INT'; Status = 130 }, @{ Signal = 'SIGHUP'; Status = 129 }, @{ Signal = '9'; Status = 137 } {
        $process = Start-SandboxProcess sleep 60 -Sandbox box
        $process | Stop-SandboxProcess -Signal $Signal
        ($process | Wait-SandboxProcess -TimeoutSec 60).ExitCode | Should -Be $Status
    }
    It 'sends KILL with -Force' {
        $process = Start-SandboxProcess -Script 'trap "" TERM; while :; do :; done' -Sandbox box
        Stop-SandboxProcess $process -Force
        ($process | Wait-SandboxProcess -TimeoutSec 60).ExitCode | Should -Be 137
    }
    It 'takes lines of the table' {
        $process = Start-SandboxProcess sleep 60 -Sandbox box
        Get-SandboxProcess box -Id $process.Id | Stop-SandboxProcess
        ($process | Wait-SandboxProcess -TimeoutSec 60).ExitCode | Should -Be 143
    }
    It 'takes lines of the table as an argument, also of what other processes started' {
        $null = New-Sandbox listed
        $process = Start-SandboxProcess -Script 'sleep 600 & wait' -Sandbox listed
        for ($i = 0; $i -lt 3000 -and -not (Get-SandboxProcess listed -Name sleep); $i++) { Start-Sleep -Milliseconds 20 }
        $listed = Get-SandboxProcess listed -Name sleep
        Stop-SandboxProcess $listed -Signal KILL
        ($process | Wait-SandboxProcess -TimeoutSec 60).ExitCode | Should -Be 0
        { $listed | Stop-SandboxProcess -ErrorAction Stop } | Should -Not -Throw -Because 'what has ended since is left alone'
        Remove-Sandbox listed
    }
    It 'leaves one that has ended alone' {
        $process = Start-SandboxProcess true -Sandbox box
        $null = $process | Wait-SandboxProcess
        { Stop-SandboxProcess $process -ErrorAction Stop } | Should -Not -Throw
    }
    It 'refuses an unknown signal' { { Stop-SandboxProcess -Sandbox box -Id 2 -Signal LOUD -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidOption,*' }
    It 'says that a process is not there' { { Stop-SandboxProcess -Sandbox box -Id 99999 -ErrorAction Stop } | Should -Throw -ErrorId 'ProcessNotFound,*' }
    It 'changes nothing with -WhatIf' {
        $process = Start-SandboxProcess sleep 60 -Sandbox box
        Stop-SandboxProcess $process -WhatIf
        Get-SandboxProcess box -Id $process.Id | Stop-SandboxProcess -WhatIf
        Stop-SandboxProcess -Sandbox box -Id $process.Id -WhatIf
        $process.HasExited | Should -BeFalse
        Stop-SandboxProcess $process -Force
    }
    It 'completes signals' {
        (TabExpansion2 'Stop-SandboxProcess -Signal HU' -cursorColumn 30).CompletionMatches.CompletionText | Should -Be HUP
    }
}

Describe 'Receive-SandboxProcess and Send-SandboxProcess' {
    It 'gives what there is so far' {
        $process = Start-SandboxProcess -Script 'echo one; echo two; sleep 60' -Sandbox box
        for ($i = 0; $i -lt 3000 -and @(Receive-SandboxProcess $process).Count -lt 2; $i++) { Start-Sleep -Milliseconds 20 }
        Receive-SandboxProcess $process | Should -Be one, two
        Stop-SandboxProcess $process -Force
    }
    It 'follows to the end, for each listener' {
        $process = Start-SandboxProcess -Script 'for i in 1 2 3; do echo $i; sleep 0.05; done' -Sandbox box
        $jobs = 1..3 | ForEach-Object { Start-ThreadJob { Import-Module $env:PSSANDBOX_MODULE; Receive-SandboxProcess $using:process -Follow } }
        $jobs | ForEach-Object { ($_ | Wait-Job -Timeout 120 | Receive-Job) -join ',' | Should -Be '1,2,3' }
        $jobs | Remove-Job -Force
    }
    It 'loses nothing for a slow listener beside a quick one' {
        $process = Start-SandboxProcess -Script 'for i in $(seq 200); do echo "line $i"; done' -Sandbox box
        $jobs = 0, 5 | ForEach-Object {
            Start-ThreadJob { Import-Module $env:PSSANDBOX_MODULE; Receive-SandboxProcess $using:process -Follow | ForEach-Object { Start-Sleep -Milliseconds $using:_; $_ } }
        }
        $expected = @(1..200 | ForEach-Object { "line $_" })
        $jobs | ForEach-Object { $_ | Wait-Job -Timeout 120 | Receive-Job | Should -Be $expected }
        $jobs | Remove-Job -Force
    }
    It 'gives standard error apart, or merged' {
        $process = Start-SandboxProcess -Script 'echo out; echo err >&2' -Sandbox box
        $null = $process | Wait-SandboxProcess
        Receive-SandboxProcess $process -ErrorAs Ignore | Should -Be out
        Receive-SandboxProcess $process -ErrorAs Merge | Should -Be out, err
        $null = Receive-SandboxProcess $process -ErrorVariable problem -ErrorAction SilentlyContinue
        "$problem" | Should -Be err
    }
    It 'tells a listener what it missed' {
        $null = New-Sandbox small -OutputLimit 100KB
        $process = Start-SandboxProcess -Script 'head -c 400000 /dev/zero | tr "\0" x' -Sandbox small
        $null = $process | Wait-SandboxProcess
        $null = Receive-SandboxProcess $process -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Match '^\d+ bytes are missing'
        Remove-Sandbox small
    }
    It 'writes the input of a process' {
        $process = Start-SandboxProcess sort -Sandbox box
        'b', 'a' | Send-SandboxProcess $process
        'c' | Send-SandboxProcess $process -Complete
        Receive-SandboxProcess $process -Follow | Should -Be a, b, c
    }
    It 'writes bytes, and text without a line feed' {
        $process = Start-SandboxProcess cat -Sandbox box
        Send-SandboxProcess $process ([byte[]](65, 66))
        Send-SandboxProcess $process C -NoNewline -Complete
        ($process | Wait-SandboxProcess -TimeoutSec 60).Stdout | Should -Be ABC
    }
    It 'writes each text of an array' {
        $process = Start-SandboxProcess cat -Sandbox box
        Send-SandboxProcess $process one, two -Complete
        Receive-SandboxProcess $process -Follow | Should -Be one, two
    }
    It 'tells that nobody reads' {
        $process = Start-SandboxProcess true -Sandbox box
        $null = $process | Wait-SandboxProcess
        { 'x' | Send-SandboxProcess $process -ErrorAction Stop } | Should -Throw -ErrorId 'ProcessNotFound,*'
    }
    It 'tells that the input is not for writing' {
        $process = Start-SandboxProcess sleep 60 -Sandbox box -NoInput
        { 'x' | Send-SandboxProcess $process -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidOption,*'
        Stop-SandboxProcess $process -Force
    }
}

Describe 'Enter-Sandbox' {
    It 'says that there is no terminal' {
        if (-not [Console]::IsInputRedirected) { Set-ItResult -Skipped -Because 'this session has a terminal'; return }
        { Enter-Sandbox box -ErrorAction Stop } | Should -Throw -ErrorId 'SandboxNoTerminal,*'
    }
}
