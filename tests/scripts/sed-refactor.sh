# shell: sh
cat > code.c <<'EOF'
int old_name(int a) {
    return old_name(a - 1); /* old_name */
}

int other(void) { return old_namex(); }
EOF
sed -e 's/\bold_name\b/new_name/g' code.c
sed -n '/^int/p' code.c
sed '/^$/d;s/^    /\t/' code.c
sed -n '2{p;q}' code.c
sed '1i\
// header' code.c | head -n 2
sed -e '$a\
// footer' code.c | tail -n 1
sed 's/\([a-z_]*\)(\([^)]*\))/\2 -> \1/' code.c | head -n 1
printf 'a\nb\nc\n' | sed -n '$!{h;d};H;x;p'
printf 'one two three\n' | sed 's/[^ ][^ ]*/<&>/2'
