#!/usr/bin/env bash
# build.sh [TASK] [ARGUMENTS]: build, run, test, bench, pack, runtimes, userland. The tasks themselves are in build.targets.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
task=${1:-build}
[ $# -gt 0 ] && shift

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=1
command -v dotnet >/dev/null || { echo "build.sh: the .NET 10 SDK (dotnet) is not on PATH" >&2; exit 127; }

target() { dotnet msbuild "$root/build.targets" -nologo -v:minimal -tl:off "-t:$1" "${@:2}"; }

case $task in
    build | pack | runtimes) target "${task^}" "$@" ;;
    run)
        target Build >&2
        exec "$root/out/bin/pssandbox" run "$@"
        ;;
    test)
        status=0
        target Test "$@" || status=$?
        cat "$root/out/test/summary.txt"
        exit "$status"
        ;;
    bench) target Bench "-p:BenchArguments=$*" ;;
    userland) exec "$root/userland/build.sh" "$@" ;;
    *)
        echo "build.sh: unknown task '$task'; there are: build, run, test, bench, pack, runtimes, userland" >&2
        exit 2
        ;;
esac
