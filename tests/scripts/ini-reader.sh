# shell: sh
cat > app.ini <<'EOF'
; a comment
[server]
host = example.org
port=8080

[client]
name = "A client"
retries = 3
EOF
get() {
    awk -v section="$1" -v key="$2" '
        /^[ \t]*[;#]/ { next }
        /^\[/ { current = substr($0, 2, index($0, "]") - 2); next }
        current == section {
            split($0, kv, "=")
            k = kv[1]; v = substr($0, index($0, "=") + 1)
            gsub(/^[ \t]+|[ \t]+$/, "", k); gsub(/^[ \t]+|[ \t]+$/, "", v)
            gsub(/^"|"$/, "", v)
            if (k == key) { print v; found = 1 }
        }
        END { exit !found }' app.ini
}
get server host
get server port
get client name
get client nothing || echo "nothing: status $?"
