#include "jobs/submit/workload.hpp"

#include "jobs/study/journal/journal.hpp"
#include "jobs/study/schedule/left.hpp"
#include "tests/support/messages.hpp"
#include "tests/support/studies.hpp"

namespace latecomer::tests::workload_test {

using namespace latecomer::jobs;
using namespace latecomer::jobs::submit;

namespace {

constexpr const char* keys = "[design]\nkind = \"lhs\"\nn = 5\n\n[[parameters]]\n"
                             "name = \"learning.search_share\"\n\n[replicates]\nmin = 4\n";

study::Plan plan_with(const std::string& run)
{
    const Scratch folder;
    return study::Plan{read_study(folder, study_head + (keys + run)), mpi::Communicator{}};
}

/// A site of two kinds of limits: 8 cores, 24 h, 10 nodes, 100 elements.
Site small_site()
{
    Site site = read_site("generic_slurm");
    site.cores_per_node = 8;
    site.nodes_per_job = 10;
    site.array_elements = 100;
    return site;
}

study::Record record(const study::Plan& plan, std::int64_t task, study::RecordKind kind,
                     double seconds)
{
    study::Record record;
    record.kind = kind;
    record.task = task;
    record.key = plan.key(plan.task(task));
    record.core_seconds = seconds;
    return record;
}

TEST_CASE("ranks fill the cores of nodes; one hands out runs, the others compute in groups")
{
    const study::Plan plan = plan_with("[run]\nranks_per_task = 3\nthreads = 2\n");
    Request request;
    request.nodes = 2;
    const Placement placement = place(plan, small_site(), request);
    CHECK(placement.ranks_per_node == 4);
    CHECK(placement.ranks() == 8);
    CHECK(placement.has_manager);
    CHECK(placement.groups == 2);  // of 3 ranks each, beside the one that hands out
    CHECK(placement.seconds == 24.0 * 3600.0);
    CHECK(placement.warning_seconds == 300.0);
}

TEST_CASE("memory leaves cores idle, or is too little for a rank")
{
    const study::Plan plan = plan_with("");
    Site site = small_site();
    const double gib = place(plan, site, {}).bytes_per_rank / (1024.0 * 1024.0 * 1024.0);
    site.memory_gib_per_node = 3.5 * gib;
    const Placement placement = place(plan, site, {});
    CHECK(placement.ranks_per_node == 3);
    CHECK(placement.is_memory_short);
    site.memory_gib_per_node = 0.5 * gib;
    CHECK(is_refused_with("more than a node has", [&] { (void)(place(plan, site, {})); }));
}

TEST_CASE("what a site does not allow is refused")
{
    const study::Plan plan = plan_with("[run]\nranks_per_task = 16\n");
    const auto with = [](auto change) {
        Request request;
        request.nodes = 2;
        change(request);
        return request;
    };
    const Site site = small_site();
    CHECK_NOTHROW(place(plan, site, with([](Request&) {})));
    CHECK(is_refused_with("--nodes (the site allows 10)", [&] {
        (void)(place(plan, site, with([](Request& r) { r.nodes = 11; })));
    }));
    CHECK(is_refused_with("a run takes 16 ranks and the job has 8", [&] {
        (void)(place(plan, site, with([](Request& r) { r.nodes = 1; })));
    }));
    CHECK(is_refused_with("--array (the site allows 100)", [&] {
        (void)(place(plan, site, with([](Request& r) { r.array = 101; })));
    }));
    CHECK(is_refused_with("--time (the site allows 24:00:00)", [&] {
        (void)(place(plan, site, with([](Request& r) { r.seconds = 90000.0; })));
    }));
    CHECK(is_refused_with("does not fit on a node of 8 cores", [&] {
        (void)(place(plan, site, with([](Request& r) { r.threads = 9; })));
    }));
    Site own = site;
    own.scheduler = Scheduler::none;
    CHECK(is_refused_with("without scheduler", [&] {
        (void)(place(plan, own, with([](Request& r) { r.chain = 2; })));
    }));
}

TEST_CASE("what is left counts open runs of a part, and nothing after too many failures")
{
    const study::Plan plan = plan_with("");  // 20 runs, of which one may fail
    const Scratch folder;
    study::Journal journal{folder / "journal", {"s", "b", "j", {}, 0}};
    for (const std::int64_t task : {0, 3, 6, 7}) {
        journal.append(record(plan, task, study::RecordKind::done, 1.0));
    }
    journal.append(record(plan, 9, study::RecordKind::failed, 1.0));
    const auto left = [&](StaticPart part) { return study::left_of(plan, folder.path(), part); };
    CHECK(left({}).runs == 15);
    CHECK(left({}).status == 85);
    CHECK(left({1, 3}).runs == 3);  // 0, 3, 6, 9 of 0, 3, ..., 18 are final
    CHECK(left({2, 3}).runs == 6);
    CHECK(left({3, 3}).runs == 6);
    journal.append(record(plan, 10, study::RecordKind::failed, 1.0));
    CHECK(left({}).runs == 0);
    CHECK(left({}).status == 3);
}

TEST_CASE("node-hours come from the journals, or are unknown")
{
    const study::Plan plan = plan_with("");
    const Scratch folder;
    Request request;
    request.nodes = 2;
    request.seconds = 3600.0;
    const Placement placement = place(plan, small_site(), request);
    REQUIRE(placement.groups == 15);
    CHECK_FALSE(workload_of(plan, folder.path(), placement).times.has_value());

    study::Journal journal{folder / "journal", {"s", "b", "j", {}, 0}};
    for (const std::int64_t task : {0, 1}) {
        journal.append(record(plan, task, study::RecordKind::started, 0.0));
        journal.append(record(plan, task, study::RecordKind::done, task == 0 ? 1000.0 : 5000.0));
    }
    Workload workload = workload_of(plan, folder.path(), placement);
    REQUIRE(workload.times.has_value());
    CHECK(workload.left == 18);
    CHECK(workload.times->runs == 2);
    CHECK(workload.times->mean_seconds == 3000.0);
    CHECK(workload.times->longest_seconds == 5000.0);
    // 18 runs of 3000 s on 15 groups take 3600 s, but the longest takes 5000 s; two jobs of 3300 s.
    const Forecast by_longest = forecast(workload, placement, request);
    CHECK(by_longest.seconds == 5000.0);
    CHECK(by_longest.node_hours == Approx(2.0 * 5000.0 / 3600.0));
    CHECK(by_longest.jobs == 2.0);
    workload.left = 180;
    CHECK(forecast(workload, placement, request).seconds == 36000.0);
    request.array = 4;
    CHECK(forecast(workload, placement, request).seconds == 9000.0);
    CHECK(forecast(workload, placement, request).node_hours == Approx(20.0));
}

}  // namespace

}  // namespace latecomer::tests::workload_test
