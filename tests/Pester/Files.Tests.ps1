BeforeAll {
    Import-Module $env:PSSANDBOX_MODULE -Force
    Set-StrictMode -Version Latest
    $script:box = New-Sandbox box
    $null = New-Sandbox second
    $script:root = 'Sandbox:/box/root'
    $null = Invoke-SandboxShell 'mkdir -p tree/a/b tree/c; echo 1 > tree/one.txt; echo 22 > tree/a/two.txt; echo 3 > tree/a/b/three.log; ln -s one.txt tree/link; chmod 750 tree/one.txt; chmod 700 tree/a' -Sandbox box
}
AfterAll { Get-Sandbox | Remove-Sandbox }

Describe 'The drive Sandbox:' {
    It 'has each sandbox as a folder' { (Get-ChildItem Sandbox:/).Name | Should -Be box, second }
    It 'has names for -Name' { Get-ChildItem Sandbox:/box/root/tree -Name | Should -Be a, c, link, one.txt }
    It 'gives items with mode, length and time' {
        $item = Get-Item $root/tree/one.txt
        $item | Should -BeOfType PSSandbox.Sandboxes.SandboxItem
        $item.Permissions | Should -Be '-rwxr-x---'
        $item.Length | Should -Be 2
        $item.LastWriteTime.UtcDateTime | Should -BeGreaterThan ([datetime]::UtcNow.AddHours(-1))
        $item.PSIsContainer | Should -BeFalse
    }
    It 'gives links with their target' { (Get-Item $root/tree/link).LinkTarget | Should -Be one.txt }
    It 'gives the drive for its root' { (Get-Item Sandbox:/).Name | Should -Be Sandbox }
    It 'gives the sandbox for its folder' { (Get-Item Sandbox:/box).Id | Should -Be $box.Id }
    It 'walks with -Recurse' { (Get-ChildItem $root/tree -Recurse).Name | Sort-Object | Should -Be a, b, c, link, one.txt, three.log, two.txt }
    It 'walks no deeper than -Depth' { (Get-ChildItem $root/tree -Recurse -Depth 1).Name | Should -Not -Contain three.log }
    It 'takes -Filter' { (Get-ChildItem $root/tree -Recurse -Filter *.txt).Name | Sort-Object | Should -Be one.txt, two.txt }
    It 'takes -Include' { (Get-ChildItem $root/tree -Recurse -Include *.log).Name | Should -Be three.log }
    It 'takes -File and -Directory' {
        (Get-ChildItem $root/tree -File).Name | Should -Be link, one.txt
        (Get-ChildItem $root/tree -Directory -Recurse).Name | Sort-Object | Should -Be a, b, c
        (Get-ChildItem $root/tree -File -Recurse -Filter t*).Name | Sort-Object | Should -Be three.log, two.txt
        Get-ChildItem $root/tree -Name -Directory | Should -Be a, c
        (Get-ChildItem $root/tree/* -File -Include *.txt).Name | Should -Be one.txt
    }
    It 'takes wildcards' { (Get-ChildItem $root/tree/*.txt).Name | Should -Be one.txt }
    It 'takes wildcards in the name of the sandbox' { (Get-Item Sandbox:/b*/etc/passwd).Sandbox | Should -Be box }
    It 'tests <Path>' -ForEach @{ Path = 'Sandbox:/box/etc'; There = $true }, @{ Path = 'Sandbox:/box/nothing'; There = $false }, @{ Path = 'Sandbox:/nobody/etc'; There = $false }, @{ Path = 'Sandbox:/'; There = $true } {
        Test-Path $Path | Should -Be $There
    }
    It 'tells files from folders' {
        Test-Path $root/tree -PathType Container | Should -BeTrue
        Test-Path $root/tree/one.txt -PathType Leaf | Should -BeTrue
        Test-Path $root/tree/one.txt -PathType Container | Should -BeFalse
    }
    It 'can be the location' {
        Push-Location $root/tree
        try {
            (Get-ChildItem).Name | Should -Be a, c, link, one.txt
            Get-Content ./a/two.txt | Should -Be 22
            Set-Location a/b
            (Resolve-Path three.log).Path | Should -Match 'three\.log$'
            Get-Content ../two.txt | Should -Be 22
        }
        finally { Pop-Location }
    }
    It 'does not lead out of the sandbox' { Get-Content Sandbox:/box/../box/etc/hostname | Should -Be sandbox }
    It 'says that a file is not there' { { Get-Content Sandbox:/box/nothing -ErrorAction Stop } | Should -Throw }
    It 'completes paths' {
        (TabExpansion2 'Get-Content Sandbox:/box/etc/host' -cursorColumn 33).CompletionMatches.CompletionText | Should -Contain 'Sandbox:/box/etc/hostname'
    }
}

