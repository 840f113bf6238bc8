# shell: sh
escape() { printf '%s' "$1" | sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/	/\\t/g'; }
first=1
printf '{'
while IFS='=' read -r key value; do
    [ -n "$key" ] || continue
    [ $first = 1 ] || printf ','
    first=0
    case $value in
        '' | *[!0-9]*) printf '"%s":"%s"' "$(escape "$key")" "$(escape "$value")" ;;
        *) printf '"%s":%s' "$(escape "$key")" "$value" ;;
    esac
done <<'EOF'
name=Grace "Amazing" Hopper
age=85
path=C:\temp
empty=

equation=a=b
EOF
printf '}\n'
