# shellcheck shell=bash
# What job.sh needs to know of a machine without a scheduler: time has no end.

seconds_left() { return 1; }
go_on_later() { say "start it again to go on"; }
