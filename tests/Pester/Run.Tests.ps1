BeforeAll {
    Import-Module $env:PSSANDBOX_MODULE -Force
    Set-StrictMode -Version Latest
}
AfterAll { Get-Sandbox | Remove-Sandbox }

Describe 'Invoke-SandboxShell' {
    It 'runs a pipeline of the shell in a pipeline of PowerShell' {
        1..100 | ForEach-Object { "line $_" } | Invoke-SandboxShell 'grep 7 | sort -r' -OutputAs Line | Select-Object -First 3 |
            Should -Be 'line 97', 'line 87', 'line 79'
    }
    It 'gives one typed result' {
        $result = Invoke-SandboxShell 'echo out; echo err >&2; echo more; exit 3'
        $result | Should -BeOfType PSSandbox.Sandboxes.SandboxResult
        $result.ExitCode | Should -Be 3
        $result.Success | Should -BeFalse
        $result.Stdout | Should -Be "out`nmore`n"
        $result.Stderr | Should -Be "err`n"
        $result.Combined | Should -Be "out`nerr`nmore`n"
        $result.EndTime | Should -BeGreaterOrEqual $result.StartTime
        $result.Duration | Should -BeOfType timespan
        $result.ProcessId | Should -BeGreaterThan 1
        $result.TimedOut | Should -BeFalse
        $result.ResourceUsage.ProcessCount | Should -BeGreaterOrEqual 1
        $result.Sandbox | Should -Match '^sandbox-'
    }
    It 'leaves no sandbox behind' {
        $null = Invoke-SandboxShell true
        Get-Sandbox | Should -BeNullOrEmpty
    }
    It 'sets LASTEXITCODE' {
        $null = Invoke-SandboxShell 'exit 7' -OutputAs Text
        $global:LASTEXITCODE | Should -Be 7
    }
    It 'does not take a status for an error' { { Invoke-SandboxShell false -ErrorAction Stop } | Should -Not -Throw }
    It 'takes it for one with -ErrorOnExitCode' {
        { Invoke-SandboxShell 'exit 4' -ErrorOnExitCode -ErrorAction Stop } | Should -Throw -ErrorId 'SandboxExitCode,PSSandbox.Commands.InvokeSandboxShellCommand'
        $null = Invoke-SandboxShell 'exit 4' -ErrorOnExitCode -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].TargetObject.ExitCode | Should -Be 4
    }
    It 'says why in the error, and what it does in the verbose and debug streams' {
        $null = Invoke-SandboxShell 'sleep 60' -TimeoutSec 0.1 -ErrorOnExitCode -ErrorVariable problem -ErrorAction SilentlyContinue
        "$problem" | Should -Be 'The script ended with status 124 (it ran into its time limit).'
        $null = New-Sandbox told
        $said = Invoke-SandboxCommand true -Sandbox told -OutputAs Line -Verbose -Debug 4>&1 5>&1 | Out-String
        Remove-Sandbox told
        $said | Should -Match "The program 'true' runs in sandbox 'told'\."
        $said | Should -Match "The program 'true' ended with status 0 after"
    }
    It 'tells syntax errors by status 2' { (Invoke-SandboxShell 'if then').ExitCode | Should -Be 2 }
    It 'ends at the time <_>' -ForEach 0.2, '200ms', ([timespan]::FromMilliseconds(200)) {
        $result = Invoke-SandboxShell 'while :; do :; done' -TimeoutSec $_
        $result.ExitCode | Should -Be 124
        $result.TimedOut | Should -BeTrue
        $result.Violations.Kind | Should -Contain time
    }
    It 'keeps what was written before the time was over' {
        # A machine that has much else to do may need more than a second to begin.
        foreach ($seconds in 1, 10, 60) {
            $result = Invoke-SandboxShell 'echo before; while :; do :; done' -TimeoutSec $seconds
            if ($result.Stdout) { break }
        }
        $result.ExitCode | Should -Be 124
        $result.Stdout | Should -Be "before`n"
    }
    It 'refuses the time <_>' -ForEach -1, 'soon', 1e12 { { Invoke-SandboxShell true -TimeoutSec $_ } | Should -Throw }
    It 'sets environment and folder' {
        Invoke-SandboxShell 'echo $A; pwd' -Environment @{ A = 1 } -WorkingDirectory /tmp -OutputAs Line | Should -Be 1, /tmp
    }
    It 'says that the folder is not there' {
        { Invoke-SandboxShell pwd -WorkingDirectory /nowhere -ErrorAction Stop } | Should -Throw -ErrorId 'FileNotFound,*'
    }
    It 'does not show the environment of the host' {
        $env:PSSANDBOX_TEST_SECRET = 'secret'
        Invoke-SandboxShell env -OutputAs Text | Should -Not -Match 'SECRET'
    }
    It 'mounts for one run, also in a sandbox that stays' {
        Set-Content "$TestDrive/f" text
        $sandbox = New-Sandbox
        Invoke-SandboxShell 'cat /m/f' -Sandbox $sandbox -Mount "${TestDrive}:/m" -OutputAs Line | Should -Be text
        (Invoke-SandboxShell 'cat /m/f' -Sandbox $sandbox).Success | Should -BeFalse
        Invoke-SandboxShell 'cat /m/f' -Mount "${TestDrive}:/m" -OutputAs Line | Should -Be text
        Remove-Sandbox $sandbox
    }
    It 'runs in a sandbox by name, and keeps its files' {
        $null = New-Sandbox keeps
        $null = Invoke-SandboxShell 'echo kept > f' -Sandbox keeps
        Invoke-SandboxShell 'cat f' -Sandbox keeps -OutputAs Line | Should -Be kept
        Remove-Sandbox keeps
    }
    It 'runs in each sandbox of the pipeline' {
        $null = New-Sandbox p1, p2
        (Get-Sandbox p? | Invoke-SandboxShell 'echo here').Sandbox | Should -Be p1, p2
        Remove-Sandbox p?
    }
    It 'says that a sandbox is not there' {
        { Invoke-SandboxShell true -Sandbox nobody -ErrorAction Stop } | Should -Throw -ErrorId 'SandboxNotFound,*'
    }
    It 'runs a script file with arguments' {
        Set-Content "$TestDrive/s.sh" 'echo "$0 $# $2"'
        Invoke-SandboxShell -Path "$TestDrive/s.sh" -ArgumentList one, 'two words' -OutputAs Line | Should -Be 's.sh 2 two words'
    }
    It 'gives arguments to a command' { Invoke-SandboxShell 'echo $1-$2' a, b -OutputAs Line | Should -Be a-b }
    It 'says that a script file is not there' {
        { Invoke-SandboxShell -Path "$TestDrive/missing.sh" } | Should -Throw -ErrorId 'FileNotFound,*'
    }
    It 'runs <_>' -ForEach bash, sh, ash, dash { Invoke-SandboxShell 'echo $0' -Shell $_ -OutputAs Line | Should -Be $_ }
}

