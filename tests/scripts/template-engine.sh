# shell: sh
cat > page.tpl <<'EOF'
<h1>{{title}}</h1>
<p>{{body}}</p>
<!-- {{missing}} -->
EOF
title='A & B / C' body='x|y'
render() {
    script=
    for name in title body; do
        eval "value=\$$name"
        value=$(printf '%s' "$value" | sed 's/[&\\|]/\\&/g')
        script="$script;s|{{$name}}|$value|g"
    done
    sed "${script#;}" "$1"
}
render page.tpl
grep -o '{{[a-z]*}}' page.tpl | tr -d '{}' | sort
