# shell: sh
mkdir files
for n in 1 2 3; do printf 'content of file %s\n' "$n" > "files/f$n"; done
(cd files && sha256sum f* > ../SHA256SUMS)
cat SHA256SUMS
(cd files && sha256sum -c ../SHA256SUMS)
echo tampered > files/f2
(cd files && sha256sum -c ../SHA256SUMS 2>/dev/null); echo "status $?"
md5sum < files/f1
printf abc | sha1sum
printf abc | cksum
