#!/usr/bin/env bash
# run_script.sh SCRIPT PROGRAM SCRATCH: runs SCRIPT PROGRAM SCRATCH inside SCRATCH, emptied before.
set -euo pipefail

script=$1
program=$2
scratch=$3

rm -rf "$scratch"
mkdir -p "$scratch"
cd "$scratch"
exec env TMPDIR="$scratch" bash "$script" "$program" "$scratch"
