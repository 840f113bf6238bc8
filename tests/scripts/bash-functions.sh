# shell: bash
function greet { local name=${1:-you}; echo "hi $name"; }
greet; greet Ann; echo "${name-unset}"
outer() { local v=outer; inner; echo "$v"; }
inner() { v=changed; echo "${FUNCNAME[0]} called by ${FUNCNAME[1]}"; }
outer
swap() { local -n first=$1 second=$2; local t=$first; first=$second; second=$t; }
p=1 q=2; swap p q; echo "$p $q"
sum() { local total=0 n; for n; do ((total += n)); done; echo "$total"; }
sum 1 2 3 4
readonly CONST=1; (CONST=2) 2>/dev/null || echo "readonly"
declare -i num=5; num+=3; echo $num; declare -u up=shout; echo $up
type -t greet; type -t cd; type -t if
f() { return 3; }; if f; then :; else echo "f: $?"; fi
