# shell: sh
# A lock by an atomic mkdir: one of two takes it.
lock() { mkdir lock.d 2>/dev/null; }
work() { if lock; then echo "worker got it" >> log; until [ -e done ]; do sleep 0.01; done; rmdir lock.d; else echo "worker waits" >> log; fi; }
lock && echo "taken"
lock || echo "busy"
rmdir lock.d
work & until [ -d lock.d ]; do sleep 0.01; done; work; : > done; wait
sort log
[ -d lock.d ] || echo "free"
ln -s target l && ln -s target l 2>/dev/null || echo "links are atomic too"
