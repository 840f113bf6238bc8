# shell: sh
# Retries with a growing pause, cleans up whatever happens.
work=$(mktemp -d ./work.XXXXXX)
cleanup() { status=$?; rm -rf "$work"; echo "cleaned up, status $status"; }
trap cleanup EXIT
trap 'echo interrupted; exit 130' INT TERM
attempts=0
flaky() {
    attempts=$((attempts + 1))
    echo "try $attempts" >> "$work/log"
    [ "$attempts" -ge 3 ]
}
retry() {
    max=$1; shift
    n=1
    until "$@"; do
        if [ "$n" -ge "$max" ]; then echo "gave up after $n"; return 1; fi
        n=$((n + 1))
        sleep 0.01
    done
    echo "worked at try $n"
}
retry 5 flaky
cat "$work/log"
retry 2 false || echo "as expected: $?"
exit 7
