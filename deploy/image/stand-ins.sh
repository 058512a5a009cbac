#!/bin/bash
# Makes the two images that the Dockerfile begins from where no registry can be reached: Debian by debootstrap, with the
# JDK 25 of this machine, whole for the build and linked down for the application. Needs root, debootstrap and podman.
# Leaves localhost/kinolift-base:25 and localhost/kinolift-maven:25, or does nothing where they are.
#
#   KINOLIFT_JDK   the JDK, if it is not in /usr/lib/jvm
set -euo pipefail
jdk=${KINOLIFT_JDK:-$(ls -d /usr/lib/jvm/*25*jdk* | head -n 1)}
suite=bookworm
mirror=http://deb.debian.org/debian
work=$(mktemp -d)
trap 'mountpoint -q "$work/maven/proc" || rm -rf "$work"' EXIT

# What Java does without: lists, caches, manuals, other languages, the C library's zones and character sets.
slim() {
    rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/* "$1"/usr/share/{doc,man,info,locale,zoneinfo}/* "$1"/var/log/* \
        "$1"/usr/lib/*-linux-gnu/gconv
}

# Names folder $1 as image $2, with Java at /opt/java.
import() {
    tar -C "$1" -c . | podman import -q \
        --change 'ENV JAVA_HOME=/opt/java' --change 'ENV PATH=/opt/java/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
        --change 'CMD bash' - "$2" > /dev/null
    echo "$2"
}

if podman image exists localhost/kinolift-base:25 && podman image exists localhost/kinolift-maven:25; then
    exit
fi
debootstrap --variant=minbase "$suite" "$work/base" "$mirror" > "$work/base.log" 2>&1 \
    || { tail -n 20 "$work/base.log"; exit 1; }
cp -a "$work/base" "$work/maven"
slim "$work/base"
mkdir -p "$work/base/opt"
# What a JRE has, as far as servers need it; a list of default classes for archives to stand on.
"$jdk/bin/jlink" --output "$work/base/opt/java" --strip-debug --no-header-files --no-man-pages --compress zip-6 \
    --generate-cds-archive --add-modules \
    java.desktop,java.management.rmi,java.naming,java.net.http,java.security.jgss,java.security.sasl,java.sql,java.xml.crypto,jdk.incubator.vector,jdk.unsupported,jdk.management,jdk.net,jdk.zipfs,jdk.naming.dns,jdk.security.auth,jdk.jcmd \
    > "$work/jlink.log" 2>&1 || { cat "$work/jlink.log"; exit 1; }
rm -f "$work/base/opt/java/lib/server/classes_nocoops.jsa"
import "$work/base" localhost/kinolift-base:25

cp -L /etc/resolv.conf "$work/maven/etc/resolv.conf"
# Postinst scripts look into /proc.
mount -t proc proc "$work/maven/proc"
chroot "$work/maven" sh -c 'apt-get update -qq && apt-get install -y -qq --no-install-recommends maven' \
    > "$work/maven.log" 2>&1 || { tail -n 20 "$work/maven.log"; umount "$work/maven/proc"; exit 1; }
umount "$work/maven/proc"
cp -aL "$jdk" "$work/maven/opt/java"
slim "$work/maven"
import "$work/maven" localhost/kinolift-maven:25
