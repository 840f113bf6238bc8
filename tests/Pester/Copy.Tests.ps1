BeforeAll {
    Import-Module $env:PSSANDBOX_MODULE -Force
    Set-StrictMode -Version Latest
    $script:box = New-Sandbox box
    $script:host1 = Join-Path $TestDrive host
    $null = New-Item -ItemType Directory $host1/tree/sub
    Set-Content $host1/one.txt one
    Set-Content $host1/two.txt two
    Set-Content $host1/tree/sub/three.log three
}
AfterAll { Get-Sandbox | Remove-Sandbox }

Describe 'Copy-SandboxItem -ToSandbox' {
    It 'copies a file to a new name' {
        Copy-SandboxItem $host1/one.txt /root/new.txt -ToSandbox box | Should -BeNullOrEmpty
        Get-Content Sandbox:/box/root/new.txt | Should -Be one
    }
    It 'copies a file into a folder that is there' {
        Copy-SandboxItem $host1/one.txt /tmp -ToSandbox $box
        Get-Content Sandbox:/box/tmp/one.txt | Should -Be one
    }
    It 'makes a folder whose name ends with a slash' {
        Copy-SandboxItem $host1/one.txt /made/here/ -ToSandbox box
        Get-Content Sandbox:/box/made/here/one.txt | Should -Be one
    }
    It 'copies to where commands begin without a destination' {
        (Copy-SandboxItem $host1/two.txt -ToSandbox box -PassThru).FullName | Should -Be /root/two.txt
        (Copy-SandboxItem $host1/two.txt below/copy.txt -ToSandbox box -PassThru).FullName | Should -Be /root/below/copy.txt
        Invoke-SandboxShell 'cat two.txt' -Sandbox box -OutputAs Line | Should -Be two
    }
    It 'takes wildcards' {
        Copy-SandboxItem "$host1/*.txt" /wild/ -ToSandbox box
        (Get-ChildItem Sandbox:/box/wild).Name | Should -Be one.txt, two.txt
    }
    It 'takes files of the pipeline' {
        Get-ChildItem $host1 -File | Copy-SandboxItem -Destination /piped/ -ToSandbox box
        (Get-ChildItem Sandbox:/box/piped).Name | Should -Be one.txt, two.txt
    }
    It 'takes names of the pipeline' {
        "$host1/one.txt", "$host1/two.txt" | Copy-SandboxItem -Destination /named/ -ToSandbox box
        (Get-ChildItem Sandbox:/box/named).Name | Should -Be one.txt, two.txt
    }
    It 'takes a name with brackets as it is with -LiteralPath' {
        Set-Content -LiteralPath "$host1/[a].dat" bracket
        Copy-SandboxItem -LiteralPath "$host1/[a].dat" -Destination /root/a.dat -ToSandbox box
        Get-Content Sandbox:/box/root/a.dat | Should -Be bracket
        Remove-Item -LiteralPath "$host1/[a].dat"
    }
    It 'takes a path relative to the location' {
        Push-Location $host1
        try { Copy-SandboxItem ./one.txt /root/relative -ToSandbox box } finally { Pop-Location }
        Get-Content Sandbox:/box/root/relative | Should -Be one
    }
    It 'copies a tree with -Recurse' {
        Copy-SandboxItem $host1/tree /root -ToSandbox box -Recurse
        Get-Content Sandbox:/box/root/tree/sub/three.log | Should -Be three
    }
    It 'refuses a folder without -Recurse' {
        { Copy-SandboxItem $host1/tree /root/none -ToSandbox box -ErrorAction Stop } | Should -Throw -ErrorId 'FileOperationFailed,PSSandbox.Commands.CopySandboxItemCommand'
        Test-Path Sandbox:/box/root/none | Should -BeFalse
    }
    It 'keeps modes and times' -Skip:$IsWindows {
        [IO.File]::SetUnixFileMode("$host1/two.txt", 'UserRead, UserWrite, UserExecute')
        (Get-Item $host1/two.txt).LastWriteTimeUtc = '2020-02-29T12:00:00Z'
        $item = Copy-SandboxItem $host1/two.txt /root/kept -ToSandbox box -PassThru
        $item.Permissions | Should -Be '-rwx------'
        $item.LastWriteTime.UtcDateTime.ToString('yyyy-MM-dd') | Should -Be 2020-02-29
    }
    It 'takes a destination as the drive writes it' {
        Copy-SandboxItem $host1/one.txt Sandbox:/box/root/drive -ToSandbox box
        Get-Content Sandbox:/box/root/drive | Should -Be one
        { Copy-SandboxItem $host1/one.txt Sandbox:/other/root/drive -ToSandbox box -ErrorAction Stop } | Should -Throw
    }
    It 'needs -Force for a file that may not be written' {
        $null = Invoke-SandboxShell 'echo locked > locked; chmod 400 locked' -Sandbox box
        { Copy-SandboxItem $host1/one.txt /root/locked -ToSandbox box -ErrorAction Stop } | Should -Throw -ErrorId 'FileOperationFailed,*'
        Copy-SandboxItem $host1/one.txt /root/locked -ToSandbox box -Force
        Get-Content Sandbox:/box/root/locked | Should -Be one
    }
    It 'goes on after an error and says what is missing' {
        Copy-SandboxItem "$host1/missing", "$host1/one.txt" /after/ -ToSandbox box -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -Be 'FileNotFound,PSSandbox.Commands.CopySandboxItemCommand'
        $problem[0].CategoryInfo.Category | Should -Be ObjectNotFound
        $problem[0].ErrorDetails.RecommendedAction | Should -Match 'Get-ChildItem'
        Test-Path Sandbox:/box/after/one.txt | Should -BeTrue
    }
    It 'says that the sandbox is full' {
        $null = New-Sandbox full -Storage 1MB
        [IO.File]::WriteAllBytes("$host1/big.bin", [byte[]]::new(3MB) + [byte[]]@(1) * 1MB)
        { Copy-SandboxItem $host1/big.bin -ToSandbox full -ErrorAction Stop } | Should -Throw -ErrorId 'SandboxLimitExceeded,*'
        Remove-Sandbox full
        Remove-Item $host1/big.bin
    }
    It 'says that the sandbox is not there' {
        { Copy-SandboxItem $host1/one.txt -ToSandbox nobody -ErrorAction Stop } | Should -Throw -ErrorId 'SandboxNotFound,*'
    }
    It 'changes nothing with -WhatIf' {
        Copy-SandboxItem $host1/one.txt /root/whatif -ToSandbox box -WhatIf
        Test-Path Sandbox:/box/root/whatif | Should -BeFalse
    }
}

