# Shared by the scripts of the local cluster: settings, errors, the class paths. Sourced, never run.
# shellcheck shell=bash disable=SC2034

command_name="${0##*/}"

fail() {
  echo "$command_name: $*" >&2
  exit 1
}

misuse() {
  echo "$command_name: $* (see scripts/$command_name --help)" >&2
  exit 2
}

# Prints the Java 17 (or later) to run everything with.
find_java() {
  local java="${JAVA_HOME:+$JAVA_HOME/bin/}java" version
  command -v "$java" >/dev/null || fail "Expected Java 17 to be on the PATH or in JAVA_HOME, but '$java' is not there."
  version="$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = //p')"
  [[ "${version%%.*}" -ge 17 ]] || fail "Expected Java to be 17 or later, but '$java' is $version."
  echo "$java"
}

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
run="${MILLRACE_RUN:-$root/.run}"
[[ "$run" == /* ]] || run="$PWD/$run"
pids="$run/pids"
logs="$run/logs"
conf="$run/conf"
data="$run/data"
settings="$conf/settings"

# What `up` was told stays true for this folder until `down`; the environment stands above it.
stored() {
  local value=""
  [[ ! -f "$settings" ]] || value="$(sed -n "s/^$1=//p" "$settings")"
  echo "${value:-$2}"
}

kafka_port="${MILLRACE_KAFKA_PORT:-$(stored KAFKA_PORT 9092)}"
kafka_controller_port="${MILLRACE_KAFKA_CONTROLLER_PORT:-$(stored KAFKA_CONTROLLER_PORT 9093)}"
flink_port="${MILLRACE_FLINK_PORT:-$(stored FLINK_PORT 8081)}"
flink_rpc_port="${MILLRACE_FLINK_RPC_PORT:-$(stored FLINK_RPC_PORT 6123)}"
taskmanager_memory="${MILLRACE_TASKMANAGER_MEMORY:-$(stored TASKMANAGER_MEMORY 1536m)}"
kafka_heap="${MILLRACE_KAFKA_HEAP:-$(stored KAFKA_HEAP 512m)}"
brokers="127.0.0.1:$kafka_port"
dashboard="http://127.0.0.1:$flink_port"

flink_lib="$root/cluster/target/flink/lib"
kafka_libs="$root/cluster/target/kafka/libs"
job_jar="${MILLRACE_JOB_JAR:-$root/job/target/millrace-job.jar}"

export MILLRACE_RUN="$run" MILLRACE_BROKERS="$brokers"

# Flink reaches into these on Java 17: its processes, its command line, and whatever runs a job's main.
java17=(
  --add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED
  --add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED
  --add-exports=jdk.compiler/com.sun.tools.javac.api=ALL-UNNAMED
  --add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED
  --add-exports=jdk.compiler/com.sun.tools.javac.parser=ALL-UNNAMED
  --add-exports=jdk.compiler/com.sun.tools.javac.tree=ALL-UNNAMED
  --add-exports=jdk.compiler/com.sun.tools.javac.util=ALL-UNNAMED
  --add-opens=java.base/java.io=ALL-UNNAMED
  --add-opens=java.base/java.lang=ALL-UNNAMED
  --add-opens=java.base/java.lang.invoke=ALL-UNNAMED
  --add-opens=java.base/java.lang.reflect=ALL-UNNAMED
  --add-opens=java.base/java.net=ALL-UNNAMED
  --add-opens=java.base/java.nio=ALL-UNNAMED
  --add-opens=java.base/java.text=ALL-UNNAMED
  --add-opens=java.base/java.time=ALL-UNNAMED
  --add-opens=java.base/java.util=ALL-UNNAMED
  --add-opens=java.base/java.util.concurrent=ALL-UNNAMED
  --add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED
  --add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED
  --add-opens=java.base/sun.net.util=ALL-UNNAMED
)

# True if the file is not there, or a source in one of the folders is newer. Arguments: file, then folders of the project.
is_outdated() {
  local built="$1" part
  [[ -f "$built" ]] || return 0
  for part in "${@:2}"; do
    [[ -z "$(find "$root/$part" -name target -prune -o -path '*/src/test' -prune -o -type f -newer "$built" -print -quit)" ]] || return 0
  done
  return 1
}

# Builds the named Maven modules with what they need.
build() {
  command -v mvn >/dev/null || fail "Expected Maven (mvn) to be on the PATH, but it is not."
  echo "Building $1 ..." >&2
  mvn -q -B -Dstyle.color=never -f "$root/pom.xml" -pl "$1" -am package \
    -Dmaven.test.skip=true -Dspotless.check.skip=true >&2 || fail "Expected $1 to build, but Maven failed (see above)."
}

# Lays Flink and Kafka out unless the poms that name their versions are older than what is there.
lay_out_cluster() {
  local laid_out="$root/cluster/target/laid-out"
  if [[ ! -d "$flink_lib" || ! -d "$kafka_libs" || ! -f "$laid_out" ]] ||
    [[ -n "$(find "$root/pom.xml" "$root/cluster/flink/pom.xml" "$root/cluster/kafka/pom.xml" -newer "$laid_out")" ]]; then
    rm -rf "$flink_lib" "$kafka_libs"
    build cluster/flink,cluster/kafka
    touch "$laid_out"
  fi
}

# Fills the settings into the templates of cluster/conf and remembers them for the other scripts.
render_conf() {
  mkdir -p "$pids" "$logs" "$conf/flink/plugins" "$data/checkpoints" "$data/savepoints" "$data/tmp"
  render "$root/cluster/conf/flink.yaml" "$conf/flink/config.yaml"
  render "$root/cluster/conf/kafka.properties" "$conf/kafka.properties"
  cp "$root"/cluster/conf/log4j2*.properties "$conf/"
  cat >"$settings" <<SETTINGS
KAFKA_PORT=$kafka_port
KAFKA_CONTROLLER_PORT=$kafka_controller_port
FLINK_PORT=$flink_port
FLINK_RPC_PORT=$flink_rpc_port
TASKMANAGER_MEMORY=$taskmanager_memory
KAFKA_HEAP=$kafka_heap
SETTINGS
}

render() {
  local text
  text="$(<"$1")"
  text="${text//@RUN@/"$run"}"
  text="${text//@KAFKA_PORT@/$kafka_port}"
  text="${text//@KAFKA_CONTROLLER_PORT@/$kafka_controller_port}"
  text="${text//@FLINK_PORT@/$flink_port}"
  text="${text//@FLINK_RPC_PORT@/$flink_rpc_port}"
  text="${text//@TASKMANAGER_MEMORY@/$taskmanager_memory}"
  printf '%s\n' "$text" >"$2"
}

# Runs a class of Flink in the foreground. MILLRACE_KAFKA_PORT and its like are about the broker's process; the job would
# read them as properties of its Kafka clients.
run_flink() {
  local main="$1"
  shift
  [[ -f "$conf/flink/config.yaml" ]] || fail "Expected the cluster to be up, but $conf has no Flink configuration; run scripts/up."
  FLINK_CONF_DIR="$conf/flink" FLINK_LIB_DIR="$flink_lib" FLINK_PLUGINS_DIR="$conf/flink/plugins" \
    env -u MILLRACE_KAFKA_PORT -u MILLRACE_KAFKA_CONTROLLER_PORT -u MILLRACE_KAFKA_HEAP \
    "$(find_java)" -XX:TieredStopAtLevel=1 "${java17[@]}" "-Dlog4j2.configurationFile=file:$conf/log4j2-tools.properties" \
    -cp "$flink_lib/*" "$main" "$@"
}

# Runs a class of Kafka in the foreground.
run_kafka() {
  local main="$1"
  shift
  [[ -f "$conf/kafka.properties" ]] || fail "Expected the cluster to be up, but $conf has no Kafka configuration; run scripts/up."
  "$(find_java)" -XX:TieredStopAtLevel=1 -Xmx256m "-Dlog4j2.configurationFile=file:$conf/log4j2-tools.properties" \
    -cp "$kafka_libs/*" "$main" "$@"
}
