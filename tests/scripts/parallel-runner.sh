# shell: bash
# Runs jobs in parallel with a semaphore in a FIFO: results, failures, retries, a time limit for each, a summary; order made stable.
set -u -o pipefail

declare -A state=() tries=() output=()
declare -a queue=()
declare -i limit=3 retries=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

die() { printf '%s: %s\n' "${FUNCNAME[1]}" "$*" >&2; exit 2; }

semaphore() { # count
    mkfifo "$work/tokens"
    exec {tokens}<>"$work/tokens"
    local -i i
    for ((i = 0; i < $1; i++)); do
        printf . >&"$tokens"
    done
}

acquire() { local token; read -r -n 1 token <&"$tokens"; }
release() { printf . >&"$tokens"; }

add() { # name, command…
    [[ $1 =~ ^[a-z][a-z0-9_-]*$ ]] || die "bad name '$1'"
    [[ -v state[$1] ]] && die "twice '$1'"
    queue+=("$1")
    state[$1]=queued tries[$1]=0
    printf '%q ' "${@:2}" > "$work/$1.command"
}

attempt() { # name
    local name=$1 status
    {
        eval "$(< "$work/$name.command")"
        status=$?
    } > "$work/$name.out" 2> "$work/$name.err"
    echo "$status" > "$work/$name.status"
    release
}

start_all() {
    local name
    for name; do
        acquire
        ((tries[$name]++))
        state[$name]=running
        (attempt "$name") &
        pids[$!]=$name
    done
}

collect() {
    local pid name status
    for pid in "${!pids[@]}"; do
        wait "$pid"
        name=${pids[pid]}
        status=$(< "$work/$name.status")
        output[$name]=$(< "$work/$name.out")
        if ((status == 0)); then
            state[$name]=done
        else
            state[$name]=failed:$status
        fi
    done
    pids=()
}

run_all() {
    local -a pids=() again=()
    local name
    local -i round
    start_all "${queue[@]}"
    collect
    for ((round = 0; round < retries; round++)); do
        again=()
        for name in "${queue[@]}"; do
            [[ ${state[$name]} == failed:* ]] && again+=("$name")
        done
        ((${#again[@]})) || break
        echo "retrying ${again[*]}"
        start_all "${again[@]}"
        collect
    done
}

summary() {
    local name
    local -i ok=0 bad=0
    for name in "${queue[@]}"; do
        printf '%-10s %-12s tries=%d' "$name" "${state[$name]}" "${tries[$name]}"
        case ${state[$name]} in
            done) ((ok++)); printf ' %s\n' "${output[$name]@Q}" ;;
            *) ((bad++)); printf ' stderr: %s\n' "$(head -n 1 "$work/$name.err")" ;;
        esac
    done
    echo "ok $ok, failed $bad"
    ((bad == 0))
}

flaky() { # fails the first time
    if [[ -e $work/flag-$1 ]]; then
        echo "$1 works now"
    else
        : > "$work/flag-$1"
        echo "$1 is not ready" >&2
        return 7
    fi
}

count_running() { # how many run at the same time at the most
    local me=$BASHPID
    echo "$me" > "$work/run-$me"
    sleep 0.05
    local -a now=("$work"/run-*)
    rm "$work/run-$me"
    ((${#now[@]} <= limit)) && echo within
}

semaphore "$limit"
add primes awk 'BEGIN { for (n = 2; n < 30; n++) { p = 1; for (d = 2; d * d <= n; d++) if (n % d == 0) p = 0; if (p) printf "%d ", n } }'
add sum bash -c 'echo $(($1 + $2))' sum 40 2
add quoted printf '%s|' 'two words' '*' "it's"
add flaky flaky flaky
add broken sh -c 'echo "no such thing" >&2; exit 5'
add slow timeout 0.2 sleep 5
add lines bash -c 'seq 3; echo last'
for i in 1 2 3 4 5 6; do
    add "load$i" count_running
done
run_all
summary
echo "summary $?"
(add 'Bad Name' true) || echo "add $?"
(add sum true) || echo "add $?"
