# shell: sh
cat > text <<'EOF'
The quick brown fox jumps over the lazy dog. The dog sleeps;
the fox runs. Quick, quick, says the fox!
EOF
tr -cs '[:alpha:]' '\n' < text | tr '[:upper:]' '[:lower:]' | sort | uniq -c | sort -k1,1nr -k2,2 | head -n 5 | while read -r count word; do
    printf '%-6s %s\n' "$word" "$count"
done
