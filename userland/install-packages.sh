#!/bin/sh
# install-packages.sh [--missing] PACKAGE...: installs those of Debian's packages that are missing, and says which. Needs
# root or sudo without a password; elsewhere, and with --missing, it names them and ends with status 3.
only=
[ "${1-}" = --missing ] && { only=1; shift; }
missing=
for package; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

sudo=
[ "$(id -u)" = 0 ] || sudo='sudo -n'
if [ -n "$only" ] || ! $sudo true 2>/dev/null; then
    echo "missing packages:$missing" >&2
    exit 3
fi

echo "Installing packages:$missing"
$sudo apt-get -o DPkg::Lock::Timeout=300 update -q >/dev/null
$sudo env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -q --no-install-recommends $missing >/dev/null
