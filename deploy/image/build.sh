#!/bin/bash
# Builds localhost/kinolift with podman: on the stand-ins beside this script, or on what BASE_IMAGE and BUILD_IMAGE name.
# Maven's local repository is lent to the build, so that what is there is not fetched again.
set -euo pipefail
cd "$(dirname "$0")/../.."
if [ -z "${BASE_IMAGE:-}" ] && [ -z "${BUILD_IMAGE:-}" ]; then
    deploy/image/stand-ins.sh
fi
mkdir -p "$HOME/.m2"
# The build runs as root, whose home is at the same place there as here.
home=~root
podman build --quiet --layers --network host --format docker --volume "$HOME/.m2:$home/.m2" \
    --build-arg "BASE_IMAGE=${BASE_IMAGE:-localhost/kinolift-base:25}" \
    --build-arg "BUILD_IMAGE=${BUILD_IMAGE:-localhost/kinolift-maven:25}" \
    --file deploy/Dockerfile --tag localhost/kinolift .
