# shell: sh
# Which entries of a crontab are due at a given minute.
cat > crontab <<'EOF'
# m h command
0 * hourly
30 12 lunch
*/15 * quarter
15,45 8 twice
EOF
due() {
    minute=$1 hour=$2
    while read -r m h cmd; do
        case $m in '#'* | '') continue ;; esac
        matches "$m" "$minute" && matches "$h" "$hour" && echo "$hour:$minute $cmd"
    done < crontab
    return 0
}
matches() {
    case $1 in
        '*') return 0 ;;
        '*/'*) [ $(($2 % ${1#*/})) -eq 0 ] ;;
        *,*) case ",$1," in *",$2,"*) return 0 ;; *) return 1 ;; esac ;;
        *) [ "$1" -eq "$2" ] ;;
    esac
}
due 0 7; due 30 12; due 15 8; due 7 7
