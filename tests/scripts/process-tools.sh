# shell: sh
seq 5 | xargs echo
seq 6 | xargs -n 2 echo pair:
printf 'a b\nc\n' | xargs -I{} echo "<{}>"
printf 'x\0y z\0' | xargs -0 -n1 printf '[%s]\n'
echo 'one two' | xargs sh -c 'echo "$0 and $1"'
env -i A=1 B=2 env | sort
A=5 sh -c 'echo $A'; echo "${A-unset}"
seq 3 | xargs -n1 sh -c 'exit $0'; echo "status $?"
echo | xargs -r false; echo "status $?"
sh -c 'echo $#: "$@"' zero one 'two three'
timeout 0.1 sleep 5; echo "timeout: $?"
