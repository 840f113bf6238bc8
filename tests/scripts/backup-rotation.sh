# shell: sh
rotate() {
    base=$1 keep=$2
    i=$keep
    rm -f "$base.$i"
    while [ "$i" -gt 1 ]; do
        j=$((i - 1))
        [ -e "$base.$j" ] && mv "$base.$j" "$base.$i"
        i=$j
    done
    [ -e "$base" ] && mv "$base" "$base.1"
    return 0
}
for n in 1 2 3 4 5; do
    echo "content $n" > app.log
    rotate app.log 3
done
for f in app.log.*; do printf '%s: ' "$f"; cat "$f"; done
[ -e app.log ] || echo "no current log"
