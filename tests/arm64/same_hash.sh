#!/usr/bin/env bash
# same_hash.sh PROGRAM SCRATCH: the model built for 64-bit ARM and run in an emulator gives the state hashes, outputs and
# elementary functions that PROGRAM, same_hash of this build, gives here with each instruction set.
. "$(dirname "${BASH_SOURCE[0]}")/../cli/_common.sh"

compiler=aarch64-linux-gnu-g++
emulator=qemu-aarch64
for needed in "$compiler" "$emulator"; do
    if ! command -v "$needed" >/dev/null; then
        echo "Skipped: needs $needed; install packages g++-aarch64-linux-gnu and qemu-user"
        exit 77
    fi
done

# Flags and choices of the environment are meant for this processor.
unset CFLAGS CXXFLAGS LDFLAGS LATECOMER_INSTRUCTION_SET
if ! cmake -S "$source_dir" -B build -G Ninja -DLATECOMER_MODEL_ONLY=ON \
    -DCMAKE_TOOLCHAIN_FILE="$source_dir/tests/arm64/toolchain.cmake" -DCMAKE_CXX_FLAGS=-Werror \
    -DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=8 >configure.log 2>&1; then
    tail -n 20 configure.log
    complain "the build for ARM cannot be configured"
elif ! cmake --build build --target same_hash --parallel 2 >build.log 2>&1; then
    tail -n 40 build.log
    complain "the sources do not compile for ARM"
else
    # Where the libraries for ARM lie: Debian's compiler finds them in /usr/aarch64-linux-gnu/lib.
    libraries=$(dirname "$(realpath "$("$compiler" -print-file-name=libc.so.6)")")
    # As if a launcher had started it, so that the stand-in for MPI is used.
    PMIX_RANK=0 "$emulator" -L "$(dirname "$libraries")" build/same_hash >arm64.txt || complain "on ARM: status $?"
fi

cmake --build "$(dirname "$program")" --target same_hash --parallel 2 >native.log 2>&1 || complain "$(tail -n 40 native.log)"
sets=$("$program" instruction_sets)
[ -n "$sets" ] || complain "there is nothing to compare with"
for set in $sets; do
    # shellcheck disable=SC2086 # the launcher is a command with flags
    LATECOMER_INSTRUCTION_SET=$set $launch 1 "$program" >"$set.txt" || complain "on $set: status $?"
    [ "$(grep -c 'state hash' "$set.txt")" -ge 81 ] || complain "on $set: lines are missing"
    if ! cmp -s "$set.txt" arm64.txt; then
        complain "ARM and $set differ; the first lines that do:"
        diff "$set.txt" arm64.txt | head -n 6
    fi
done

finish "$(grep -c 'state hash' arm64.txt) state hashes on ARM and ${sets//$'\n'/, }"
