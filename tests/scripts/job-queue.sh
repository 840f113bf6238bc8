# shell: sh
# Runs jobs three at a time and collects their statuses.
job() { sleep 0.0$1; echo "job $1" > "result.$1"; return $(( $1 % 3 )); }
running=0 pids=
for i in 1 2 3 4 5 6; do
    job $i &
    pids="$pids $!"
    running=$((running + 1))
    if [ $running -ge 3 ]; then
        for p in $pids; do wait $p; echo "ended with $?"; done
        running=0 pids=
    fi
done
wait
cat result.*
wait 99999; echo "wait for a stranger: $?"
