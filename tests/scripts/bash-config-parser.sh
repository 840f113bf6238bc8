# shell: bash
declare -A config
section=
while IFS= read -r line; do
    line=${line%%#*}
    line=${line%"${line##*[![:space:]]}"}
    [[ $line ]] || continue
    if [[ $line =~ ^\[([a-z]+)\]$ ]]; then section=${BASH_REMATCH[1]}; continue; fi
    if [[ $line =~ ^[[:space:]]*([a-z_]+)[[:space:]]*=[[:space:]]*(.*)$ ]]; then
        config[$section.${BASH_REMATCH[1]}]=${BASH_REMATCH[2]}
    else
        echo "bad line: $line"
    fi
done <<'EOF'
[db]
host = localhost   # where
port = 5432
[web]
root=/srv/www
nonsense
EOF
for k in $(printf '%s\n' "${!config[@]}" | sort); do echo "$k -> ${config[$k]}"; done
echo "${config[db.port]:-none} ${config[db.user]:-none}"
