# shell: sh
# Packs a tree, unpacks it elsewhere, and finds both the same.
set -e
mkdir -p tree/a/b tree/c
echo one > tree/a/1.txt
echo two > tree/a/b/2.txt
printf '\0\1\2\377' > tree/c/bin
ln -s ../a/1.txt tree/c/link
chmod 755 tree/a/1.txt
tar cf tree.tar -C tree .
tar tf tree.tar | sort
mkdir out
tar xf tree.tar -C out
diff -r tree out && echo same
test -x out/a/1.txt && echo executable
readlink out/c/link
gzip -c tree.tar > tree.tar.gz
gunzip -c tree.tar.gz | cmp - tree.tar && echo "gzip round trip"
tar czf t2.tgz tree && tar xzOf t2.tgz tree/a/b/2.txt
