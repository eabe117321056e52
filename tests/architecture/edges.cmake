# Which folder may include which: read by check_includes.cmake.  The lines stand in the order in which the
# program is built up, and each names only what a folder really needs.

# Vocabulary and processes.
may_include(core/kernels) # made of the smallest words of core/, which in turn calls them
may_include(core/memory)
may_include(core core/kernels core/memory)
may_include(mpi)

# The model.
may_include(agents/economy)
may_include(agents/policy agents/economy)
may_include(agents/kernels core/kernels agents/economy)
may_include(agents/world mpi agents/economy agents/policy agents/kernels)
may_include(agents/countries agents/world)
may_include(agents/observation mpi agents/policy agents/world)
may_include(agents/firms mpi agents/policy agents/world agents/countries agents/kernels) # of policy: levers.hpp, see never_reaches()
may_include(agents/lead_firms agents/world agents/firms)
may_include(agents/governments agents/policy agents/world)
may_include(agents/markets mpi agents/world agents/lead_firms agents/kernels)
may_include(agents/start mpi agents/economy agents/kernels agents/world agents/countries agents/firms agents/governments
            agents/markets)
may_include(agents mpi agents/world agents/countries agents/firms agents/lead_firms agents/governments
            agents/markets agents/start)

# Files.
may_include(io/files mpi)
may_include(io/toml io/files)
may_include(io/hdf5 mpi io/files)
may_include(io/scenario mpi agents/economy agents/policy agents/world io/files io/toml)
may_include(io/manual agents/economy agents/policy agents/world agents/observation io/toml io/scenario)
may_include(io/results mpi agents/world agents/observation io/files io/toml io/hdf5)
may_include(io/checkpoint mpi agents/world agents/observation agents/start io/files io/hdf5 io/results)
may_include(io/run_folder mpi agents/observation io/files io/toml io/hdf5 io/results io/checkpoint)

# What runs.
may_include(jobs/terminal mpi io/files io/toml)
may_include(jobs/command_line mpi io/manual jobs/terminal)
may_include(jobs/run mpi agents/world agents/observation agents/start agents io/files io/hdf5 io/scenario
            io/results io/checkpoint io/run_folder jobs/terminal jobs/command_line)
may_include(jobs/bench mpi agents/world agents/firms agents/start agents io/files io/scenario io/results
            io/checkpoint jobs/terminal jobs/command_line jobs/run)

# Studies of many runs.
may_include(jobs/study/design)
may_include(jobs/study/spec mpi agents/economy agents/world agents/observation io/files io/manual io/toml io/scenario jobs/run
            jobs/study/design)
may_include(jobs/study/journal agents/world agents/observation io/files jobs/study/spec)
may_include(jobs/study/plan io/files io/toml io/scenario io/results jobs/terminal jobs/command_line jobs/run
            jobs/study/design jobs/study/spec)
may_include(jobs/study/statistics jobs/study/design jobs/study/spec)
may_include(jobs/study/schedule agents/world jobs/terminal jobs/command_line jobs/study/journal
            jobs/study/plan jobs/study/statistics)
may_include(jobs/study/execute mpi agents/world agents/observation agents/start agents io/files
            io/run_folder jobs/terminal jobs/command_line jobs/run jobs/study/journal jobs/study/plan
            jobs/study/schedule)
may_include(jobs/study/result agents/economy agents/world agents/observation io/files io/toml io/hdf5 io/results
            io/scenario jobs/terminal jobs/study/journal jobs/study/plan jobs/study/statistics jobs/study/schedule)
may_include(jobs/study/archive io/files io/toml io/scenario jobs/study/journal jobs/study/plan jobs/study/schedule)

# The program.
may_include(jobs/submit agents/observation io/files io/scenario jobs/terminal jobs/command_line jobs/run
            jobs/study/journal jobs/study/plan jobs/study/schedule)
may_include(jobs/program agents/world agents/start agents io/files io/toml io/hdf5 io/scenario io/manual
            io/results io/run_folder jobs/terminal jobs/command_line jobs/run jobs/study/spec jobs/study/plan
            jobs/study/schedule jobs/study/execute jobs/study/result jobs/study/archive jobs/submit)
may_include(jobs mpi io/files jobs/terminal jobs/command_line)
