#!/bin/bash
# build.sh [--no-install] [OUTPUT-DIR]: compiles busybox.wasm from the source archive in source/, with Debian's patches
# and ours, into OUTPUT-DIR (default: out/userland in the repository). Uses no network, except that it installs the
# compiler's packages with apt when they are missing, and says so; with --no-install it ends with status 3 instead. The
# result is the same, byte for byte, wherever it is built with the same packages.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
only=
[ "${1-}" = --no-install ] && { only=--missing; shift; }
out=${1:-$here/../out/userland}
mkdir -p "$out"
out=$(cd "$out" && pwd)
packages="clang-16 lld-16 llvm-16 wasi-libc libclang-rt-16-dev-wasm32 binaryen gcc libc6-dev make patch bzip2 xz-utils"

# Everything that could leak into the result: locale, time, the folder, the user's settings.
export LC_ALL=C TZ=UTC SOURCE_DATE_EPOCH=1672531200 KBUILD_BUILD_TIMESTAMP='2023-01-01 00:00:00 UTC'
export KCONFIG_NOTIMESTAMP=1
unset MAKEFLAGS MFLAGS CFLAGS CPPFLAGS LDFLAGS CROSS_COMPILE ARCH KBUILD_OUTPUT BASH_ENV ENV || true
umask 022

"$here/install-packages.sh" $only $packages

# BusyBox's makefiles bear no spaces in paths: the work is done in a folder of its own
work=$(mktemp -d /tmp/pssandbox-userland.XXXXXX)
trap 'rm -rf "$work"' EXIT
tar -xf "$here/source/busybox_1.35.0.orig.tar.bz2" -C "$work"
tar -xf "$here/source/busybox_1.35.0-4+deb12u1.debian.tar.xz" -C "$work"
src=$work/busybox-1.35.0
cd "$src"
while read -r p; do
	case $p in '' | '#'*) ;; *) patch -s -p1 <"$work/debian/patches/$p" ;; esac
done <"$work/debian/patches/series"
for p in "$here"/patches/*.patch; do
	[ -e "$p" ] && patch -s -p1 <"$p"
done
cp "$here/config/busybox.config" .config
cp -R "$here/compat" compat
sed "s|^hot=.*|hot='$(sed -e "s/#.*//" "$here/config/hot.list" | tr "\n" " ")'|" "$here/cc" >"$work/cc"
chmod +x "$work/cc"

target="-std=gnu11 -nostdlibinc -isystem compat/include -isystem /usr/include/wasm32-wasi -D_GNU_SOURCE
	-D_WASI_EMULATED_SIGNAL -D_WASI_EMULATED_PROCESS_CLOCKS -D_WASI_EMULATED_MMAN -D_WASI_EMULATED_GETPID
	-msimd128 -mbulk-memory -msign-ext -mnontrapping-fptoint -fno-ident"
target=$(echo $target)
ld=$(sed -e 's/#.*//' "$here/config/link.options" | tr '\n' ' ')
wraps=$(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' -e 's/^/-Wl,--wrap=/' "$here/config/wrap.list" | tr '\n' ' ')
objects=
for c in compat/*.c; do
	clang-16 --target=wasm32-wasi $target -O2 -Wall -Wextra -Wno-unused-parameter -Wno-unused-command-line-argument -include compat.h -c "$c" -o "${c%.c}.o"
	objects="$objects -Wl,${c%.c}.o"
done
# clang runs wasm-opt by itself when the link has -O, and loses the names: link.options says -O0.
jobs=$(nproc 2>/dev/null || echo 2)
make -s -j"$jobs" ARCH=wasm32 CROSS_COMPILE= HOSTCC=gcc CC="$work/cc" LD="clang-16 --target=wasm32-wasi -nostdlib" \
	AR=llvm-ar-16 NM=llvm-nm-16 STRIP=true SKIP_STRIP=y BB_EXTRA_VERSION="Debian 1:1.35.0-4+deb12u1" \
	EXTRA_CFLAGS="$target -include compat.h -Wno-string-plus-int -Wno-unused-command-line-argument -Wno-ignored-optimization-argument" \
	CONFIG_EXTRA_LDLIBS="$ld $wraps $objects" busybox_unstripped >"$work/make.log" 2>&1 ||
	{ grep -E ' error: | \*\*\* ' "$work/make.log" >&2 || tail -n 40 "$work/make.log" >&2; exit 1; }
# with names, for profiles; without them, to run
wasm-opt -O3 -g --enable-simd --enable-bulk-memory --enable-sign-ext --enable-nontrapping-float-to-int \
	busybox_unstripped -o "$out/busybox.unstripped.wasm"
llvm-strip-16 --strip-all "$out/busybox.unstripped.wasm" -o "$out/busybox.wasm"
# one line a command: where it usually is
HOSTCC=gcc sh applets/busybox.mkll include/autoconf.h include/applets.h | sort >"$out/applets.txt"
ls -l "$out/busybox.wasm" | awk '{ print "busybox.wasm:", $5, "bytes" }'
