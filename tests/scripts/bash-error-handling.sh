# shell: bash
set -Eeuo pipefail
trap 'echo "ERR at line $LINENO: status $?"' ERR
trap 'echo "exit: $?"' EXIT
may_fail() { return "$1"; }
may_fail 0
if ! may_fail 2; then echo "handled"; fi
result=$(may_fail 3 || echo "fallback")
echo "$result"
( may_fail 4 ) || echo "subshell failed"
echo before
may_fail 5
echo "not reached"
