#!/usr/bin/env python3
"""Shows the images of a topic in a window, or saves them as files.

Needs: apt install python3-confluent-kafka python3-opencv
"""

import argparse
import os
import re
import sys

import cv2
import numpy
from confluent_kafka import OFFSET_BEGINNING, OFFSET_END

from connection import ConnectionFailed, records

STARTS = {b"\xff\xd8": "jpg", b"\x89PNG": "png", b"RIFF": "webp", b"BM": "bmp", b"II*\0": "tiff", b"MM\0*": "tiff"}


def save(folder, stream, number, image):
    name = re.sub(r"[^\w.-]", "_", stream) or "stream"  # a key may hold slashes
    extension = next((extension for start, extension in STARTS.items() if image.startswith(start)), "bin")
    with open(os.path.join(folder, f"{name}-{number:06}.{extension}"), "wb") as out:
        out.write(image)


def show(title, image):
    """Returns whether it is an image."""
    picture = cv2.imdecode(numpy.frombuffer(image, numpy.uint8), cv2.IMREAD_COLOR)
    if picture is not None:
        cv2.imshow(title, picture)
    return picture is not None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("topic")
    parser.add_argument("--bootstrap-server", default="localhost:9092", metavar="HOST:PORT")
    parser.add_argument("--stream", help="only this stream; the program ends when the stream ends")
    parser.add_argument("--new", action="store_true", help="begin with the next image, not with the oldest")
    parser.add_argument("--save", metavar="DIR", help="write files to this folder instead of showing a window")
    args = parser.parse_args()
    if args.save:
        os.makedirs(args.save, exist_ok=True)
    counts = {}
    for record in records(args.bootstrap_server, args.topic, OFFSET_END if args.new else OFFSET_BEGINNING):
        if not args.save and cv2.waitKey(1) == ord("q"):
            return
        if record is None:
            continue
        stream = (record.key() or b"").decode("utf-8", "replace")
        if args.stream not in (None, stream):
            continue
        image = record.value()
        if image is None:  # the end of the stream
            print(f"stream {stream} ended after {counts.pop(stream, 0)} images")
            if args.stream:
                return
            continue
        counts[stream] = counts.get(stream, 0) + 1
        if args.save:
            save(args.save, stream, counts[stream], image)
        elif not show(f"{args.topic} {stream}", image):
            print(f"expected an image at offset {record.offset()}, found {image[:16].hex(' ')}", file=sys.stderr)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
    except (ConnectionFailed, OSError, cv2.error) as error:
        sys.exit(f"show_images: {error}")