Describe 'Standard input' {
    It 'takes text as UTF-8' { 'grüße' | Invoke-SandboxShell 'wc -c' -OutputAs Line | Should -Be 8 }
    It 'takes bytes as they are' { , [byte[]](0, 255, 10) | Invoke-SandboxShell 'od -An -tx1' -OutputAs Line | Should -Be ' 00 ff 0a' }
    It 'takes single bytes' { [byte[]](65, 66) | Invoke-SandboxShell cat -OutputAs Text | Should -Be AB }
    It 'takes numbers as text' { 1..3 | Invoke-SandboxShell 'paste -sd+' -OutputAs Line | Should -Be '1+2+3' }
    It 'may be an argument' {
        Invoke-SandboxShell cat -InputObject text -OutputAs Line | Should -Be text
        Invoke-SandboxShell cat -InputObject 1, 'two' -OutputAs Line | Should -Be 1, two
        Invoke-SandboxShell 'wc -c' -InputObject ([byte[]] (1, 2, 3)) -OutputAs Line | Should -Be 3
        Invoke-SandboxCommand wc '-c' -InputObject $null -OutputAs Line | Should -Be 0
    }
    It 'is empty without a pipeline' { Invoke-SandboxShell 'cat; echo end' -OutputAs Line | Should -Be end }
    It 'is empty for an empty pipeline' { @() | Invoke-SandboxShell 'wc -c' -OutputAs Line | Should -Be 0 }
    It 'may be left unread' { 1..20000 | Invoke-SandboxShell 'echo done' -OutputAs Line | Should -Be done }
    It 'may be left unread with a result' { (1..20000 | ForEach-Object { 'x' * 100 } | Invoke-SandboxShell 'read a; exit 5').ExitCode | Should -Be 5 }
    It 'goes through in both directions at once, however much it is' {
        $lines = 1..30000 | Invoke-SandboxShell cat -OutputAs Line
        $lines.Count | Should -Be 30000
        $lines[-1] | Should -Be 30000
    }
    It 'is read while it comes' {
        $seen = [Collections.Generic.List[string]]::new()
        1..3 | ForEach-Object {
            if ($_ -eq 3) { for ($i = 0; $i -lt 200 -and -not $seen.Count; $i++) { Start-Sleep -Milliseconds 10; break } }
            $_
        } | Invoke-SandboxShell 'while read n; do echo "got $n"; done' -OutputAs Line | ForEach-Object { $seen.Add($_) }
        $seen | Should -Be 'got 1', 'got 2', 'got 3'
    }
}

