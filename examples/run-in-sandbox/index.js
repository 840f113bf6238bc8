// Azure DevOps starts Node on every platform, and Node starts PowerShell. The inputs are in the environment.
const { spawnSync } = require('node:child_process');
const path = require('node:path');

const script = path.join(__dirname, 'Invoke-SandboxStep.ps1');
const run = spawnSync('pwsh', ['-NoProfile', '-NonInteractive', '-File', script, '-Service', 'AzureDevOps'], { stdio: 'inherit' });
if (run.error) {
    console.log(`##vso[task.complete result=Failed;]pwsh cannot be started: ${run.error.code}`);
}
process.exit(run.status ?? 1);
