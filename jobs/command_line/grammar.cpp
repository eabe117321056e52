#include "jobs/command_line/grammar.hpp"

#include "core/text.hpp"
#include "io/manual/manual.hpp"
#include "jobs/command_line/study_options.hpp"

#include <algorithm>
#include <array>

namespace latecomer::jobs {
namespace {

constexpr OptionRow help_row{"help", Takes::nothing, "", "print this text", 'h'};

constexpr std::array run_rows{
    OptionRow{"out", Takes::one_value, "DIR",
              "folder of the run; default: runs/<scenario>-<seed>-<replicate>"},
    OptionRow{"seed", Takes::one_value, "N", "seed of all random numbers (run.seed)"},
    OptionRow{"replicate", Takes::one_value, "R", "another world of the same seed (run.replicate)"},
    OptionRow{"quarters", Takes::one_value, "N", "length of the run (run.quarters)"},
    OptionRow{"set", Takes::values, "KEY=VALUE",
              "change a parameter, for instance trade.barrier=0.2; may be repeated"},
    OptionRow{"pathway", Takes::values, "COUNTRY=NAME",
              "let an economy, latecomers or all follow a pathway; may be repeated"},
    OptionRow{"snapshot-every", Takes::one_value, "Q",
              "quarters between firm snapshots (output.snapshot_every)"},
    OptionRow{"checkpoint-every", Takes::one_value, "Q",
              "quarters between checkpoints; or minutes, 30min; or auto, the default: as often as "
              "pays; or none (output.checkpoint_rule)"},
    OptionRow{
        "resume", Takes::nothing, "",
        "go on with the run in the folder from its newest checkpoint; begin if there is none"},
    OptionRow{"time-left", Takes::one_value, "HH:MM:SS",
              "stop in time, with a checkpoint and exit status 85"},
    OptionRow{"overwrite", Takes::nothing, "", "replace the run that lies in the folder"},
    OptionRow{"threads", Takes::one_value, "N",
              "threads of each rank; default: OMP_NUM_THREADS if set, else 1 when there are "
              "several ranks and as many as there are cores when there is one"},
    OptionRow{"progress", Takes::one_value, "STYLE",
              "auto, bar, plain, json or none; auto: a bar on a terminal, plain lines in a log"},
    OptionRow{"dry-run", Takes::nothing, "",
              "print memory a rank, bytes to be written and time; write nothing"},
    help_row,
};

constexpr std::array branch_rows{
    OptionRow{"at", Takes::one_value, "QUARTER", "quarters that both runs have in common"},
    OptionRow{"out", Takes::one_value, "DIR", "folder of the new run"},
    OptionRow{"set", Takes::values, "KEY=VALUE",
              "change a parameter from then on, for instance trade.barrier=0.2; may be repeated"},
    OptionRow{"pathway", Takes::values, "COUNTRY=NAME",
              "let an economy, latecomers or all follow a pathway from then on; may be repeated"},
    OptionRow{"quarters", Takes::one_value, "N", "length of the new run, common part included"},
    OptionRow{"checkpoint-every", Takes::one_value, "Q", "as for run"},
    OptionRow{"snapshot-every", Takes::one_value, "Q", "as for run"},
    OptionRow{"time-left", Takes::one_value, "HH:MM:SS", "as for run"},
    OptionRow{"overwrite", Takes::nothing, "", "replace the run that lies in the folder"},
    OptionRow{"threads", Takes::one_value, "N", "as for run"},
    OptionRow{"progress", Takes::one_value, "STYLE", "as for run"},
    help_row,
};

constexpr std::array describe_rows{
    OptionRow{"format", Takes::one_value, "FORMAT", "how to print it; default: md"},
    OptionRow{"out", Takes::one_value, "DIR",
              "with 'all': write io/REFERENCE.md and jobs/study/REFERENCE.md below this folder"},
    help_row,
};

constexpr std::array export_rows{
    OptionRow{"format", Takes::one_value, "FORMAT", "csv or dta (of Stata)"},
    OptionRow{"out", Takes::one_value, "FILE",
              "file or folder to write; default: beside the result"},
    OptionRow{"what", Takes::one_value, "TABLE",
              "which table; default: the main one of the result"},
    help_row,
};

constexpr std::array only_help_rows{help_row};

constexpr std::array inspect_rows{
    OptionRow{"events", Takes::nothing, "", "print the chronicle of the run"},
    OptionRow{"all", Takes::nothing, "",
              "all outcomes of every economy, also where there are many"},
    OptionRow{"countries", Takes::one_value, "KEYS",
              "only outcomes, or with --events only events, of these economies: IND,CHN"},
    OptionRow{"json", Takes::nothing, "", "print it as JSON"},
    help_row,
};

constexpr std::array bench_rows{
    OptionRow{"quick", Takes::nothing, "", "small sizes: seconds"},
    OptionRow{"firms", Takes::one_value, "N", "one size of the full model instead of several"},
    OptionRow{"quarters", Takes::one_value, "N", "quarters of it to measure, default 5"},
    OptionRow{"threads", Takes::one_value, "N", "threads of each rank"},
    OptionRow{"json", Takes::nothing, "", "print it as JSON"},
    help_row,
};

constexpr std::array study_rows{
    OptionRow{"out", Takes::one_value, "DIR",
              "folder of the study, default: studies/<name>; of replay: folder of the run"},
    OptionRow{"static", Takes::one_value, "I/N",
              "compute part I of N only, for job arrays: each part a job of its own"},
    OptionRow{"time-left", Takes::one_value, "HH:MM:SS",
              "stop in time, with exit status 85; the same command goes on"},
    OptionRow{"threads", Takes::one_value, "N", "threads of each rank; default: run.threads"},
    OptionRow{"progress", Takes::one_value, "STYLE", "as for run"},
    OptionRow{"runs", Takes::one_value, "N", "pilot: how many runs, spread over the design", 'n'},
    OptionRow{"only", Takes::one_value, "RUN", "compute this run alone, a number or a key"},
    OptionRow{"isolate", Takes::nothing, "",
              "with --only: compute it even if it is quarantined, without catching what kills it"},
    OptionRow{"accept-build", Takes::nothing, "",
              "go on with journals of another build of the program"},
    OptionRow{"why", Takes::one_value, "RUN",
              "what decides whether this run, a number or a key, is computed"},
    OptionRow{"study", Takes::one_value, "DIR",
              "replay: folder of the study, default: studies/<name>"},
    OptionRow{"overwrite", Takes::nothing, "", "replace the run that lies in the folder"},
    OptionRow{"point", Takes::one_value, "P", "number of the point of the design; default: 0"},
    OptionRow{"replicate", Takes::one_value, "R", "number of the replicate; default: 0"},
    OptionRow{"points", Takes::one_value, "FILE", "a wave of points from a CSV file"},
    OptionRow{"size", Takes::one_value, "N", "larger design.n: points are added"},
    OptionRow{"replicates", Takes::one_value, "N", "more replicates, N altogether"},
    OptionRow{"left", Takes::nothing, "",
              "only the number of runs that another job would compute; exit status 85 if there are "
              "some"},
    OptionRow{"site", Takes::one_value, "SITE",
              "generic_slurm, generic_pbs, workstation, or a file of your own"},
    OptionRow{"nodes", Takes::one_value, "N", "nodes of each job; default: 1"},
    OptionRow{"time", Takes::one_value, "HH:MM:SS",
              "time of each job; default: the longest that the site allows"},
    OptionRow{"chain", Takes::one_value, "N",
              "N jobs, one behind the other, instead of one that queues again"},
    OptionRow{"array", Takes::one_value, "N",
              "a job array of N parts that do not talk to each other"},
    OptionRow{"name", Takes::one_value, "NAME", "name of the job; default: study.name"},
    OptionRow{"dry-run", Takes::nothing, "",
              "print placement, cost, advice and script; write nothing"},
    OptionRow{"csv", Takes::nothing, "", "write study.csv, a row for every run, as well"},
    OptionRow{"json", Takes::nothing, "", "print it as JSON"},
    help_row,
};

constexpr std::array command_rows{
    CommandRow{"run", "SCENARIO.toml", "run a scenario", run_rows,
               "Results depend on the scenario and its seed alone, never on ranks or threads.\n"
               "Under mpirun, give each rank as many cores as it has threads:\n"
               "  mpirun -n 4 --map-by slot:PE=8 latecomer run world.toml --threads 8\n"
               "SIGUSR1 and SIGTERM end it after the quarter, with a checkpoint and status 85.\n"},
    CommandRow{
        "branch", "RUN", "run another future of an existing run", branch_rows,
        "The new run shares all random events with its parent.  RUN needs a checkpoint of "
        "the quarter\nor an earlier one; without, the quarters before are computed again.\n"},
    CommandRow{"check", "SCENARIO.toml",
               "validate a scenario and print it with every value; write nothing", only_help_rows,
               ""},
    CommandRow{
        "describe", "WHAT", "print the manual of a part of the model, or of one key of it",
        describe_rows,
        "'latecomer describe parameters --format toml' prints a scenario that runs as it "
        "is.\nA key of several tables is told with each of them; learning.absorption_rate is one.\n"
        "'latecomer describe all' prints the reference manual; with --out . in the folder of\n"
        "the sources it renews the printed files.\n"},
    CommandRow{"inspect", "PATH", "tell what a run or a file of it holds; verify that it is whole",
               inspect_rows, "Exit status 2 if something is damaged.\n"},
    CommandRow{
        "bench", "", "measure speed, memory and communication on this machine", bench_rows,
        "The full model with policy at several sizes, by phase of a quarter; the share of "
        "this machine's\nmemory bandwidth that each phase reaches; a checkpoint beside a plain "
        "write of as much; and a\nthree-equation toy that other frameworks were measured "
        "with.  Writes scratch files into a folder here.\n"},
    CommandRow{
        "study", "ACTION STUDY.toml [...]", "run a Monte Carlo study", study_rows,
        "RUN is the number of a run or its key.  Under mpirun the first rank hands out runs to the "
        "others: with 2\nranks one computes.  SIGUSR1 and SIGTERM end 'run' after the quarter of "
        "every run.\n"
        "Exit status of run and pilot: 0 nothing is left; 85 work is left, the same command goes "
        "on;\n3 too many runs failed; 4 the budget is spent, or would not do.\n"},
    CommandRow{"compare", "RUN RUN", "equal, or the first quarter, entity and quantity that differ",
               only_help_rows,
               "Takes runs, series, snapshots or checkpoints.  Of runs it also tells which keys of "
               "run.toml\n"
               "differ, of series how large differences are, by quantity.  Exit status 1 if they "
               "differ.\n"},
    CommandRow{
        "export", "RESULT", "write a table of a run or study for other programs", export_rows,
        "Calls python3 -m latecomer.export of the package beside the program.  LATECOMER_PYTHON\n"
        "names another Python than /usr/bin/python3.\n"},
    CommandRow{"help", "[COMMAND...]", "print the help of a command, as COMMAND --help does",
               only_help_rows, "'latecomer help study run' is about one action.\n"},
    CommandRow{"complete", "WHAT [...]", "", only_help_rows, ""},  // for completion by the shell
};

constexpr std::size_t doc_column = 28;
constexpr std::size_t line_width = 100;

/// "  left   right", where the right column goes on below itself if it is long.
std::string two_columns(std::string left, std::string_view right)
{
    left.insert(0, "  ");
    left.append(std::max(doc_column, left.size() + 2) - left.size(), ' ');
    std::string lines;
    std::string line = left;
    while (!right.empty()) {
        const std::size_t end = std::min(right.find(' '), right.size());
        if (line.size() + end > line_width) {
            line.erase(line.find_last_not_of(' ') + 1);
            lines += line + '\n';
            line.assign(doc_column, ' ');
        }
        line += right.substr(0, end);
        line += ' ';
        right.remove_prefix(std::min(end + 1, right.size()));
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return lines + line + '\n';
}

std::string listed(std::span<const std::string> words)
{
    std::string list;
    for (const std::string& word : words) {
        list += (list.empty() ? "" : ", ") + word;
    }
    return list;
}

std::string line_of(const OptionRow& option)
{
    const std::string letter = option.letter == '\0' ? "" : text(", -", option.letter);
    return two_columns(text("--", option.key, letter, ' ', option.value), option.doc);
}

}  // namespace

std::span<const CommandRow> commands()
{
    return command_rows;
}

std::string help_of(const CommandRow& command)
{
    std::string help = text("Usage: latecomer ", command.key, ' ', command.operand,
                            " [options]\n\nPurpose: ", command.doc, ".\n\n");
    if (command.key == "describe") {
        help +=
            two_columns("WHAT", listed(manual_topics()) +
                                    ", study, compared, economies; a key of one of them, such as "
                                    "learning.absorption_rate, gap_by_stage, 3L or IND; or all");
        help += two_columns("FORMAT", listed(manual_formats())) + '\n';
    }
    if (command.key == "study") {
        help += "ACTION is one of\n";
        for (const StudyActionRow& action : study_actions()) {
            help += two_columns(std::string{action.key}, action.doc);
            help += two_columns("", text("options: ", action.options));
        }
        help += '\n';
    }
    help += "Options:\n";
    for (const OptionRow& option : command.options) {
        help += line_of(option);
    }
    return command.notes.empty() ? help : text(help, '\n', command.notes);
}

std::string help_of(const StudyActionRow& action)
{
    const CommandRow& study = *std::ranges::find(command_rows, "study", &CommandRow::key);
    const std::string_view after = action.operands == 0   ? std::string_view{}
                                   : action.operands == 1 ? std::string_view{" RUN"}
                                                          : std::string_view{" SCENARIO SCENARIO"};
    std::string help = text("Usage: latecomer study ", action.key, " STUDY.toml", after,
                            " [options]\n\nPurpose: ", action.doc, ".\n\nOptions:\n");
    for (const OptionRow& option : study.options) {
        if (takes(action, option.key) || option.key == "help") {
            help += line_of(option);
        }
    }
    return text(help, '\n', study.notes);
}

std::string help_of_program()
{
    std::string help =
        "Usage: latecomer COMMAND ...\n\n"
        "Agent-based model of firms and governments of digital latecomers.\n\nCommands:\n";
    for (const CommandRow& command : commands()) {
        if (!command.doc.empty()) {
            help += two_columns(text(command.key, ' ', command.operand), command.doc);
        }
    }
    help += "\nOptions:\n";
    help += two_columns("--version", "version, commit, compiler and libraries of the program");
    help += two_columns("--help", "print this text; 'latecomer COMMAND --help' for a command");
    help += "\nThe program runs alone or under mpirun or srun, with the output of one program.\n"
            "Exit status: 0 done; 2 bad input, nothing was written; 85 stopped with work left, "
            "--resume "
            "goes on;\n1 anything else that went wrong.\n";
    return help;
}

}  // namespace latecomer::jobs
