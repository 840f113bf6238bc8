# shell: sh
# What a configure script does at its beginning: probes tools and writes config.h.
as_echo_n() { printf '%s' "$1"; }
check_prog() {
    as_echo_n "checking for $1... "
    if command -v "$1" >/dev/null 2>&1; then echo yes; eval "have_$1=1"; else echo no; eval "have_$1=0"; fi
}
check_prog sed
check_prog awk
check_prog no_such_tool
as_echo_n "checking whether echo supports -n... "
case $(echo -n x) in -n*) echo no ;; *) echo yes ;; esac
as_echo_n "checking whether ln -s works... "
rm -f conftest.link
if ln -s conftest.file conftest.link 2>/dev/null; then echo yes; LN_S='ln -s'; else echo no; LN_S=cp; fi
rm -f conftest.link
{
    echo "/* generated */"
    for tool in sed awk no_such_tool; do
        eval "v=\$have_$tool"
        NAME=$(echo "$tool" | tr '[:lower:]' '[:upper:]')
        if [ "$v" = 1 ]; then echo "#define HAVE_$NAME 1"; else echo "/* #undef HAVE_$NAME */"; fi
    done
} > config.h
cat config.h
sed -e "s|@LN_S@|$LN_S|g" -e 's|@prefix@|/usr/local|g' > Makefile <<'EOF'
prefix = @prefix@
LN_S = @LN_S@
EOF
cat Makefile
