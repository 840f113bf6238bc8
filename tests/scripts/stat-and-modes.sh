# shell: sh
umask 022
touch f; mkdir d; ln f hard; ln -s f soft
chmod 640 f; ls -l f | cut -c1-10
chmod u+x,g-r,o=r f; ls -l f | cut -c1-10
stat -c '%a %h %F' f
[ f -ef hard ] && echo "same file"
[ -L soft ] && [ -e soft ] && [ -d d ] && [ ! -x d/none ] && echo "tests fine"
umask 077; touch private; ls -l private | cut -c1-10
rm f; [ -L soft ] && [ ! -e soft ] && echo dangling
cat hard && rmdir d && rm -f nothing; echo "status $?"
