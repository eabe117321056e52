"""Does the mutator find what could be wrong in a source, and leave the source as it is until a mutant is chosen?"""

import os
import random
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.dont_write_bytecode = True

from mutator import fast_tests, sample  # noqa: E402
from mutator.places import mutants_of, with_choices  # noqa: E402
from mutator.tokens import tokens_of  # noqa: E402
from mutator.tree import HOOK  # noqa: E402

SOURCE = """\
#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>
#define IGNORED (1 + 2)

static_assert(7 + 7 == 14);
constexpr double rate = 0.5;  // 7 + 7
const std::array<int, 3> weights{4, 5, 6};

int difference(int left, int right)
{
    return left - right;
}

int main(int count, char** words)
{
    int sum = 0;
    for (int i = 0; i < 3; ++i) {
        sum += weights[i] * 2;
    }
    if (count > 1 && words[1][0] != '+') {
        return 1;
    }
    sum = sum + difference(sum, count);
    std::cout << "7 + 7 " << sum << ' ' << rate * 8 << ' ' << std::max(sum, 9) << '\\n';
}
"""
PRINTED = "7 + 7 59 4 59\n"  # 2 (4 + 5 + 6) = 30, 30 + (30 - 1) = 59, 0.5 * 8 = 4


def found(rule=None, source=SOURCE):
    return [m for m in mutants_of("made.cpp", source) if rule in (None, m.rule)]


def differences(rule, source=SOURCE):
    return [(m.line, *m.difference(source)) for m in found(rule, source)]


class Reading(unittest.TestCase):
    def test_spaces_tell_an_operator_from_a_list_of_template_arguments(self):
        tokens = tokens_of("map<int, vector<double>> a; b = c < d && e > f;")
        self.assertEqual([t.text for t in tokens if t.infix], ["<", "&&", ">"])
        self.assertEqual([t.text for t in tokens if t.partner >= 0], ["<", "<", ">", ">"])

    def test_what_stands_in_comments_words_directives_and_assertions_is_left_alone(self):
        self.assertFalse({m.line for m in found()} & {1, 5, 7})
        self.assertFalse([m for m in found() if m.mutated(SOURCE).count("7 + 7") != SOURCE[m.start : m.end].count("7 + 7")])

    def test_a_raw_string_hides_what_looks_like_code(self):
        self.assertEqual([t.kind for t in tokens_of('x = R"mark(1 + ")" + 2)mark" + 3;')],
                         ["word", "sign", "text", "sign", "number", "sign"])

    def test_lines_count_on_behind_comments_of_several_lines(self):
        self.assertEqual([t.line for t in tokens_of("a /* b\n c\n */ d\n// e\nf")], [1, 3, 5])


class Rules(unittest.TestCase):
    def test_operators_of_numbers_turn_into_their_opposites(self):
        self.assertIn((13, "left - right", "left + right"), differences("arithmetic"))
        self.assertIn((20, "sum += weights[i] * 2", "sum -= weights[i] * 2"), differences("arithmetic"))
        self.assertIn((19, "++i", "--i"), differences("arithmetic"))

    def test_a_comparison_has_a_neighbour_and_an_opposite(self):
        self.assertIn((19, "i < 3", "i <= 3"), differences("relational"))
        self.assertIn((19, "i < 3", "i >= 3"), differences("relational"))

    def test_the_greatest_turns_into_the_least(self):
        self.assertIn("std::min(sum, 9)", " ".join(after for _, _, after in differences("relational")))

    def test_a_condition_is_negated_or_never_holds(self):
        afters = [after for _, _, after in differences("logical")]
        whole = "count > 1 && words[1][0] != '+'"
        self.assertEqual(afters, [f"!({whole})", f"false && ({whole})", "count > 1 || words[1][0] != '+'"])

    def test_constants_change(self):
        self.assertIn((8, "0.5", "(2 * 0.5)"), differences("constant"))
        self.assertIn((18, "0", "1"), differences("constant"))
        self.assertIn((9, "5", "(5 + 1)"), differences("constant"))

    def test_statements_are_dropped_and_declarations_are_not(self):
        self.assertEqual([line for line, _, _ in differences("statement")], [20, 25])
        self.assertEqual(differences("statement", "{ a b = 1; c& d = e(); f g(1); h<i> j(2); expects(l, \"\"); k = 1; }"),
                         [(1, "k = 1;", "(nothing)")])

    def test_neighbouring_arguments_are_exchanged_except_where_their_order_is_nothing(self):
        self.assertIn((25, "sum + difference(sum, count)", "sum + difference(count, sum)"), differences("arguments"))
        self.assertNotIn(26, [line for line, _, _ in differences("arguments")])


