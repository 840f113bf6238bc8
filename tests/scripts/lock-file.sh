# shell: sh
# A lock by an atomic mkdir: one of two takes it.
lock() { mkdir lock.d 2>/dev/null; }
work() { if lock; then echo "worker got it" >> log; sleep 0.05; rmdir lock.d; else echo "worker waits" >> log; fi; }
lock && echo "taken"
lock || echo "busy"
rmdir lock.d
work & sleep 0.01; work; wait
sort log
[ -d lock.d ] || echo "free"
ln -s target l && ln -s target l 2>/dev/null || echo "links are atomic too"
