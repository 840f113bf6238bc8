# shell: sh
# A small adventure: rooms from a table, things, a verb parser with synonyms, saved games; played from a here-document.
set -u
map='hall:north=library,east=kitchen:A hall with a dusty floor.
library:south=hall,up=attic:Books up to the ceiling.
kitchen:west=hall,down=cellar:It smells of soup.
attic:down=library:A low room below the roof.
cellar:up=kitchen:Dark and damp.'
things='lamp@hall key@cellar book@library coin@nowhere'
room=hall carried='' lit=no moves=0 score=0 over=no

line_of() { printf '%s\n' "$map" | grep "^$1:"; }
exits_of() { line_of "$1" | cut -d: -f2 | tr , ' '; }

exit_to() { # room, direction
    for pair in $(exits_of "$1"); do
        [ "${pair%%=*}" = "$2" ] && echo "${pair#*=}" && return 0
    done
    return 1
}

place_of() {
    for pair in $things; do
        [ "${pair%@*}" = "$1" ] && echo "${pair#*@}" && return 0
    done
    return 1
}

put_thing() { # thing, place
    new=''
    for pair in $things; do
        [ "${pair%@*}" = "$1" ] && pair=$1@$2
        new="$new $pair"
    done
    things=${new# }
}

here() {
    found=''
    for pair in $things; do
        [ "${pair#*@}" = "$1" ] && found="$found ${pair%@*}"
    done
    echo "${found# }"
}

look() {
    if [ "$room" = cellar ] && [ "$lit" = no ]; then
        echo 'It is too dark to see.'
        return
    fi
    line_of "$room" | cut -d: -f3
    seen=$(here "$room")
    [ -z "$seen" ] || echo "You see: $seen."
    dirs=''
    for pair in $(exits_of "$room"); do dirs="$dirs ${pair%%=*}"; done
    echo "Exits:$dirs."
}

go() {
    case ${1:-} in
        '') echo 'Where to?'; return ;;
        n) set -- north ;; s) set -- south ;; e) set -- east ;; w) set -- west ;; u) set -- up ;; d) set -- down ;;
    esac
    if next=$(exit_to "$room" "$1"); then
        if [ "$next" = attic ] && [ "$(place_of key)" != me ]; then
            echo 'The hatch is locked.'
            return
        fi
        room=$next
        [ "$room" = attic ] && [ "$score" -lt 50 ] && score=$((score + 50)) && put_thing coin attic
        look
    else
        echo "You cannot go $1."
    fi
}

take() {
    for thing; do
        place=$(place_of "$thing") || { echo "What is a $thing?"; continue; }
        case $place in
            me) echo "You have the $thing." ;;
            "$room")
                if [ "$room" = cellar ] && [ "$lit" = no ]; then echo 'You grope about in the dark.'; continue; fi
                put_thing "$thing" me
                score=$((score + 10))
                echo "Taken: $thing."
                ;;
            *) echo "There is no $thing here." ;;
        esac
    done
}

drop() {
    if [ "$(place_of "${1:-}")" = me ]; then
        put_thing "$1" "$room"
        [ "$1" = lamp ] && lit=no
        echo "Dropped: $1."
    else
        echo 'You do not have that.'
    fi
}

use() {
    case ${1:-}:$(place_of "${1:-}") in
        lamp:me) lit=yes; echo 'The lamp burns.' ;;
        book:me) echo 'It says: what opens the roof lies under the soup.' ;;
        coin:me) echo 'You win.'; score=$((score + 40)) over=yes ;;
        *:me) echo 'Nothing happens.' ;;
        *) echo 'Use what?' ;;
    esac
}

save() { printf '%s\n' "$room" "$things" "$lit" "$score" > "${1:-game}.save" && echo 'Saved.'; }

load() {
    [ -f "${1:-game}.save" ] || { echo 'No such game.'; return; }
    { read -r room; read -r things; read -r lit; read -r score; } < "${1:-game}.save"
    echo 'Loaded.'
    look
}

obey() {
    verb=${1:-}
    [ $# -eq 0 ] || shift
    [ "${1:-}" = the ] && shift
    case $verb in
        '') return ;;
        look | l) look ;;
        go | walk) go "$@" ;;
        north | south | east | west | up | down | [nsewud]) go "$verb" ;;
        take | get) [ "${1:-}" = all ] && set -- $(here "$room"); [ $# -gt 0 ] && take "$@" || echo 'Take what?' ;;
        drop) drop "$@" ;;
        use | read | light) use "$@" ;;
        inventory | i) carried=$(here me); echo "You carry: ${carried:-nothing}." ;;
        save) save "$@" ;;
        load) load "$@" ;;
        quit) over=yes ;;
        *) echo "I do not know how to $verb." ;;
    esac
    moves=$((moves + 1))
}

look
while [ "$over" = no ] && printf '> ' && read -r words; do
    echo "$words"
    set -f
    # shellcheck disable=SC2086
    obey $(echo "$words" | tr 'A-Z' 'a-z' | tr -cd 'a-z \n')
    set +f
done <<'INPUT'
look
dance
take the sword
take lamp
go nowhere
N
get all
read book
up
save
south
EAST!
down
take key
use the lamp
look
take key key
load
inventory
s
e
d
use lamp
take key
drop coin
u
w
n
go up
take coin
i

use coin
never read
INPUT
echo "score $score after $moves moves"
