#!/usr/bin/env bash
# calibration_long.sh PROGRAM SCRATCH: a calibration that is stopped and called again has the same ensemble.
# ctest: long
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"
. "$source_dir/tests/cli/_calibration.sh"

mkdir whole cut
cp tiny.toml whole
cp tiny.toml cut
(calibrated whole) >log 2>&1 || complain "calibrate: status $?: $(tail -n 3 log)"
grep -q '^done: ' log || complain "no end: $(tail -n 3 log)"

# Stopped when the runs of the second wave have begun, by the signal of job scripts, and called again with the same words.
calibrated cut >cut.log 2>&1 &
pid=$!
for ((wait = 0; wait < 3000; ++wait)); do
    [ -z "$(find cut/tiny_wave_2.csv 2>/dev/null)" ] || [ "$(grep -c '^\[\[wave\]\]' cut/tiny.toml)" -eq 0 ] || break
    sleep 0.02
done
kill -USR1 $pid
wait $pid
status=$?
[ $status -eq 85 ] || complain "stopped: status $status: $(tail -n 3 cut.log)"
[ ! -e cut/out/calibration/ensemble.csv ] || complain "it was not stopped in between"
(calibrated cut) >cut.log 2>&1 || complain "called again: status $?: $(tail -n 3 cut.log)"
for file in out/calibration/ensemble.csv out/calibration/report.md out/study.h5 tiny_wave_2.csv tiny_last.csv tiny.toml; do
    cmp "whole/$file" "cut/$file" || complain "stopped and called again: another $file"
done

finish "$checks checks"