class Choosing(unittest.TestCase):
    """All mutants of the source in one program, nested ones as well."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        folder = Path(cls.folder.name)
        (folder / "mutant_choice.hpp").write_text(HOOK % 200)
        cls.mutants = dict(enumerate(m for m in found() if ">>" not in m.mutated(SOURCE)))  # streams
        (folder / "made.cpp").write_text(with_choices(SOURCE, cls.mutants))
        compiler = os.environ.get("CXX", "c++")
        subprocess.run([compiler, "-std=c++20", "-I", folder, folder / "made.cpp", "-o", folder / "made"], check=True)
        cls.reached = folder / "reached"
        cls.reached.mkdir()

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def printed(self, number=None, **environment):
        if number is not None:
            environment["LATECOMER_MUTANT"] = str(number)
        return subprocess.run([f"{self.folder.name}/made"], env=environment, capture_output=True, text=True).stdout

    def number_of(self, line, after):
        return next(n for n, m in self.mutants.items() if m.line == line and m.difference(SOURCE)[1].startswith(after))

    def test_nothing_changes_while_none_is_chosen(self):
        self.assertEqual(self.printed(), PRINTED)
        self.assertEqual(self.printed(199), PRINTED)

    def test_the_chosen_one_is_made_and_no_other(self):
        self.assertEqual(self.printed(self.number_of(13, "left + right")), "7 + 7 61 4 61\n")
        self.assertEqual(self.printed(self.number_of(8, "(2 * 0.5)")), "7 + 7 59 8 59\n")
        self.assertEqual(self.printed(self.number_of(9, "(6 + 1)")), "7 + 7 63 4 63\n")
        self.assertEqual(self.printed(self.number_of(25, "(nothing)")), "7 + 7 30 4 30\n")
        self.assertEqual(self.printed(self.number_of(25, "sum + difference(count")), "7 + 7 1 4 9\n")

    def test_the_places_that_a_run_reaches_are_told(self):
        self.printed(LATECOMER_REACHED=str(self.reached))
        reached = {int(path.name) for path in self.reached.iterdir()}
        self.assertIn(self.number_of(13, "left + right"), reached)
        never = [n for n, m in self.mutants.items() if m.line == 23]
        self.assertTrue(never)
        self.assertFalse(set(never) & reached)


class Drawing(unittest.TestCase):
    class EverythingCompiles:
        def compiles(self, mutant, scratch):
            return "yes"

    def drawn(self, seed, count=12):
        groups = {"a": list(mutants_of("a.cpp", SOURCE)), "b": list(mutants_of("b.cpp", SOURCE))}
        with tempfile.TemporaryDirectory() as folder:
            return sample.draw(groups, count, random.Random(seed), self.EverythingCompiles(), Path(folder), 2)[0]

    def test_folders_and_rules_have_equal_parts(self):
        mutants = self.drawn(1)
        for path in ("a.cpp", "b.cpp"):
            own = sorted(m.rule for m in mutants if m.path == path)
            self.assertEqual(own, ["arguments", "arithmetic", "constant", "logical", "relational", "statement"])

    def test_none_is_drawn_twice_where_there_are_fewer_than_asked_for(self):
        mutants = self.drawn(1, 24)  # two of each rule and file, but arguments can be exchanged in one place only
        self.assertEqual(len(mutants), 22)
        self.assertEqual(len(set(mutants)), 22)

    def test_the_seed_decides(self):
        self.assertEqual(self.drawn(1), self.drawn(1))
        self.assertNotEqual(self.drawn(1), self.drawn(2))


class Trying(unittest.TestCase):
    def test_the_test_that_failed_is_named(self):
        xml = ('<TestCase name="one"><OverallResult success="true"/></TestCase>'
               '<TestCase name="a &lt; b"><OverallResult success="false"/></TestCase>')
        self.assertEqual(fast_tests.failed_case(xml, 1), "a < b")

    def test_the_test_that_was_running_is_named_if_all_ended(self):
        xml = '<TestCase name="one"><OverallResult success="true"/></TestCase><TestCase name="two">'
        self.assertEqual(fast_tests.failed_case(xml, 9), "two (ends with status 9)")

    def test_one_that_does_not_end_is_ended_and_counts_as_caught(self):
        with tempfile.TemporaryDirectory() as scratch:
            test = fast_tests.FastTest("unit/made", ["sleep", "60"], {}, 0.0)
            test.command = ["bash", "-c", "sleep 60", "bash"]
            outcome = fast_tests.run(test, scratch, 0.5)
        self.assertFalse(outcome.passed)
        self.assertIn("does not end", outcome.what)

    def test_the_tests_of_a_source_come_first(self):
        tests = [fast_tests.FastTest(name, [], {}, seconds) for name, seconds in (
            ("property/policy_runs", 9.0), ("unit/io/seal", 1.0), ("unit/agents/entry", 4.0), ("unit/agents/entry_exit", 5.0))]
        names = [t.name for t in fast_tests.likely_first(tests, "agents/firms/entry.cpp")]
        self.assertEqual(names, ["unit/agents/entry", "unit/agents/entry_exit", "unit/io/seal", "property/policy_runs"])


if __name__ == "__main__":
    unittest.main()
