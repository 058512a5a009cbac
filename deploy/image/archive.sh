#!/bin/bash
# Makes kinolift.jsa, the archive of classes that a container starts from: runs the application once, on a broker of its
# own, as a container will run it. The JVM takes an archive only from its own kind, so this belongs to the last stage.
set -euo pipefail
home=/opt/kinolift
work=$(mktemp -d)
# The network may be the machine's, with other brokers on it.
port=$((20000 + RANDOM % 10000))
pids=()
finish() {
    local code=$?
    [ ${#pids[@]} = 0 ] || kill -9 "${pids[@]}" 2>/dev/null || true
    [ $code = 0 ] || tail -n 40 "$work"/*.log >&2 || true
    rm -rf "$work"
    exit $code
}
trap finish EXIT

cat > "$work/broker.properties" <<END
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$((port + 1))
listeners=BROKER://127.0.0.1:$port,CONTROLLER://127.0.0.1:$((port + 1))
listener.security.protocol.map=BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT
inter.broker.listener.name=BROKER
controller.listener.names=CONTROLLER
log.dirs=$work/data
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
log.cleaner.dedupe.buffer.size=4194304
message.max.bytes=67108864
END
broker() {
    java -Xmx400m --sun-misc-unsafe-memory-access=allow -Djava.library.path="$home/natives" -cp "$home/lib/*" "$@"
}
broker kafka.tools.StorageTool format -t kinoliftImageArchive00 -c "$work/broker.properties" > "$work/format.log" 2>&1
broker kafka.Kafka "$work/broker.properties" > "$work/broker.log" 2>&1 &
pids+=($!)

# Without the archive that the launcher would make for a home folder.
export XDG_CACHE_HOME=/dev/null/none
server="--bootstrap-server 127.0.0.1:$port"
for _ in $(seq 30); do
    # shellcheck disable=SC2086
    "$home/bin/kinolift" topics $server --replication-factor 1 --max-message-bytes 4194304 > "$work/topics.log" 2>&1 && break
    sleep 1
done
kill -0 "${pids[0]}"
# shellcheck disable=SC2086
KINOLIFT_JAVA_OPTS="-Xmx1g -XX:ArchiveClassesAtExit=$work/kinolift.jsa" KINOLIFT_START_CHECK=off KINOLIFT_LOG_FORMAT=json KINOLIFT_HTTP_PORT=$((port + 2)) \
    "$home/bin/kinolift" run $server --state-dir "$work/state" > "$work/run.log" 2>&1 &
run=$!
pids+=("$run")
# shellcheck disable=SC2086
"$home/bin/kinolift" ingest "lavfi:testsrc2=size=320x180:rate=25:duration=3" $server --stream archive > "$work/ingest.log" 2>&1
# shellcheck disable=SC2086
"$home/bin/kinolift" collect "$work/collected.mkv" $server --stream archive > "$work/collect.log" 2>&1
for path in /metrics /ready /live / /api/status; do
    KINOLIFT_HTTP_PORT=$((port + 2)) "$(dirname "$0")/health.sh" "$path" > "$work/page.log"
done
kill "$run"
wait "$run" || true
mv "$work/kinolift.jsa" "$home/kinolift.jsa"
chmod 644 "$home/kinolift.jsa"
echo "archive of classes: $(stat -c %s "$home/kinolift.jsa") bytes"
