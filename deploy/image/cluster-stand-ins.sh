#!/bin/bash
# Makes what compose.yaml names, beside kinolift itself, where no registry can be reached: Kafka from the jars in our own
# image, Apicurio from the folder given, Prometheus from Debian's package. There is none for Grafana.
#
#   deploy/image/cluster-stand-ins.sh APICURIO   the unpacked distribution, such as target/apicurio:
#                                              mvn -q -Pregistry dependency:unpack@apicurio
set -euo pipefail
apicurio=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Like the real one, it takes KAFKA_A_B as a.b.
cat > "$work/kafka.sh" <<'END'
#!/bin/bash
set -euo pipefail
env | grep '^KAFKA_' | while IFS='=' read -r name value; do
    name=${name#KAFKA_}
    echo "$(echo "${name,,}" | tr _ .)=$value"
done > /tmp/server.properties
java() {
    command java -Xmx400m --sun-misc-unsafe-memory-access=allow -Djava.library.path=/opt/kinolift/natives \
        -cp '/opt/kinolift/lib/*' "$@"
}
java kafka.tools.StorageTool format --ignore-formatted -t "${CLUSTER_ID:?}" -c /tmp/server.properties
exec "$JAVA_HOME/bin/java" -Xmx400m --sun-misc-unsafe-memory-access=allow -Djava.library.path=/opt/kinolift/natives \
    -cp '/opt/kinolift/lib/*' kafka.Kafka /tmp/server.properties
END
chmod +x "$work/kafka.sh"
podman build --quiet --format docker --tag docker.io/apache/kafka:4.2.2 --file - "$work" <<'END'
FROM localhost/kinolift
USER root
COPY kafka.sh /kafka.sh
HEALTHCHECK NONE
ENTRYPOINT ["/kafka.sh"]
CMD []
END

mkdir "$work/apicurio"
cp -a "$apicurio/." "$work/apicurio"
podman build --quiet --format docker --tag docker.io/apicurio/apicurio-registry:3.3.3 --file - "$work" <<'END'
FROM localhost/kinolift-base:25
COPY apicurio /apicurio
WORKDIR /apicurio
ENV QUARKUS_HTTP_HOST=0.0.0.0
ENTRYPOINT ["java", "-Xmx512m", "-jar", "quarkus-run.jar"]
END

cp "$(command -v prometheus)" "$work/prometheus"
podman build --quiet --format docker --tag docker.io/prom/prometheus:v3.5.0 --file - "$work" <<'END'
FROM localhost/kinolift-base:25
COPY prometheus /bin/prometheus
WORKDIR /prometheus
ENTRYPOINT ["/bin/prometheus", "--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus"]
END
