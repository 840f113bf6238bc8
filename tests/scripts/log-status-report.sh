# shell: sh
# Counts the answers of a web server by status and lists the busiest clients.
cat > access.log <<'EOF'
10.0.0.1 - - [10/Oct/2024:13:55:36] "GET /index.html HTTP/1.1" 200 2326
10.0.0.2 - - [10/Oct/2024:13:55:37] "GET /missing HTTP/1.1" 404 209
10.0.0.1 - - [10/Oct/2024:13:55:38] "POST /api/v1/items HTTP/1.1" 201 31
10.0.0.3 - - [10/Oct/2024:13:55:39] "GET /index.html HTTP/1.1" 200 2326
10.0.0.2 - - [10/Oct/2024:13:56:01] "GET /boom HTTP/1.1" 500 77
10.0.0.1 - - [10/Oct/2024:13:56:02] "GET /style.css HTTP/1.1" 304 0
EOF
echo "== by status"
awk '{ n[$(NF-1)]++ } END { for (s in n) print s, n[s] }' access.log | sort
echo "== clients"
cut -d' ' -f1 access.log | sort | uniq -c | sort -k1,1nr -k2 | awk '{ print $2 " " $1 }'
echo "== errors"
grep -E '" [45][0-9]{2} ' access.log | sed -E 's/.*"([A-Z]+) ([^ ]+) .*" ([0-9]+) .*/\3 \1 \2/'
echo "== bytes: $(awk '{ s += $NF } END { print s }' access.log)"
