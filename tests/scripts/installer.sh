# shell: sh
# An installer as packages ship it: long and short options, DESTDIR, manifest, upgrade with backup, verify, uninstall, roll-back.
set -u
program=installer version=1.4.2

die() { printf '%s: %s\n' "$program" "$*" >&2; exit 1; }
say() { [ "$quiet" = yes ] || printf '%s\n' "$*"; }
run() {
    if [ "$dry" = yes ]; then
        printf '+'
        printf ' %s' "$@"
        printf '\n'
    else
        "$@"
    fi
}

help() {
    cat <<HELP
$program $version
  --prefix=DIR   where to install (/usr/local)
  --destdir DIR  put before the prefix
  -n, --dry-run  only show
  -q, --quiet
  -f, --force    overwrite what was changed
HELP
}

options() {
    prefix=/usr/local destdir='' dry=no quiet=no force=no
    while [ $# -gt 0 ]; do
        case $1 in
            --prefix=*) prefix=${1#*=} ;;
            --prefix | --destdir)
                [ $# -ge 2 ] || die "option $1 needs a value"
                case $1 in --prefix) prefix=$2 ;; *) destdir=$2 ;; esac
                shift
                ;;
            --destdir=*) destdir=${1#*=} ;;
            --dry-run) dry=yes ;;
            --quiet) quiet=yes ;;
            --force) force=yes ;;
            --help) help; exit 0 ;;
            --) shift; break ;;
            --*) die "unknown option $1" ;;
            -?*)
                letters=${1#-}
                while [ -n "$letters" ]; do
                    rest=${letters#?}
                    case ${letters%"$rest"} in
                        n) dry=yes ;;
                        q) quiet=yes ;;
                        f) force=yes ;;
                        *) die "unknown option -${letters%"$rest"}" ;;
                    esac
                    letters=$rest
                done
                ;;
            *) break ;;
        esac
        shift
    done
    [ $# -gt 0 ] || die 'no action given'
    action=$1
    case $prefix in /*) ;; *) die "prefix must be absolute: $prefix" ;; esac
    target=$destdir$prefix
    manifest=$target/share/tool/manifest
}

sum() { sha256sum < "$1" | cut -d' ' -f1; }

install_one() { # mode, source, name below the target
    file=$target/$3
    if [ -e "$file" ] && [ -f "$manifest" ]; then
        known=$(sed -n "s|^\([0-9a-f]*\) $3\$|\1|p" "$manifest")
        if [ -n "$known" ] && [ "$known" != "$(sum "$file")" ] && [ "$force" = no ]; then
            say "keeping $3, which was changed"
            run cp "$2" "$file.new"
            return 0
        fi
    fi
    run mkdir -p "${file%/*}" || return 1
    run cp "$2" "$file" || return 1
    run chmod "$1" "$file" || return 1
    [ "$dry" = yes ] || printf '%s %s\n' "$(sum "$file")" "$3" >> "$work/manifest"
    say "installed $3"
}

do_install() {
    : > "$work/manifest"
    while read -r mode source name; do
        case $mode in '#'* | '') continue ;; esac
        if ! install_one "$mode" "source/$source" "$name"; then
            say 'rolling back'
            while read -r _ done_name; do
                rm -f "$target/$done_name"
            done < "$work/manifest"
            return 1
        fi
    done < source/FILES
    [ "$dry" = yes ] && return 0
    mkdir -p "${manifest%/*}"
    { [ ! -f "$manifest" ] || cat "$manifest"; cat "$work/manifest"; } | awk '{ sums[$2] = $1 } END { for (n in sums) print sums[n], n }' | sort -k2 > "$work/merged"
    mv "$work/merged" "$manifest"
}

do_verify() {
    [ -f "$manifest" ] || die 'not installed'
    bad=0
    while read -r known name; do
        if [ ! -f "$target/$name" ]; then
            echo "missing $name"
        elif [ "$(sum "$target/$name")" != "$known" ]; then
            echo "changed $name"
        else
            continue
        fi
        bad=$((bad + 1))
    done < "$manifest"
    echo "$bad problems"
    [ "$bad" -eq 0 ]
}

do_uninstall() {
    [ -f "$manifest" ] || die 'not installed'
    while read -r _ name; do
        run rm -f "$target/$name"
    done < "$manifest"
    run rm -f "$manifest"
    [ "$dry" = yes ] || find "$destdir" -depth -type d -exec rmdir {} + 2>/dev/null
    say uninstalled
}

main() (
    options "$@"
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    case $action in
        install) do_install ;;
        verify) do_verify ;;
        uninstall) do_uninstall ;;
        *) die "unknown action $action" ;;
    esac
)

mkdir -p source
printf '#!/bin/sh\necho tool %s "$@"\n' 1 > source/tool
printf 'colour = red\n' > source/tool.conf
printf '.TH TOOL 1\n' > source/tool.1
printf '%s\n' '# mode source name' '755 tool bin/tool' '' '644 tool.conf etc/tool.conf' '644 tool.1 share/man/man1/tool.1' > source/FILES
main --prefix=/opt/t --destdir root -n install
main --prefix /opt/t --destdir=root install; echo "status $?"
root/opt/t/bin/tool works
ls -l root/opt/t/bin root/opt/t/etc | awk 'NF > 2 { print substr($1, 1, 10), $NF }'
main --destdir root --prefix /opt/t verify; echo "status $?"
echo 'colour = blue' > root/opt/t/etc/tool.conf
rm root/opt/t/share/man/man1/tool.1
main --destdir root --prefix /opt/t verify; echo "status $?"
sed -i 's/1/2/' source/tool
main --destdir root --prefix /opt/t install; echo "status $?"
root/opt/t/bin/tool; cat root/opt/t/etc/tool.conf root/opt/t/etc/tool.conf.new
main --destdir root --prefix /opt/t -qf install; echo "status $?"; cat root/opt/t/etc/tool.conf
main --destdir root --prefix /opt/t verify; echo "status $?"
echo '600 nowhere etc/nowhere' >> source/FILES
main --destdir other install 2>/dev/null; echo "status $?"; find other -type f
main --destdir root --prefix /opt/t uninstall; find root -type f | sort; echo "status $?"
for bad in '--prefix' '--prefix=relative install' '-nx install' '--frob' '' 'frob' 'verify'; do
    # shellcheck disable=SC2086
    main $bad 2>&1; echo "status $?"
done
main --help | head -n 2