Describe 'Copy-SandboxItem -FromSandbox' {
    BeforeAll {
        $null = Invoke-SandboxShell 'mkdir -p out/deep; echo 1 > out/a.txt; echo 2 > out/b.txt; echo 3 > out/deep/c.log; ln -s a.txt out/link; ln -s /etc/passwd out/evil; chmod 640 out/a.txt; touch -d 2019-01-01 out/a.txt' -Sandbox box
        $script:target = Join-Path $TestDrive target
        $null = New-Item -ItemType Directory $target
    }

    It 'copies a file into a folder that is there' {
        Copy-SandboxItem /root/out/a.txt $target -FromSandbox box
        Get-Content $target/a.txt | Should -Be 1
    }
    It 'copies a file to a new name, with mode and time' -Skip:$IsWindows {
        $file = Copy-SandboxItem out/a.txt $target/new.txt -FromSandbox box -PassThru
        $file | Should -BeOfType IO.FileInfo
        $file.UnixFileMode | Should -Be ([IO.UnixFileMode]'UserRead, UserWrite, GroupRead')
        $file.LastWriteTimeUtc.Year | Should -Be 2019
    }
    It 'takes wildcards inside' {
        Copy-SandboxItem '/root/o*/*.txt' $target/wild/ -FromSandbox box
        (Get-ChildItem $target/wild).Name | Should -Be a.txt, b.txt
    }
    It 'gives nothing for wildcards that match nothing' { Copy-SandboxItem '/root/none*' $target -FromSandbox box -ErrorAction Stop }
    It 'takes items of the pipeline' {
        Get-ChildItem Sandbox:/box/root/out -Filter *.txt | Copy-SandboxItem -Destination $target/piped/
        (Get-ChildItem $target/piped).Name | Should -Be a.txt, b.txt
    }
    It 'copies to the location without a destination' {
        $null = New-Item -ItemType Directory $target/here
        Push-Location $target/here
        try { Copy-SandboxItem /root/out/b.txt -FromSandbox box } finally { Pop-Location }
        Get-Content $target/here/b.txt | Should -Be 2
    }
    It 'copies a tree, and no link that leads out' -Skip:$IsWindows {
        Copy-SandboxItem out $target/tree -FromSandbox box -Recurse -ErrorAction SilentlyContinue -ErrorVariable problem
        Get-Content $target/tree/deep/c.log | Should -Be 3
        (Get-Item $target/tree/link).LinkTarget | Should -Be a.txt
        (Get-ChildItem $target/tree).Name | Should -Not -Contain evil
        "$problem" | Should -Match 'out/evil.*leads out'
        @($problem).Count | Should -Be 1
    }
    It 'writes through no link of the host' -Skip:$IsWindows {
        Set-Content $TestDrive/safe safe
        $null = New-Item -ItemType SymbolicLink $target/through -Value $TestDrive/safe
        { Copy-SandboxItem /root/out/a.txt $target/through -FromSandbox box -ErrorAction Stop } | Should -Throw
        Get-Content $TestDrive/safe | Should -Be safe
    }
    It 'changes nothing with -WhatIf' {
        Copy-SandboxItem /root/out/a.txt $target/whatif -FromSandbox box -WhatIf
        Test-Path $target/whatif | Should -BeFalse
    }
    It 'says that a file is not there' {
        { Copy-SandboxItem /root/missing $target -FromSandbox box -ErrorAction Stop } | Should -Throw -ErrorId 'FileNotFound,*'
    }
    It 'completes paths on the right side' {
        (TabExpansion2 'Copy-SandboxItem -FromSandbox box -Path /root/out/a').CompletionMatches.CompletionText | Should -Be /root/out/a.txt
        (TabExpansion2 'Copy-SandboxItem -ToSandbox box -Path x -Destination /roo').CompletionMatches.CompletionText | Should -Be /root/
        $line = "Copy-SandboxItem -ToSandbox box -Path $host1/on"
        (TabExpansion2 $line).CompletionMatches.CompletionText | Should -Match 'one\.txt'
    }
    It 'can be stopped' {
        $null = Invoke-SandboxShell 'mkdir many; cd many; for i in $(seq 500); do echo $i > $i; done' -Sandbox box
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($to) Import-Module $env:PSSANDBOX_MODULE; while ($true) { Copy-SandboxItem /root/many $to -FromSandbox box -Recurse -Force }').AddArgument("$target/many")
            $null = $shell.BeginInvoke()
            for ($i = 0; $i -lt 6000 -and -not (Test-Path $target/many/1); $i++) { Start-Sleep -Milliseconds 10 }
            $shell.Stop()
            $shell.InvocationStateInfo.State | Should -Be Stopped
        }
        finally { $shell.Dispose() }
    }
}
