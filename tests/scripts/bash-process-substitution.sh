# shell: bash
diff -u <(printf 'a\nb\n') <(printf 'a\nc\n') | tail -n +3; echo "status $?"
while read -r n; do ((total += n)); done < <(seq 1 10); echo "$total"
paste <(seq 3) <(seq 4 6)
cat <<< "here string $((1 + 1))"
set -o pipefail; false | true; echo "pipefail $?"; set +o pipefail
true | false | true; echo "${PIPESTATUS[@]}"
{ echo out; echo err >&2; } &> both; cat both
{ echo e >&2; } |& tr e E
coproc UP { tr a-z A-Z; }
exec {from}<&"${UP[0]}"
echo shout >&"${UP[1]}"; eval "exec ${UP[1]}>&-"; cat <&"$from"; wait "$UP_PID" 2>/dev/null
shopt -s lastpipe; echo v | read -r got; echo "$got"
