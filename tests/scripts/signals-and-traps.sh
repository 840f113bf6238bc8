# shell: sh
trap 'echo "got USR1"' USR1
kill -USR1 $$
echo after
trap '' USR1; kill -USR1 $$; echo ignored
trap - USR1
(trap 'echo "subshell exit"' EXIT; echo body)
sh -c 'trap "echo term; exit 3" TERM; kill -TERM $$; echo "not reached"'; echo "status $?"
sh -c 'kill -KILL $$' 2>/dev/null; echo "status $?"
sleep 5 & pid=$!
kill $pid; wait $pid 2>/dev/null; echo "killed: $?"
trap 'echo "at exit: $?"' EXIT
(exit 4)
