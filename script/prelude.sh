# Sourced by every script here: the tree's root, a compiler cache that sees through precompiled headers, plain talk.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
jobs=${AZUKARI_JOBS:-$(nproc)}

# ccache refuses precompiled headers unless told which differences do not matter; paths relative to the tree let every
# clone share one cache.
export CCACHE_PCH_EXTSUM=1
export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1

say() { printf '\n== %s\n' "$*" >&2; }
die() { printf '%s\n' "$*" >&2; exit 1; }

# build PRESET [target…]: configures once, then builds; the compiler's own words are shown only when it fails.
build() {
    local preset=$1
    shift
    local log=$root/build/$preset.log
    mkdir -p build
    if [ ! -f "build/$preset/build.ninja" ]; then
        cmake --preset "$preset" >"$log" 2>&1 || { cat "$log" >&2; return 1; }
    fi
    ninja -C "build/$preset" -j "$jobs" "$@" >"$log" 2>&1 || { grep -v '^\[' "$log" | tail -80 >&2; return 1; }
}

# program PRESET NAME: where the build put it.
program() {
    local found
    found=$(find "build/$1" -type f -perm -u+x -name "$2" | head -1)
    [ -n "$found" ] || die "build/$1 holds no program named $2"
    printf '%s\n' "$root/$found"
}