Describe 'Content' {
    It 'writes and reads lines' {
        'one', 'zwölf' | Set-Content $root/lines
        Get-Content $root/lines | Should -Be one, zwölf
        Invoke-SandboxShell 'wc -c < lines' -Sandbox box -OutputAs Line | Should -Be 11
    }
    It 'replaces what was there' {
        Set-Content $root/replaced 'long long text'
        Set-Content $root/replaced x
        Get-Content $root/replaced -Raw | Should -Be "x`n"
    }
    It 'adds' {
        Set-Content $root/added a
        Add-Content $root/added b, c
        Get-Content $root/added | Should -Be a, b, c
    }
    It 'reads the first' {
        1..50 | Set-Content $root/fifty
        Get-Content $root/fifty -TotalCount 2 | Should -Be 1, 2
    }
    It 'reads the last <Last> of <Count> lines' -ForEach @{ Last = 2; Count = 50; Given = 49, 50 }, @{ Last = 0; Count = 3; Given = $null }, @{ Last = 9; Count = 3; Given = 1, 2, 3 } {
        1..$Count | Set-Content $root/lasts
        Get-Content $root/lasts -TailCount $Last | Should -Be $Given
    }
    It 'reads the last bytes' { Get-Content Sandbox:/box/etc/hostname -AsByteStream -TailCount 2 | Should -Be 120, 10 }
    It 'says that a file is full' {
        $null = New-Sandbox tight -Storage 64KB
        { Set-Content Sandbox:/tight/root/f ('x' * 200KB) -ErrorAction Stop } | Should -Throw -ErrorId 'SandboxLimitExceeded,*'
        Remove-Sandbox tight
    }
    It 'writes and reads bytes' {
        [byte[]](0, 255, 10, 13) | Set-Content $root/bytes -AsByteStream
        Get-Content $root/bytes -AsByteStream | Should -Be 0, 255, 10, 13
        , (Get-Content $root/bytes -AsByteStream -Raw) | Should -BeOfType byte[]
    }
    It 'writes as <_>' -ForEach latin1, unicode, utf8BOM, utf32 {
        Set-Content $root/encoded 'äöü' -Encoding $_
        Get-Content $root/encoded -Encoding $_ | Should -Be 'äöü'
    }
    It 'takes an encoding as <Name>' -ForEach @{ Name = 'object'; Given = [Text.Encoding]::Latin1 }, @{ Name = 'number'; Given = 28591 }, @{ Name = 'name of .NET'; Given = 'iso-8859-1' } {
        Set-Content $root/latin 'äöü' -Encoding $Given
        (Get-Item $root/latin).Length | Should -Be 4
        Get-Content $root/latin -Encoding $Given | Should -Be 'äöü'
    }
    It 'refuses an encoding that is none, and completes those that are' {
        { Get-Content $root/latin -Encoding klingon } | Should -Throw '*''klingon'' is not an encoding*'
        (TabExpansion2 'Get-Content Sandbox:/box/root/latin -Encoding utf8').CompletionMatches.CompletionText | Should -Be utf8, utf8BOM, utf8NoBOM
    }
    It 'has no -Tail of PowerShell' {
        { Get-Content $root/lines -Tail 1 -ErrorAction Stop } | Should -Throw
        { Get-Content $root/lines -Wait -ErrorAction Stop } | Should -Throw
    }
    It 'writes without a line feed' {
        Set-Content $root/bare text -NoNewline
        Get-Content $root/bare -Raw | Should -Be text
    }
    It 'clears' {
        Set-Content $root/cleared text
        Clear-Content $root/cleared
        (Get-Item $root/cleared).Length | Should -Be 0
    }
    It 'works in variables of the language' { ${Sandbox:/box/etc/hostname} | Should -Be sandbox }
}