Describe 'Forms of output' {
    It 'Line streams while the script runs' {
        Invoke-SandboxShell 'echo first; sleep 30; echo never' -OutputAs Line | Select-Object -First 1 | Should -Be first
    }
    It 'Line ends an endless script that nobody reads' { (Invoke-SandboxShell yes -OutputAs Line | Select-Object -First 1000).Count | Should -Be 1000 }
    It 'Line keeps empty lines and a last line without an end' { Invoke-SandboxShell 'printf "a\n\nb"' -OutputAs Line | Should -Be a, '', b }
    It 'Line takes CR LF for the end of a line' { Invoke-SandboxShell 'printf "a\r\nb\r\n"' -OutputAs Line | Should -Be a, b }
    It 'Line decodes characters that come in pieces' { Invoke-SandboxShell 'printf "\303"; printf "\274\n"' -OutputAs Line | Should -Be 'ü' }
    It 'Text gives one string' { Invoke-SandboxShell 'printf "a\nb"' -OutputAs Text | Should -Be "a`nb" }
    It 'Byte gives one array' {
        $bytes = Invoke-SandboxShell 'printf "\000\377"' -OutputAs Byte
        , $bytes | Should -BeOfType byte[]
        $bytes | Should -Be 0, 255
    }
    It 'Json gives objects' {
        $objects = Invoke-SandboxShell 'echo "[{\"a\":1},{\"a\":{\"b\":2}}]"' -OutputAs Json
        $objects.Count | Should -Be 2
        $objects[1].a.b | Should -Be 2
    }
    It 'Json reads one object a line' { (Invoke-SandboxShell 'printf "{\"n\":1}\n{\"n\":2}\n"' -OutputAs Json).n | Should -Be 1, 2 }
    It 'Csv gives objects' {
        $rows = Invoke-SandboxShell 'printf "name,size\na,1\n\"b c\",2\n"' -OutputAs Csv
        $rows.name | Should -Be a, 'b c'
        $rows[1].size | Should -Be 2
    }
    It 'Xml gives a document' { (Invoke-SandboxShell 'echo "<r><x>1</x></r>"' -OutputAs Xml).r.x | Should -Be 1 }
    It 'Xml does not look up entities' {
        { Invoke-SandboxShell 'echo "<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><r>&e;</r>"' -OutputAs Xml -ErrorAction Stop } |
            Should -Throw -ErrorId 'SandboxOutputNotXml,*'
    }
    It 'says that output is not <_>' -ForEach Json, Xml {
        { Invoke-SandboxShell 'echo "{<nonsense"' -OutputAs $_ -ErrorAction Stop } | Should -Throw -ErrorId "SandboxOutputNot$_,*"
    }
    It 'gives nothing for empty output as <_>' -ForEach Line, Json, Csv { Invoke-SandboxShell true -OutputAs $_ | Should -BeNullOrEmpty }
}

