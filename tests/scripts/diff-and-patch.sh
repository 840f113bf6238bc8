# shell: sh
printf 'one\ntwo\nthree\nfour\n' > old
printf 'one\n2\nthree\nfour\nfive\n' > new
diff old old && echo same
diff -u old new | tail -n +3; diff old new > /dev/null; echo "status $?"
diff -u old new > change.patch
cp old work
patch work < change.patch
cmp work new && echo patched
patch -R work < change.patch > /dev/null
cmp work old && echo reversed
cmp -s old new; echo "status $?"