Describe 'Items' {
    It 'makes files, folders and links' {
        (New-Item $root/new/deep -ItemType Directory).PSIsContainer | Should -BeTrue
        $null = New-Item $root/new/file -Value text
        $null = New-Item $root/new/link -ItemType SymbolicLink -Value file
        Invoke-SandboxShell 'cat new/link; test -d new/deep' -Sandbox box -OutputAs Text | Should -Be text
    }
    It 'does not write over a file without -Force' {
        $null = New-Item $root/once -Value 1
        { New-Item $root/once -Value 2 -ErrorAction Stop } | Should -Throw -ErrorId 'FileOperationFailed,*'
        $null = New-Item $root/once -Value 3 -Force
        Get-Content $root/once | Should -Be 3
    }
    It 'makes no <Type> where something is, without -Force' -ForEach @{ Type = 'Directory' }, @{ Type = 'SymbolicLink' } {
        $null = New-Item $root/there -Force
        { New-Item $root/there -ItemType $Type -Value x -ErrorAction Stop } | Should -Throw -ErrorId 'FileOperationFailed,*'
        $null = New-Item $root/there-$Type -ItemType $Type -Value x
        $null = New-Item $root/there-$Type -ItemType $Type -Value y -Force
        if ($Type -eq 'SymbolicLink') { (Get-Item $root/there-$Type).LinkTarget | Should -Be y }
    }
    It 'makes folders on the way' {
        $null = New-Item $root/on/the/way -Value text
        Get-Content $root/on/the/way | Should -Be text
    }
    It 'removes' {
        $null = New-Item $root/gone/sub -ItemType Directory
        Remove-Item $root/gone -Recurse
        Test-Path $root/gone | Should -BeFalse
    }
    It 'changes nothing with -WhatIf' {
        Set-Content $root/kept text
        Remove-Item $root/kept -WhatIf
        Test-Path $root/kept | Should -BeTrue
    }
    It 'renames' {
        Set-Content $root/before text
        Rename-Item $root/before after
        Get-Content $root/after | Should -Be text
        Test-Path $root/before | Should -BeFalse
    }
    It 'renames to <Name> only where that is a free name' -ForEach @{ Name = 'tree/renamed'; Id = 'InvalidOption' }, @{ Name = '..'; Id = 'InvalidOption' }, @{ Name = 'taken'; Id = 'FileOperationFailed' } {
        Set-Content $root/stays here
        Set-Content $root/taken there
        { Rename-Item $root/stays $Name -ErrorAction Stop } | Should -Throw -ErrorId "$Id,*"
        Get-Content $root/stays | Should -Be here
        Get-Content $root/taken | Should -Be there
    }
    It 'moves onto a file only with -Force' {
        Set-Content $root/new-one new
        Set-Content $root/old-one old
        { Move-Item $root/new-one $root/old-one -ErrorAction Stop } | Should -Throw -ErrorId 'FileOperationFailed,*'
        Get-Content $root/old-one | Should -Be old
        Move-Item $root/new-one $root/old-one -Force
        Get-Content $root/old-one | Should -Be new
    }
    It 'gives what <Do> made with -PassThru, and nothing without' -ForEach @{ Do = 'Copy-Item' }, @{ Do = 'Move-Item' } {
        $null = New-Item $root/given -ItemType Directory -Force
        foreach ($n in 1, 2) { Set-Content $root/give$n $n }
        & $Do $root/give1 $root/given | Should -BeNullOrEmpty
        $made = & $Do $root/give2 $root/given -PassThru
        $made.FullName | Should -Be /root/given/give2
        $made.PSPath | Should -Be (Get-Item $root/given/give2).PSPath
        Get-Content $made.PSPath | Should -Be 2
        Remove-Item $root/given -Recurse
    }
    It 'moves into a folder' {
        Set-Content $root/mover text
        $null = New-Item $root/folder -ItemType Directory
        Move-Item $root/mover $root/folder
        Get-Content $root/folder/mover | Should -Be text
    }
    It 'moves from one sandbox to another' {
        $null = Invoke-SandboxShell 'mkdir -p going/sub; echo gone > going/sub/f' -Sandbox box
        Move-Item $root/going Sandbox:/second/root
        Get-Content Sandbox:/second/root/going/sub/f | Should -Be gone
        Test-Path $root/going | Should -BeFalse
    }
    It 'removes what wildcards name' {
        $null = Invoke-SandboxShell 'mkdir wild; cd wild; touch a.tmp b.tmp c.txt' -Sandbox box
        Remove-Item $root/wild/*.tmp
        (Get-ChildItem $root/wild).Name | Should -Be c.txt
    }
    It 'changes nothing with -WhatIf: <Name>' -ForEach @(
        @{ Name = 'Set-Content'; Do = { Set-Content $root/wi other -WhatIf } }, @{ Name = 'Add-Content'; Do = { Add-Content $root/wi more -WhatIf } }
        @{ Name = 'Clear-Content'; Do = { Clear-Content $root/wi -WhatIf } }, @{ Name = 'Rename-Item'; Do = { Rename-Item $root/wi wi2 -WhatIf } }
        @{ Name = 'Move-Item'; Do = { Move-Item $root/wi Sandbox:/second/root -WhatIf } }, @{ Name = 'Copy-Item'; Do = { Copy-Item $root/wi $root/wi3 -WhatIf } }
        @{ Name = 'New-Item'; Do = { New-Item $root/wi4 -WhatIf } }, @{ Name = 'New-Item -Force'; Do = { New-Item $root/wi -Force -Value x -WhatIf } }
    ) {
        Set-Content $root/wi kept
        $before = (Get-ChildItem $root).Name
        . $Do
        Get-Content $root/wi | Should -Be kept
        (Get-ChildItem $root).Name | Should -Be $before
        Test-Path Sandbox:/second/root/wi | Should -BeFalse
    }
    It 'tells parent, leaf and whole paths' {
        Split-Path $root/tree/one.txt -Leaf | Should -Be one.txt
        Split-Path $root/tree/one.txt | Should -Be 'Sandbox:/box/root/tree'.Replace('/', [IO.Path]::DirectorySeparatorChar)
        (Resolve-Path $root/tree/*.txt).ProviderPath | Should -Match 'one\.txt$'
        Join-Path $root tree | Should -Match 'root.tree$'
    }
    It 'copies a tree with modes and links' {
        Copy-Item $root/tree $root/copied -Recurse
        (Get-Item $root/copied/one.txt).Permissions | Should -Be '-rwxr-x---'
        (Get-Item $root/copied/a).Permissions | Should -Be (Get-Item $root/tree/a).Permissions
        (Get-Item $root/copied/link).LinkTarget | Should -Be one.txt
        Get-Content $root/copied/a/b/three.log | Should -Be 3
    }
    It 'copies from one sandbox to another' {
        Copy-Item $root/tree/one.txt Sandbox:/second/tmp
        Invoke-SandboxShell 'cat /tmp/one.txt' -Sandbox second -OutputAs Line | Should -Be 1
    }
    It 'does not copy a folder into itself' { { Copy-Item $root/tree $root/tree/a -Recurse -ErrorAction Stop } | Should -Throw }
    It 'does not remove whole sandboxes' {
        { Remove-Item Sandbox:/second -Recurse -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidOption,*'
        Test-Path Sandbox:/second | Should -BeTrue
    }
}