Describe 'Standard error' {
    It 'goes to the error stream' {
        $lines = Invoke-SandboxShell 'echo out; echo bad >&2' -OutputAs Line -ErrorVariable problem -ErrorAction SilentlyContinue
        $lines | Should -Be out
        $problem[0].ToString() | Should -Be bad
        $problem[0].FullyQualifiedErrorId | Should -Be 'SandboxStandardError,PSSandbox.Commands.InvokeSandboxShellCommand'
        $problem[0].CategoryInfo.Category | Should -Be FromStdErr
    }
    It 'goes to the warning stream' {
        $null = Invoke-SandboxShell 'echo careful >&2' -OutputAs Line -ErrorAs Warning -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -Be careful
    }
    It 'merges in order' { Invoke-SandboxShell 'echo 1; echo 2 >&2; echo 3' -OutputAs Line -ErrorAs Merge | Should -Be 1, 2, 3 }
    It 'merges into a text' { Invoke-SandboxShell 'echo 1; echo 2 >&2' -OutputAs Text -ErrorAs Merge | Should -Be "1`n2`n" }
    It 'may be ignored' {
        $null = Invoke-SandboxShell 'echo 2 >&2' -OutputAs Line -ErrorAs Ignore -ErrorVariable problem
        $problem | Should -BeNullOrEmpty
    }
    It 'stays in a result' {
        $null = Invoke-SandboxShell 'echo 2 >&2' -ErrorVariable problem
        $problem | Should -BeNullOrEmpty
    }
    It 'leaves a result where asked' {
        $null = Invoke-SandboxShell 'echo 2 >&2' -ErrorAs Warning -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Be 2
    }
}

Describe 'Result variable' {
    It 'holds the result beside the lines' {
        $lines = Invoke-SandboxShell 'echo a; exit 9' -OutputAs Line -ResultVariable after
        $lines | Should -Be a
        $after.ExitCode | Should -Be 9
    }
    It 'holds what there is after a stop' {
        $null = New-Sandbox stopped
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('Import-Module $env:PSSANDBOX_MODULE; Invoke-SandboxShell "echo begun; : > up; sleep 600" -Sandbox stopped -ResultVariable global:after').BeginInvoke()
            for ($i = 0; $i -lt 3000 -and -not (Test-Path Sandbox:/stopped/root/up); $i++) { Start-Sleep -Milliseconds 20 }
            $shell.Stop()
            $after = $shell.Runspace.SessionStateProxy.GetVariable('after')
            $after.Canceled | Should -BeTrue
            $after.Stdout | Should -Be "begun`n"
        }
        finally {
            $shell.Dispose()
            Remove-Sandbox stopped
        }
    }
}

Describe 'Invoke-SandboxCommand' {
    It 'runs a program without a shell' { Invoke-SandboxCommand echo '$HOME' '*' -OutputAs Line | Should -Be '$HOME *' }
    It 'takes arguments as an array' { Invoke-SandboxCommand printf '%s|', 'a b', c -OutputAs Text | Should -Be 'a b|c|' }
    It 'takes options of the program' { Invoke-SandboxCommand ls -a / -OutputAs Line | Should -Contain etc }
    It 'takes standard input' { 'b', 'a' | Invoke-SandboxCommand sort -OutputAs Line | Should -Be a, b }
    It 'tells that a program is not there' {
        $result = Invoke-SandboxCommand no-such-program
        $result.ExitCode | Should -Be 127
        $result.Stderr | Should -Match 'no-such-program'
    }
    It 'tells that a file is no program' { (Invoke-SandboxCommand /etc/passwd).ExitCode | Should -Be 126 }
    It 'runs in a sandbox by object' {
        $sandbox = New-Sandbox
        $null = Invoke-SandboxCommand touch /root/made -Sandbox $sandbox
        Invoke-SandboxCommand ls /root -Sandbox $sandbox -OutputAs Line | Should -Be made
        Remove-Sandbox $sandbox
    }
}
