# shellcheck shell=bash
# A Slurm of our own for the scripts beside, which source this first: controller and emulated nodes on this
# machine, all state in one new folder, ports that nobody uses.  It ends with the script, however that ends.
# Where it cannot be, the script ends with status 77: skipped.
. "$(dirname "${BASH_SOURCE[0]}")/../cli/_common.sh"

slurm_source=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
nodes=2
cores=4

skip() {
    echo "Skipped: $1"
    exit 77
}

for needed in slurmctld slurmd munged sbatch srun mpirun; do
    command -v $needed >/dev/null || skip "$needed is not installed (jobs/install-dependencies test)"
done
[ "$(id -u)" -eq 0 ] || skip "a Slurm of one's own needs root here"

slurm=$(mktemp -d /tmp/latecomer-slurm.XXXXXX) # paths of sockets must be short
chmod 755 "$slurm"
export SLURM_CONF=$slurm/slurm.conf
"$slurm_source/_stop.sh" "$slurm" $$ & # also when this script is killed

# free_ports N: the first of N neighbouring ports on which nobody listens.
free_ports() {
    local first port attempt
    for ((attempt = 0; attempt < 100; ++attempt)); do
        first=$((20000 + RANDOM % 12000))
        for ((port = first; port < first + $1; ++port)); do
            (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && continue 2
        done
        echo "$first"
        return
    done
}

write_slurm_conf() {
    local port host node
    port=$(free_ports $((nodes + 1)))
    host=$(hostname -s)
    {
        cat <<CONF
ClusterName=emulated
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
CredType=cred/munge
# Credentials that end soon: a job that queues again waits for that.
AuthInfo=socket=$slurm/munge/socket,cred_expire=5
StateSaveLocation=$slurm/state
SlurmdSpoolDir=$slurm/%n/spool
# The PMIx servers of two nodes on one machine must not meet.
TmpFS=$slurm/%n/tmp
SlurmctldPidFile=$slurm/slurmctld.pid
SlurmdPidFile=$slurm/%n/slurmd.pid
SlurmctldLogFile=$slurm/slurmctld.log
SlurmdLogFile=$slurm/%n/slurmd.log
# A container has neither control groups nor systemd, and fewer cores than the nodes pretend to have.
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SwitchType=switch/none
MpiDefault=none
SlurmdParameters=config_overrides
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=bf_interval=1,sched_interval=1,batch_sched_delay=0,sched_min_interval=50000
# Nodes that were lost stay away until they are called back; a job that does not end is killed soon.
JobRequeue=1
ReturnToService=0
KillWait=5
MinJobAge=3600
SlurmctldTimeout=30
SlurmdTimeout=60
MaxArraySize=101
# What jobs can ask for by hand.
GresTypes=crayon
Licenses=pens:10
CONF
        for ((node = 0; node < nodes; ++node)); do
            echo "NodeName=e$node NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 1 + node))" \
                "CPUs=$cores RealMemory=4000 Feature=quick Gres=crayon:4 State=UNKNOWN"
        done
        echo "PartitionName=emulated Nodes=e[0-$((nodes - 1))] Default=YES MaxTime=INFINITE State=UP"
    } >"$SLURM_CONF"
    echo "Name=crayon Count=4" >"$slurm/gres.conf"
}

# daemon NAME COMMAND...: starts it; its pid goes where _stop.sh looks.
daemon() {
    local name=$1
    shift
    setsid "$@" >"$slurm/$name.out" 2>&1 </dev/null &
    echo $! >>"$slurm/pids"
}

start_slurm() {
    local node wait
    mkdir -p "$slurm/munge" "$slurm/state"
    dd if=/dev/urandom of="$slurm/munge/key" bs=128 count=1 status=none
    chmod 600 "$slurm/munge/key"
    chmod 755 "$slurm/munge"
    write_slurm_conf
    srun --mpi=list 2>&1 | grep -q pmix || skip "this Slurm starts no ranks of MPI (no PMIx)"
    daemon munged munged --foreground --force --key-file="$slurm/munge/key" --socket="$slurm/munge/socket" \
        --pid-file="$slurm/munge/pid" --seed-file="$slurm/munge/seed" --log-file="$slurm/munge/log"
    for ((wait = 0; wait < 100; ++wait)); do
        [ ! -S "$slurm/munge/socket" ] || break
        sleep 0.1
    done
    daemon slurmctld slurmctld -D -c
    for ((node = 0; node < nodes; ++node)); do
        mkdir -p "$slurm/e$node/spool" "$slurm/e$node/tmp"
        daemon "slurmd-e$node" slurmd -D -N "e$node"
    done
    for ((wait = 0; wait < 300; ++wait)); do
        [ "$(sinfo -h -t idle -o %D 2>/dev/null)" != $nodes ] || return 0
        sleep 0.1
    done
    sinfo
    tail -n 20 "$slurm"/*.log "$slurm"/*.out "$slurm"/e*/*.log
    complain "Slurm does not start"
    finish ""
    exit 1
}

state_of() { scontrol show job "$1" | sed -n 's/.*JobState=\([A-Z_]*\).*/\1/p' | head -n 1; }

# until_true SECONDS COMMAND...: waits until the command succeeds.
until_true() {
    local tenths=$(($1 * 10))
    shift
    for (( ; tenths > 0; --tenths)); do
        ! "$@" || return 0
        sleep 0.1
    done
    return 1
}

is_over() { [ -z "$(squeue -h -j "$1" -o %T 2>/dev/null)" ]; }
is_running() { [ "$(squeue -h -j "$1" -o %T 2>/dev/null)" = RUNNING ]; }

# ended JOB SECONDS: waits for the end of a job, whatever it is.
ended() {
    until_true "$2" is_over "$1" || complain "job $1 does not end: $(squeue)"
}

# Ranks on two emulated nodes are on one machine: what shares memory would take them for neighbours.
export OMPI_MCA_pml=ob1 OMPI_MCA_btl=self,tcp OMPI_MCA_btl_tcp_if_include=lo OMPI_MCA_oob_tcp_if_include=lo
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_mpi_yield_when_idle=1
export OMPI_MCA_hwloc_base_binding_policy=none
export LATECOMER=$program LATECOMER_JOBS=$source_dir/jobs
# shellcheck disable=SC2034 # the scripts use it
site=$source_dir/jobs/sites/test_slurm.toml

start_slurm
