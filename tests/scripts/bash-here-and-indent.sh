# shell: bash
emit() { while IFS= read -r l; do printf '%s%s\n' "$1" "$l"; done; }
emit '> ' <<EOF
$(printf 'multi\nline')
  indented "quotes" 'single' \$escaped
EOF
f() { cat <<-'X'
	literal $x
	X
}
f | emit '| '
declare -f f | head -n 1
x=$(cat <<'EOF'
case in a substitution: $(case x in x) echo y;; esac)
EOF
)
echo "$x"
y=$(case b in a) echo A;; (b) echo B;; esac); echo "$y"
