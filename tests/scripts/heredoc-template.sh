# shell: sh
name="Ada" items="tea milk bread"
render() {
    cat <<EOF
Dear $name,

You ordered $(echo $items | wc -w | tr -d ' ') items:
$(for i in $items; do echo "  * $i"; done)
Total: \$$((3 * 4)).50
${note:-No note.}
EOF
}
render
note="Mind the \`back quotes\` and \\ slashes" render
cat <<'EOF'
Nothing $here is `expanded` $((1+1))
EOF
cat <<-EOF
	tabs are
	taken off
		all of them
EOF
cat <<A; cat <<B
first
A
second
B
