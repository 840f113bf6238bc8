# shell: sh
for path in /usr/local/lib/libm.so.6 file.tar.gz dir/ / '' ./a/../b; do
    printf '%s|dir=%s|base=%s|ext=%s|stem=%s\n' "$path" "$(dirname "$path")" "$(basename "$path")" "${path##*.}" "${path%%.*}"
done
basename /a/b/name.txt .txt
old_IFS=$IFS
IFS=:
set -- /bin:/usr/bin::/opt/x
for p in $1; do echo "[$p]"; done
IFS=$old_IFS
mkdir -p a/b/c
cd a/b/c && cd ../.. && pwd | sed 's|.*/||'
