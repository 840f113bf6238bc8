# shell: sh
# A reader and two writers on a named pipe.
mkfifo q
{ while read -r line; do echo "got $line"; done < q | sort > log; } &
{ for i in 1 2; do echo "a$i"; done; for i in 1 2; do echo "b$i"; done; } > q
wait
cat log
rm q; [ -e q ] || echo removed
