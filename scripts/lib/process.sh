# Shared by the scripts of the local cluster: processes, known by pid file and start time. Sourced, never run.
# shellcheck shell=bash

# Prints when a process started; fails if there is none. A pid alone may have been given to a stranger since.
started_at() {
  local stat
  if [[ -r /proc/self/stat ]]; then
    { stat="$(<"/proc/$1/stat")"; } 2>/dev/null || return 1
    # After the name in parentheses: the state, then the 20th field is the start time in ticks since boot.
    read -ra stat <<<"${stat##*) }"
    [[ "${stat[0]}" != Z ]] || return 1
    echo "${stat[19]}"
  else
    ps -o lstart= -p "$1"
  fi
}

# Prints the pid of our process of that name; fails if it is not alive.
pid_of() {
  local pid
  [[ -f "$pids/$1.pid" && -f "$pids/$1.started" ]] || return 1
  pid="$(<"$pids/$1.pid")"
  [[ "$(started_at "$pid")" == "$(<"$pids/$1.started")" ]] || return 1
  echo "$pid"
}

# Starts a process of that name in a process group of its own, so that neither Ctrl-C nor the end of the terminal reaches it.
launch() {
  local name="$1" age
  shift
  for age in 2 1; do
    [[ ! -f "$logs/$name.log.$age" ]] || mv -f "$logs/$name.log.$age" "$logs/$name.log.$((age + 1))"
  done
  [[ ! -f "$logs/$name.log" ]] || mv -f "$logs/$name.log" "$logs/$name.log.1"
  (
    set -m
    cd "$run"
    nohup "$@" >"$logs/$name.out" 2>&1 </dev/null &
    started_at $! >"$pids/$name.started" || true
    echo $! >"$pids/$name.pid"
  )
}

# Waits until a command succeeds; fails at once when the process of that name ends, and after two minutes anyhow.
await() {
  local name="$1" expectation="$2" deadline=$((SECONDS + 120))
  shift 2
  until "$@"; do
    if ! pid_of "$name" >/dev/null; then
      tail -n 5 "$logs/$name.out" "$logs/$name.log" >&2 2>/dev/null || true
      fail "Expected $name to $expectation, but it ended; see $logs/$name.log and $name.out."
    fi
    ((SECONDS < deadline)) || fail "Expected $name to $expectation within 120 s, but it did not; see $logs/$name.log."
    sleep 0.3
  done
}

# Ends the named processes: TERM to all, KILL to those still there after 20 s. Strangers under a reused pid are not touched.
stop_processes() {
  local name pid deadline=$((SECONDS + 20))
  for name in "$@"; do
    ! pid="$(pid_of "$name")" || kill "$pid" 2>/dev/null || true
  done
  for name in "$@"; do
    while pid="$(pid_of "$name")"; do
      ((SECONDS < deadline)) || kill -9 "$pid" 2>/dev/null || true
      sleep 0.1
    done
    rm -f "$pids/$name.pid" "$pids/$name.started"
  done
}

# Ends a process as a crash would: it gets no chance to tidy up.
kill_process() {
  local pid
  pid="$(pid_of "$1")" || fail "Expected $1 to run, but it does not."
  kill -9 "$pid"
  while pid_of "$1" >/dev/null; do sleep 0.05; done
  rm -f "$pids/$1.pid" "$pids/$1.started"
}

# Prints the names of the pid files that match a pattern.
names() {
  local file
  for file in "$pids"/$1.pid; do
    [[ ! -f "$file" ]] || basename "$file" .pid
  done
}

port_open() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# Port, the variable that sets it.
require_free_port() {
  ! port_open "$1" || fail "Expected port $1 to be free, but something listens there (set $2 to take another)."
}
