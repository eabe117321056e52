#!/usr/bin/env bash
# disk_full.sh PROGRAM SCRATCH: a disk that fills up while series, snapshots or checkpoints are written:
# a clear message, a status that is not 0, nothing complete is lost, and the run goes on once there is
# room.  Needs a small file system of its own: mounts one in memory, where it may.
# Mounts live and die with a name space of this script's own.
# ctest: cost 120
if [ -z "${LATECOMER_MOUNTS:-}" ]; then
    if unshare --mount true 2>/dev/null; then
        LATECOMER_MOUNTS=own exec unshare --mount bash "$0" "$@"
    elif unshare --user --map-root-user --mount true 2>/dev/null; then
        LATECOMER_MOUNTS=own exec unshare --user --map-root-user --mount bash "$0" "$@"
    fi
    echo "Skipped: no file system can be mounted here"
    exit 0
fi
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"
mkdir -p disk
if ! mount -t tmpfs -o size=64m tmpfs disk; then
    echo "Skipped: no file system can be mounted here"
    exit 0
fi
cat >world.toml <<EOF
include = "$smoke"
[run]
quarters = 20
[world]
firms_per_country = 300
[output]
snapshot_every = 4
checkpoint_rule = "quarters"
checkpoint_every = 3
EOF

on 1 run world.toml --out whole --progress none
need=$(($(du -sk whole | cut -f 1) + 1200)) # two checkpoints at a time, and the draft of the series

# From no room at all to nearly enough: the disk fills up in every phase of a run.
met=" "
for ((room = 200; room < need; room += need / 4)); do
    for ranks in 1 3; do
        checks=$((checks + 1))
        rm -rf disk/run
        mount -o remount,size=64m disk
        mount -o remount,size=${room}k disk
        on $ranks run world.toml --out disk/run --progress none
        [ $status -eq 0 ] && continue
        line=$(grep -m 1 '^latecomer:' stderr)
        [ $status -eq 1 ] || complain "$room KiB, $ranks ranks: status $status: $(head -c 400 stderr)"
        [[ $line == *"No space left on device"* ]] || complain "$room KiB, $ranks ranks: $(head -c 400 stderr)"
        [ "$(grep -c '^latecomer:' stderr)" -eq 1 ] || complain "$room KiB, $ranks ranks: $(grep '^latecomer:' stderr)"
        file=${line#*\'disk/run/}
        met+="${file%%[_.\']*} "
        [ -e disk/run ] || continue # it had not begun
        [ ! -e disk/run/DONE ] || complain "$room KiB: DONE"
        "$program" inspect disk/run >inspected 2>&1 || complain "$room KiB, $ranks ranks: $(grep DAMAGED inspected)"
        # There is room again.
        mount -o remount,size=64m disk
        on $((4 - ranks)) run world.toml --out disk/run --resume --progress none
        [ $status -eq 0 ] || complain "$room KiB, $ranks ranks: does not go on: $(head -c 300 stderr)"
        "$program" compare whole disk/run >compared 2>&1 || complain "$room KiB, $ranks ranks: $(head -c 300 compared)"
        same_end whole disk/run || complain "$room KiB, $ranks ranks: another DONE"
    done
done

# Without checkpoints it is a snapshot that finds no room.
for ((room = 200; room < need; room += need / 12)); do
    [[ $met != *firms* ]] || break
    checks=$((checks + 1))
    rm -rf disk/run
    mount -o remount,size=64m disk
    mount -o remount,size=${room}k disk
    on 2 run world.toml --out disk/run --set output.checkpoint_rule=none --progress none
    line=$(grep -m 1 '^latecomer:' stderr)
    file=${line#*\'disk/run/}
    [ $status -eq 0 ] || met+="${file%%[_.\']*} "
done
for kind in series firms ckpt; do
    [[ $met == *"$kind"* ]] || complain "the disk was never full at $kind:$met"
done

# As configured, a run goes on without what finds no room.  Its series must find room at its end, so snapshots
# are larger here than that is.
large=(--set world.firms_per_country=3000 --set output.checkpoint_rule=none --progress none)
on 2 run world.toml --out large "${large[@]}"
need=$(du -sk large | cut -f 1)
has_gone_on=no
for tenths in 4 5 6; do
    rm -rf disk/run
    mount -o remount,size=64m disk
    mount -o remount,size=$((need * (2 * tenths + 1) / 20))k disk # of the snapshots some, and a half
    on 2 run world.toml --out disk/run --set output.when_full=go_on "${large[@]}"
    if [ $status -eq 0 ] && grep -q 'warning: .*No space left on device.*goes on without it' stderr; then
        has_gone_on=yes
        [ "$(tail -n 1 stdout)" = "$(head -n 1 large/DONE)" ] || complain "another hash without snapshots"
        "$program" inspect disk/run >inspected 2>&1 || complain "without a snapshot: $(tail -n 1 inspected)"
    else
        [ $status -eq 0 ] || grep -q "latecomer: cannot write 'disk/run/series.h5" stderr ||
            complain "go_on stops: $(tail -n 1 stderr)"
    fi
done
[ $has_gone_on = yes ] || complain "no run has gone on without what found no room"

umount disk
finish "$checks runs on small disks, full at:$(tr ' ' '\n' <<<"$met" | sort -u | tr '\n' ' ')"
