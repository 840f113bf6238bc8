# shell: sh
mkdir -p src/lib src/bin .git
touch src/a.c src/b.o src/lib/c.o src/lib/d.c src/bin/prog '.git/x.o' 'src/with space.o'
find src -name '*.o' | sort
find src -name '*.o' -exec rm {} +
find . -type f | sort
find src -type d | sort
find src -name '*.c' -print0 | xargs -0 -n1 basename | sort
find src -type f ! -name '*.c' -exec sh -c 'for f; do echo "other: $f"; done' sh {} +
