# Shared by the scripts of the local cluster: Flink's processes and REST interface. Sourced, never run.
# shellcheck shell=bash

# Gets a path of Flink's REST interface and prints the body; fails if it does not answer 200.
rest() {
  local status line body=""
  {
    exec 3<>"/dev/tcp/127.0.0.1/$flink_port" || return 1
  } 2>/dev/null
  printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' "$1" >&3
  IFS= read -r -t 10 status <&3 || return 1
  while IFS= read -r -t 10 line <&3 && [[ "$line" != $'\r' ]]; do :; done
  IFS= read -r -d '' -t 10 body <&3 || true
  exec 3>&-
  printf '%s' "$body"
  [[ "$status" == *" 200 "* ]]
}

taskmanagers_registered() {
  local overview
  overview="$(rest /overview)" && [[ "$overview" =~ \"taskmanagers\":([0-9]+) ]] && ((BASH_REMATCH[1] >= $1))
}

# Prints "ID STATE RUNNING-TASKS TASKS" for every job that has not ended.
jobs_alive() {
  local overview job
  overview="$(rest /jobs/overview)" || fail "Expected Flink to answer at $dashboard, but it does not; run scripts/up."
  while read -r job; do
    [[ "$job" =~ \"jid\":\"([0-9a-f]+)\" ]] || continue
    local id="${BASH_REMATCH[1]}" state running total
    [[ "$job" =~ \"state\":\"([A-Z]+)\" ]] && state="${BASH_REMATCH[1]}"
    [[ "$job" =~ \"running\":([0-9]+) ]] && running="${BASH_REMATCH[1]}"
    [[ "$job" =~ \"total\":([0-9]+) ]] && total="${BASH_REMATCH[1]}"
    case "$state" in
      FINISHED | CANCELED | FAILED | SUSPENDED) ;;
      *) echo "$id $state $running $total" ;;
    esac
  done <<<"${overview//\{\"jid\"/$'\n'\{\"jid\"}"
}

# Prints the id of the one job there is.
job_id() {
  local alive
  alive="$(jobs_alive)"
  [[ -n "$alive" ]] || fail "Expected a job to run, but none does; run scripts/submit."
  [[ "$alive" != *$'\n'* ]] || fail "Expected one job to run, but there are several; see $dashboard."
  echo "${alive%% *}"
}

# Waits until every task of the job runs.
await_running() {
  local id="$1" job state="" running="" total="" deadline=$((SECONDS + 120))
  while ((SECONDS < deadline)); do
    job="$(jobs_alive | grep "^$id " || true)"
    [[ -n "$job" ]] || fail "Expected job $id to run, but it ended; see $dashboard and $logs/jobmanager.log."
    read -r _ state running total <<<"$job"
    [[ "$state" != RUNNING || "$running" -eq 0 || "$running" != "$total" ]] || return 0
    sleep 0.5
  done
  fail "Expected all tasks of job $id to run within 120 s, but it is $state with $running of $total; see $dashboard and $logs/jobmanager.log."
}

# Waits until that many slots are free; those of a job that just ended, or of a new TaskManager, need a moment.
await_slots() {
  local overview free=0 deadline=$((SECONDS + 20))
  while ((SECONDS < deadline)); do
    overview="$(rest /overview)" || continue
    [[ "$overview" =~ \"slots-available\":([0-9]+) ]] && free="${BASH_REMATCH[1]}"
    ((free < $1)) || return 0
    sleep 0.5
  done
  fail "Expected $1 free slots, but there are $free; add some with scripts/taskmanager start."
}

# Submits the job and waits until all its tasks run: parallelism, path of a savepoint or "", the job's own options.
submit_job() {
  local parallelism="$1" from="$2" alive output id
  shift 2
  [[ -f "$job_jar" ]] || build job
  [[ -f "$job_jar" ]] || fail "Expected the build to make $job_jar, but it did not."
  alive="$(jobs_alive)"
  [[ -z "$alive" ]] || fail "Expected no job to run, but ${alive%% *} does; end it with scripts/savepoint --stop."
  await_slots "$parallelism"
  # The environment stands below all else that the job reads: --queues and --config name others.
  export MILLRACE_QUEUES="${MILLRACE_QUEUES:-default;retail-extract;retail-clean;retail-aggregate;retail-load;retail-check}"
  output="$(run_flink org.apache.flink.client.cli.CliFrontend run -d ${from:+-s "$from"} -p "$parallelism" \
    -c "${MILLRACE_JOB_CLASS:-io.millrace.job.MillraceJob}" "$job_jar" "$@" 2>&1 | tee "$logs/submit.out")" ||
    fail "Expected the job to be submitted, but: $(causes <<<"$output")
See $logs/submit.out and $logs/jobmanager.log."
  printf '%s\n' "$output"
  [[ "$output" =~ JobID\ ([0-9a-f]{32}) ]] || return 0
  id="${BASH_REMATCH[1]}"
  await_running "$id"
  echo "Job $id runs with parallelism $parallelism${from:+, restored from $from}; see $dashboard/#/job/running/$id/overview."
}

# Prints what a stack trace of Flink's command line says, without the stack.
causes() {
  grep -v -E '^\s+(at |\.\.\.)' | tail -n 20
}

# Prints the newest savepoint or retained checkpoint; fails if there is none.
last_snapshot() {
  local newest="" file
  while IFS= read -r file; do
    [[ -n "$newest" && ! "$file" -nt "$newest" ]] || newest="$file"
  done < <(find "$data/checkpoints" "$data/savepoints" -name _metadata 2>/dev/null)
  [[ -n "$newest" ]] && dirname "$newest"
}

# Prints what Flink's own calculation gives for a process: the JVM's flags on the first line, arguments on the second.
memory_params() {
  local output
  output="$(run_flink org.apache.flink.runtime.util.bash.BashJavaUtils "$1" --configDir "$conf/flink" 2>&1)" ||
    fail "Expected Flink to work out the memory of its processes, but: $output"
  sed -n 's/^BASH_JAVA_UTILS_EXEC_RESULT://p' <<<"$output"
}

# Starts a Flink process: name, memory parameters file, more flags for the JVM, main class, arguments.
launch_flink() {
  local name="$1" jvm args more="$3" main="$4"
  { IFS= read -r jvm; IFS= read -r args; } <"$2"
  shift 4
  # The parameters are words without spaces, as Flink's own scripts split them.
  # shellcheck disable=SC2086
  FLINK_CONF_DIR="$conf/flink" FLINK_LIB_DIR="$flink_lib" FLINK_PLUGINS_DIR="$conf/flink/plugins" \
    launch "$name" "$(find_java)" $jvm $more "${java17[@]}" "-Dlog.file=$logs/$name.log" \
    "-Dlog4j2.configurationFile=file:$conf/log4j2.properties" -cp "$flink_lib/*" "$main" --configDir "$conf/flink" $args "$@"
}

start_jobmanager() {
  require_free_port "$flink_port" MILLRACE_FLINK_PORT
  require_free_port "$flink_rpc_port" MILLRACE_FLINK_RPC_PORT
  memory_params GET_JM_RESOURCE_PARAMS >"$conf/flink/jobmanager.params"
  memory_params GET_TM_RESOURCE_PARAMS >"$conf/flink/taskmanager.params"
  # It coordinates and no more: the cores are for the work, not for its compilers.
  launch_flink jobmanager "$conf/flink/jobmanager.params" "-XX:+UseSerialGC -XX:TieredStopAtLevel=1" \
    org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint --executionMode cluster
}

# Its heap is small and most of what is on it lives for one record: the parallel collector's cheaper writes are worth more here
# than G1's shorter pauses. The compilers yield to the work (nice 5): a job that has just been restored has all its classes to
# compile while what is overdue waits, and they took a quarter of the processor time. Policy 1 lets the JVM set priorities at all; as
# root it also raises its own thread, without root it warns that it may raise none.
start_taskmanager() {
  launch_flink "taskmanager-$1" "$conf/flink/taskmanager.params" \
    "-XX:+UseParallelGC -XX:ThreadPriorityPolicy=1 -XX:CompilerThreadPriority=5" \
    org.apache.flink.runtime.taskexecutor.TaskManagerRunner -D "taskmanager.resource-id=taskmanager-$1"
}
