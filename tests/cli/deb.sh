#!/usr/bin/env bash
# deb.sh PROGRAM SCRATCH: the Debian package and the archive that cpack makes: what is in them, that both work where they are
# unpacked, and that they have the same bytes when they are made again.
# ctest: long
. "$(dirname "${BASH_SOURCE[0]}")/_common.sh"

build=$(dirname "$program")
[ -f "$build/CPackConfig.cmake" ] && command -v cpack dpkg-deb dpkg-shlibdeps >/dev/null || exit 77
export SOURCE_DATE_EPOCH=1796000000

# packed GENERATOR FOLDER: makes a package there.
packed() {
    (umask "$3" && cpack --config "$build/CPackConfig.cmake" -G "$1" -B "$PWD/$2") >"$2.txt" 2>&1 ||
        complain "cpack -G $1: $(tail -n 5 "$2.txt")"
}
packed DEB first 022
packed DEB second 022 # the archive of a .deb has the umask in its heads
packed TGZ third 022
packed TGZ fourth 077
deb=$(echo first/latecomer_*.deb)
archive=$(echo third/latecomer-*.tar.gz)
cmp "$deb" second/latecomer_*.deb || complain "a second package has other bytes"
cmp "$archive" fourth/latecomer-*.tar.gz || complain "a second archive has other bytes"

# What it says of itself.
version=$("$program" --version | head -n 1 | grep -o '[0-9]*\.[0-9]*\.[0-9]*')
field() { dpkg-deb --field "$deb" "$1"; }
[ "$(field Package) $(field Version) $(field Section)" = "latecomer $version science" ] ||
    complain "of itself: $(dpkg-deb --info "$deb")"
for library in libc6 libopenmpi3 libhdf5-openmpi libboost-program-options libgomp1 libstdc++6; do
    field Depends | grep -q "$library" || complain "no dependency on $library: $(field Depends)"
done
for package in openmpi-bin python3-h5netcdf python3-xarray python3-matplotlib python3-statsmodels; do
    field Recommends | grep -qw "$package" || complain "does not recommend $package: $(field Recommends)"
done

# What is in it.
dpkg-deb --contents "$deb" >contents.txt
for path in usr/bin/latecomer usr/share/latecomer/scenarios/smoke.toml usr/share/latecomer/analysis/make_paper \
    "usr/share/modulefiles/latecomer/$version" usr/share/bash-completion/completions/latecomer \
    usr/share/man/man1/latecomer.1.gz usr/share/doc/latecomer/copyright usr/share/doc/latecomer/changelog.gz \
    usr/share/doc/latecomer/io/FORMAT.md; do
    grep -q " \./$path$" contents.txt || complain "no $path in the package"
done
grep -E 'tests?/.*\.(cpp|sh|py)$|_tests$|\.pyc|__pycache__|\.a$' contents.txt &&
    complain "tests or leftovers are in the package"
grep -v '^[dl]rwx\|^-rw-r--r-- root/root\|^-rwxr-xr-x root/root' contents.txt && complain "odd permissions or owners"
# shellcheck disable=SC2312
while read -r path; do
    grep -q "^-rwxr-xr-x .* \./$path$" contents.txt || complain "$path is not executable"
done < <(printf '%s\n' usr/bin/latecomer usr/share/latecomer/calibrate usr/share/latecomer/analysis/make_paper)

# works ROOT SHARE: the program below ROOT/bin runs, also from a study; the module file leads to it.
works() {
    local root=$1 out=$2
    "$root/bin/latecomer" run "$root/share/latecomer/scenarios/smoke.toml" --out "$out/run" --progress none >"$out.txt" ||
        complain "$root: the smoke scenario"
    same_end "$out/run" here || complain "$root: another result than the program that was packed"
    "$root/bin/latecomer" study run "$root/share/latecomer/studies/smoke.toml" --out "$out/study" --only 0 >>"$out.txt" 2>&1 &&
        "$root/bin/latecomer" study merge "$root/share/latecomer/studies/smoke.toml" --out "$out/study" >>"$out.txt" 2>&1 ||
        complain "$root: a study: $(tail -n 2 "$out.txt")"
    [ -s "$out/study/study.h5" ] || complain "$root: no study.h5"
}
"$program" run "$smoke" --out here --progress none >here.txt || complain "the program that was packed"
mkdir -p from_deb from_archive unpacked
dpkg-deb --extract "$deb" unpacked
works unpacked/usr from_deb
tar -xzf "$archive" -C unpacked
works "$(echo unpacked/latecomer-*)" from_archive
readelf -d unpacked/usr/bin/latecomer | grep -q 'RUNPATH\|RPATH' && complain "the program looks for libraries elsewhere"

# The Python package where python3 looks, its metadata, figures.
PYTHONPATH=$PWD/unpacked/usr/lib/python3/dist-packages /usr/bin/python3 -B - "$version" from_deb/run <<'PYTHON' || complain "import latecomer"
import sys
from importlib.metadata import version
from pathlib import Path

from latecomer.series import open_series

assert version("latecomer") == sys.argv[1], version("latecomer")
assert open_series(Path(sys.argv[2])).sizes["country"] > 1
PYTHON
unpacked/usr/share/latecomer/analysis/make_paper from_deb/run --out from_deb/paper >paper.txt 2>&1 ||
    complain "make_paper: $(tail -n 3 paper.txt)"

# The manual page, and the module file where it was unpacked.
gzip -dc unpacked/usr/share/man/man1/latecomer.1.gz >latecomer.1
grep -q '^\.SH LATECOMER RUN$' latecomer.1 && grep -q 'Exit status: 0 done' latecomer.1 || complain "the manual page"
if command -v man >/dev/null; then
    LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=100 man --warnings -l latecomer.1 >page.txt 2>warnings.txt
    [ ! -s warnings.txt ] || complain "the manual page: $(head -n 3 warnings.txt)"
fi
for root in unpacked/usr unpacked/latecomer-*; do
    if command -v tclsh >/dev/null; then
        tclsh - <<TCL >module.txt || complain "the module file of $root"
proc module-whatis args {}; proc conflict args {}; proc setenv {name value} {puts "\$name=\$value"}
proc prepend-path {name value} {puts "\$name=\$value"}
set ModulesCurrentModulefile $PWD/$root/share/modulefiles/latecomer/$version
source \$ModulesCurrentModulefile
TCL
        grep -qx "PATH=$PWD/$root/bin" module.txt || complain "the module file of $root: $(<module.txt)"
    fi
done

if command -v lintian >/dev/null; then
    lintian --allow-root --fail-on error,warning --suppress-tags malformed-contact,bogus-mail-host-in-debian-changelog "$deb" >lintian.txt 2>&1 ||
        complain "lintian: $(head -n 5 lintian.txt)"
fi
finish "$(wc -l <contents.txt) paths in the package"
