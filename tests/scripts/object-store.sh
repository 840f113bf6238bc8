# shell: sh
# A store in the way of git: objects by their sum, trees, commits, branches, log, diff, checkout, verification, packing.
set -eu
store=.store
die() { echo "store: $*" >&2; exit 1; }

object_path() { echo "$store/objects/${1%"${1#??}"}/${1#??}"; }

put() { # kind; content on standard input; gives the name
    cat > "$store/tmp"
    size=$(wc -c < "$store/tmp" | tr -d ' ')
    name=$({ printf '%s %s\n' "$1" "$size"; cat "$store/tmp"; } | sha1sum | cut -d' ' -f1)
    path=$(object_path "$name")
    if [ ! -f "$path" ]; then
        mkdir -p "${path%/*}"
        { printf '%s %s\n' "$1" "$size"; cat "$store/tmp"; } | gzip -c > "$path"
    fi
    rm "$store/tmp"
    echo "$name"
}

get() { # name: its content
    path=$(object_path "$1")
    [ -f "$path" ] || die "no object $1"
    gunzip -c < "$path" | tail -n +2
}

kind() { gunzip -c < "$(object_path "$1")" | head -n 1 | cut -d' ' -f1; }

write_tree() { # directory
    (
        cd "$1"
        for entry in *; do
            [ -e "$entry" ] || continue
            if [ -d "$entry" ]; then echo "tree $entry"; else echo "blob $entry"; fi
        done
    ) | sort -k2 | while read -r type entry; do
        if [ "$type" = tree ]; then
            echo "tree $(write_tree "$1/$entry") $entry"
        else
            echo "blob $(put blob < "$1/$entry") $entry"
        fi
    done > "$store/tree.$$.${1##*/}"
    put tree < "$store/tree.$$.${1##*/}"
    rm "$store/tree.$$.${1##*/}"
}

list() { # tree name, prefix: every file with its object
    get "$1" | while read -r type name entry; do
        if [ "$type" = tree ]; then list "$name" "$2$entry/"; else echo "$name $2$entry"; fi
    done
}

head_name() { branch=$(cat "$store/HEAD"); cat "$store/refs/$branch" 2>/dev/null || true; }

commit() { # message
    tree=$(write_tree work)
    parent=$(head_name)
    if [ -n "$parent" ] && [ "$(get "$parent" | sed -n 's/^tree //p')" = "$tree" ]; then
        echo 'nothing to commit'
        return 0
    fi
    clock=$((clock + 60))
    name=$({
        echo "tree $tree"
        [ -z "$parent" ] || echo "parent $parent"
        echo "date $clock"
        echo
        echo "$1"
    } | put commit)
    echo "$name" > "$store/refs/$(cat "$store/HEAD")"
    printf '[%s %.7s] %s\n' "$(cat "$store/HEAD")" "$name" "$1"
}

log() {
    name=$(head_name)
    while [ -n "$name" ]; do
        get "$name" | awk -v name="$name" '/^date/ { date = $2 } body { print substr(name, 1, 7), date, $0; body = 0 } /^$/ { body = 1 }'
        name=$(get "$name" | sed -n '/^$/q; s/^parent //p')
    done
}

tree_of() { get "$(cat "$store/refs/$1")" | sed -n 's/^tree //p'; }

changes() { # two trees
    list "$1" '' | sort -k2 > "$store/a"
    list "$2" '' | sort -k2 > "$store/b"
    join -1 2 -2 2 -a 1 -a 2 -e - -o 0,1.1,2.1 "$store/a" "$store/b" 2>/dev/null | awk '$2 != $3 { print ($2 == "-" ? "A" : $3 == "-" ? "D" : "M"), $1 }'
}

changes_by_awk() { # the same without join, which not every machine has
    { list "$1" '' | sed 's/^/a /'; list "$2" '' | sed 's/^/b /'; } | awk '
        $1 == "a" { a[$3] = $2; all[$3] }
        $1 == "b" { b[$3] = $2; all[$3] }
        END { for (f in all) if (a[f] != b[f]) print (!(f in a) ? "A" : !(f in b) ? "D" : "M"), f }' | sort -k2
}

branch() { cp "$store/refs/$(cat "$store/HEAD")" "$store/refs/$1"; }

checkout() {
    [ -f "$store/refs/$1" ] || die "no branch $1"
    echo "$1" > "$store/HEAD"
    rm -rf work
    list "$(tree_of "$1")" '' | while read -r name file; do
        case $file in */*) mkdir -p "work/${file%/*}" ;; *) mkdir -p work ;; esac
        get "$name" > "work/$file"
    done
}

verify() {
    find "$store/objects" -type f | sort | while read -r path; do
        name=${path#"$store/objects/"}
        name=${name%/*}${name#*/}
        [ "$(gunzip -c < "$path" 2>/dev/null | sha1sum | cut -d' ' -f1)" = "$name" ] || echo "bad $name"
    done
}

mkdir -p "$store/objects" "$store/refs" work/src
echo main > "$store/HEAD"
clock=1000000000
printf 'hello\n' > work/README
printf 'int main(void) { return 0; }\n' > work/src/main.c
commit 'first'
commit 'again'
printf 'hello, world\n' > work/README
printf 'all:\n\tcc src/main.c\n' > work/Makefile
commit 'more files'
branch topic
checkout topic
rm work/src/main.c
mkdir -p work/lib/deep
cp work/README work/lib/deep/copy
commit 'topic work'
echo '-- log'; log
echo '-- changes'; changes_by_awk "$(tree_of main)" "$(tree_of topic)"
echo '-- main again'; checkout main; find work -type f | sort; cat work/README
echo '-- objects'
for type in blob tree commit; do
    n=0
    for path in "$store"/objects/*/*; do
        name=${path#"$store/objects/"}
        [ "$(kind "${name%/*}${name#*/}")" != "$type" ] || n=$((n + 1))
    done
    echo "$type $n"
done
verify && echo verified
victim=$(list "$(tree_of main)" '' | sed -n 's/ README$//p')
echo broken | gzip -c > "$(object_path "$victim")"
verify
(checkout nowhere) || echo "status $?"
get 0000000000000000000000000000000000000000 || echo "status $?"
