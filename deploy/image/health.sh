#!/bin/bash
# Asks the application in this container for /live, or for the path given: 0 if the answer is 200. Prints the reasons.
set -u
host=${KINOLIFT_HTTP_HOST:-127.0.0.1}
[ "$host" = 0.0.0.0 ] && host=127.0.0.1
exec 3<>"/dev/tcp/$host/${KINOLIFT_HTTP_PORT:-8080}" || exit 1
printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "${1:-/live}" >&3
read -r -t 5 -u 3 _ status _ || exit 1
while read -r -t 5 -u 3 line && [ "$line" != $'\r' ]; do :; done
timeout 5 cat <&3
[ "$status" = 200 ]
