# shell: bash
# Workers take jobs of a list; results come back in order.
declare -A pid_of
jobs=(3 1 2)
for n in "${jobs[@]}"; do
    { sleep "0.0$n"; echo "result $n" > "out.$n"; exit "$n"; } &
    pid_of[$n]=$!
done
for n in "${jobs[@]}"; do
    wait "${pid_of[$n]}"; status=$?
    echo "job $n: status $status, $(<"out.$n")"
done
wait; echo "all: $?"
sleep 0.01 & sleep 0.02 & wait -n; echo "one: $?"; wait
