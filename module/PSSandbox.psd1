@{
  RootModule             = 'PSSandbox.dll'
  ModuleVersion          = '0.1.0'
  GUID                   = '6f0a3c5e-52b7-4c0b-9d53-2f0c8e1d7a44'
  Author                 = 'PSSandbox contributors'
  CompanyName            = 'PSSandbox contributors'
  Copyright              = 'Copyright (c) PSSandbox contributors'
  Description            = 'Runs untrusted shell scripts and programs in an in-process sandbox: a bash interpreter, a process table, pipes and a virtual file system in C#, with BusyBox as WebAssembly for its commands. Needs no Docker and no administrator rights.'
  PowerShellVersion      = '7.6'
  CompatiblePSEditions   = @('Core')
  TypesToProcess         = @('PSSandbox.types.ps1xml')
  FormatsToProcess       = @(
    'formats/Sandbox.format.ps1xml'
    'formats/Run.format.ps1xml'
    'formats/Process.format.ps1xml'
    'formats/File.format.ps1xml'
    'formats/Look.format.ps1xml'
  )
  CmdletsToExport        = @(
    'Copy-Sandbox'
    'Copy-SandboxItem'
    'Enter-Sandbox'
    'Get-Sandbox'
    'Get-SandboxProcess'
    'Get-SandboxRuntime'
    'Get-SandboxStats'
    'Invoke-SandboxCommand'
    'Invoke-SandboxShell'
    'New-Sandbox'
    'Receive-SandboxProcess'
    'Remove-Sandbox'
    'Resume-Sandbox'
    'Send-SandboxProcess'
    'Start-SandboxProcess'
    'Stop-SandboxProcess'
    'Suspend-Sandbox'
    'Wait-SandboxProcess'
  )
  FunctionsToExport      = @()
  VariablesToExport      = @()
  AliasesToExport        = @()
  PrivateData            = @{
    PSData = @{
      Tags       = @('sandbox', 'isolation', 'webassembly', 'wasi', 'busybox', 'bash', 'shell', 'security', 'PSEdition_Core', 'Linux', 'Windows', 'MacOS')
      LicenseUri = 'https://opensource.org/license/mit'
    }
  }
}
