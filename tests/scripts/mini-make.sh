# shell: sh
# A small make: rules in a file, rebuilt when a source is newer.
cat > rules <<'EOF'
app: main.o util.o : cat main.o util.o > app
main.o: main.c : tr a-z A-Z < main.c > main.o
util.o: util.c : tr a-z A-Z < util.c > util.o
EOF
echo 'main program' > main.c
echo 'utilities' > util.c
build() {
    line=$(grep "^$1:" rules) || { [ -e "$1" ] && return 0; echo "no rule for $1"; return 1; }
    rest=${line#*:}
    deps=${rest%%:*}
    cmd=${rest#*: }
    for dep in $deps; do (build "$dep") || return 1; done
    stale=0
    [ -e "$1" ] || stale=1
    for dep in $deps; do
        if [ "$dep" -nt "$1" ] 2>/dev/null; then stale=1; fi
    done
    if [ $stale = 1 ]; then echo "$cmd"; eval "$cmd"; fi
}
build app
cat app
echo "-- again"
build app
echo "-- after a change"
sleep 0.02
echo changed > util.c
touch -d '2030-01-01 00:00:00' util.c
build app
cat app
build nothing; echo "status $?"
