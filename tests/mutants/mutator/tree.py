"""A copy of the sources, in which mutants are planted and which is built once for all of them."""

import json
import os
import re
import shlex
import subprocess
from pathlib import Path

from .places import plainly, with_choices

NOT_FAST = {"mutant_tests", "allocations_tests"}  # programs of tests that no entry of the fast tests needs
PRESET = "dev"

HOOK = """#pragma once

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <string>

#include <fcntl.h>
#include <unistd.h>

/// Whether mutant `number` is the one of this process: LATECOMER_MUTANT is its number.  LATECOMER_REACHED names a
/// folder where a file for each mutant says that its place was reached; empty, so that a full disk does not matter.
inline bool latecomer_mutant(int number)
{
    static const int chosen = [] {
        const char* wanted = std::getenv("LATECOMER_MUTANT");
        return wanted == nullptr ? -1 : std::atoi(wanted);
    }();
    static const char* const folder = std::getenv("LATECOMER_REACHED");
    if (folder != nullptr) {
        static std::atomic<bool> reached[%d];
        if (!reached[number].exchange(true)) {
            const int error = errno;
            const int file = open((folder + ("/" + std::to_string(number))).c_str(), O_CREAT | O_WRONLY, 0644);
            if (file >= 0) {
                close(file);
            }
            errno = error;
        }
    }
    return number == chosen;
}
"""
MOST_MUTANTS = 4096


class Tree:
    """The copy in `folder`/tree, built in the usual place.  Only what changed is written, so only that is compiled."""

    def __init__(self, source, folder, jobs):
        self.source, self.tree, self.jobs = source, folder / "tree", jobs
        self.build_folder, self.log = self.tree / "build" / PRESET, folder / "build.log"
        self.environment = os.environ | {  # the cache of the compiler knows a source again in another copy of the tree
            "CCACHE_BASEDIR": str(self.tree), "CCACHE_NOHASHDIR": "1",
            "CCACHE_SLOPPINESS": "pch_defines,time_macros"}

    def copy(self):
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=self.source, check=True, capture_output=True).stdout.decode()
        names = {name for name in listed.split("\0") if name and (self.source / name).is_file()}
        for path in [path for path in self.tree.rglob("*") if path.is_file()]:
            name = str(path.relative_to(self.tree))
            if name not in names and not name.startswith("build/"):
                path.unlink()
        for name in names:
            write_if_new(self.tree / name, (self.source / name).read_bytes())
            (self.tree / name).chmod((self.source / name).stat().st_mode)
        write_if_new(self.tree / "mutant_choice.hpp", (HOOK % MOST_MUTANTS).encode())

    def configure(self):
        self.run(["cmake", "--preset", PRESET])
        entries = json.loads((self.build_folder / "compile_commands.json").read_text())
        self.commands = {entry["file"]: entry for entry in entries}
        every_word = " ".join(entry["command"] for entry in entries)
        self.test_programs = sorted(set(re.findall(r"CMakeFiles/(\w+_tests)\.dir/", every_word)) - NOT_FAST)
        words = set(every_word.split())
        headers = [Path(word).relative_to(self.build_folder) for word in words if word.endswith("/cmake_pch.hxx")]
        if headers:  # precompiled, so that trying a mutant is quick
            self.build([f"{header}.gch" for header in headers if header.parts[1].startswith("latecomer_")])

    def build(self, targets):
        self.run(["cmake", "--build", self.build_folder, "--parallel", str(self.jobs), "--target", *targets])

    def run(self, command):
        with self.log.open("a") as log:
            status = subprocess.run(command, cwd=self.tree, stdout=log, stderr=subprocess.STDOUT, env=self.environment).returncode
        if status != 0:
            raise SystemExit(f"'{shlex.join(map(str, command))}' failed: see {self.log}")

    def plant(self, numbered):
        """Writes the sources in which each of {number: mutant} can be chosen."""
        for path in {mutant.path for mutant in numbered.values()}:
            own = {number: mutant for number, mutant in numbered.items() if mutant.path == path}
            write_if_new(self.tree / path, with_choices((self.source / path).read_text(), own).encode())

    def compiles(self, mutant, scratch):
        """'yes', 'no', or 'fixed' if the mutant is good C++ but cannot be chosen at run time."""
        source = (self.source / mutant.path).read_text()
        if self.accepts(mutant.path, with_choices(source, {0: mutant}), scratch):
            return "yes"
        return "fixed" if self.accepts(mutant.path, plainly(source, mutant), scratch) else "no"

    def accepts(self, path, text, scratch):
        entry = self.commands[str(self.tree / path)]
        words = [word for word in shlex.split(entry["command"]) if not word.endswith("ccache")]
        words[words.index("-o") : words.index("-o") + 2] = ["-fsyntax-only"]
        words[words.index("-c") : words.index("-c") + 2] = ["-w", "-x", "c++", str(scratch)]
        scratch.write_text(text)
        return subprocess.run(words, cwd=entry["directory"], capture_output=True).returncode == 0


def write_if_new(path, content):
    if not path.is_file() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
