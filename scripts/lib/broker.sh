# Shared by the scripts of the local cluster: the Kafka broker. Sourced, never run.
# shellcheck shell=bash

broker_started() {
  grep -q "Kafka Server started" "$logs/broker.log" 2>/dev/null && port_open "$kafka_port"
}

start_broker() {
  require_free_port "$kafka_port" MILLRACE_KAFKA_PORT
  require_free_port "$kafka_controller_port" MILLRACE_KAFKA_CONTROLLER_PORT
  if [[ ! -f "$data/kafka/meta.properties" ]]; then
    # 16 random bytes in base64, of letters and digits alone: an id that begins with "-" is taken for an option.
    local cluster
    cluster="$(head -c 16 /dev/urandom | base64 | tr '+/' 'pS' | cut -c 1-22)"
    run_kafka kafka.tools.StorageTool format -t "$cluster" -c "$conf/kafka.properties" >"$logs/broker-format.out" 2>&1 ||
      fail "Expected Kafka to format its folder, but it failed; see $logs/broker-format.out."
  fi
  launch broker "$(find_java)" "-Xmx$kafka_heap" "-Dlog.file=$logs/broker.log" \
    "-Dlog4j2.configurationFile=file:$conf/log4j2.properties" -cp "$kafka_libs/*" kafka.Kafka "$conf/kafka.properties"
}
