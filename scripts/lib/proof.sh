# Shared by the scripts that measure and prove: a cluster of their own, and the programs of bench/. Sourced, never run.
# shellcheck shell=bash

# Chooses folder and ports apart from a user's cluster, and loads the other parts. Arguments: name, first of four ports.
own_cluster() {
  local scripts part
  scripts="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
  unset MILLRACE_BROKERS
  export MILLRACE_RUN="${MILLRACE_RUN:-$scripts/../.run}/$1"
  export MILLRACE_KAFKA_PORT="$2" MILLRACE_KAFKA_CONTROLLER_PORT=$(($2 + 1))
  export MILLRACE_FLINK_PORT=$(($2 + 2)) MILLRACE_FLINK_RPC_PORT=$(($2 + 3))
  for part in cluster process flink; do
    # shellcheck source=/dev/null
    source "$scripts/lib/$part.sh"
  done
}

# Starts the cluster with nothing in it. Argument: number of TaskManagers.
fresh_cluster() {
  "$root/scripts/down" >/dev/null 2>&1 || true
  rm -rf "$run"
  build_what_is_proved
  "$root/scripts/up" --taskmanagers "$1" >/dev/null
}

# The job JAR and the programs of bench/, unless both are newer than their sources. A JAR chosen by the user stays as it is.
build_what_is_proved() {
  if [[ ! -d "$root/bench/target/lib" ]] || {
    [[ -z "${MILLRACE_JOB_JAR:-}" ]] && is_outdated "$job_jar" pom.xml definitions engine operators job bench
  }; then
    build job,bench
  fi
}

end_cluster() {
  [[ -n "${MILLRACE_KEEP:-}" ]] || "$root/scripts/down" >/dev/null 2>&1 || true
}

say() {
  printf '%5d s  %s\n' "$SECONDS" "$*"
}

# Runs a program of bench/ in the foreground.
bench() {
  local main="$1"
  shift
  "$(find_java)" -Xmx1g -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "-Dlog4j2.configurationFile=file:$conf/log4j2-tools.properties" \
    -cp "$root/bench/target/classes:$root/bench/target/lib/*" "io.millrace.bench.$main" "$@"
}

# Prints how often the job has restarted; the metric is missing for a moment after a submit.
restarts() {
  local metric
  metric="$(rest "/jobs/$(job_id)/metrics?get=numRestarts")"
  [[ "$metric" =~ \"value\":\"([0-9]+)\" ]] && echo "${BASH_REMATCH[1]}" || echo 0
}

# Prints "completed C failed F p50 A p99 B max M" of the job's checkpoints, in ms.
checkpoints() {
  local stats duration
  stats="$(rest "/jobs/$(job_id)/checkpoints")"
  duration="${stats#*\"end_to_end_duration\":}"
  printf 'checkpoints: completed %s, failed %s, p50 %s ms, p99 %s ms, max %s ms\n' \
    "$(number completed "$stats")" "$(number failed "$stats")" \
    "$(number p50 "$duration")" "$(number p99 "$duration")" "$(number max "$duration")"
}

number() {
  [[ "$2" =~ \"$1\":([0-9]+) ]] && echo "${BASH_REMATCH[1]}"
}
