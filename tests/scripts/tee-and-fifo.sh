# shell: sh
echo shared | tee a b | cat
cmp a b && echo equal
echo more | tee -a a > /dev/null; wc -l < a | tr -d ' '
mkfifo pipe
cat pipe > received & 
echo through > pipe
wait
cat received
(sleep 0.02; echo late) | cat
{ echo first; cat; } <<'EOF'
rest
EOF
