#!/usr/bin/env python3
"""Saves a stream that Kinolift has upscaled as picture files, or shows it in a window, until its end record.

Needs: apt install python3-confluent-kafka python3-avro, and python3-opencv for --show
"""

import argparse
import os
import sys

from confluent_kafka import OFFSET_BEGINNING

from connection import ConnectionFailed, records
from videoframe import SCHEMA_FILE, VideoFrames

EXTENSIONS = {"JPEG": "jpg", "PNG": "png"}
PATIENCE = 100  # empty polls, of 0.1 seconds each


def stream_frames(args):
    """Yields the frames of the stream as they come, the end record last."""
    frames, session, waits = VideoFrames(args.schema), args.session, 0
    for record in records(args.bootstrap_server, args.topic, OFFSET_BEGINNING):
        waits = waits + 1 if record is None else 0
        if waits == PATIENCE:
            print(f"still waiting for stream {args.stream} in {args.topic}. Does Kinolift run? "
                  "kinolift dead-letters lists frames that it could not use.", file=sys.stderr)
        if record is None or record.key() != args.stream.encode("utf-8"):
            continue
        frame = frames.read(record.value())
        session = frame["session"] if session is None else session
        if frame["session"] == session:
            yield frame
            if frame["endOfStream"]:
                return


def save(folder, frame):
    if frame["codec"] not in EXTENSIONS:
        raise ValueError(f"expected frames in JPEG or PNG, found {frame['codec']}: see kinolift.frame.codec")
    with open(os.path.join(folder, f"{frame['sequence']:06}.{EXTENSIONS[frame['codec']]}"), "wb") as out:
        out.write(frame["payload"])


def show(frame):
    import cv2
    import numpy
    cv2.imshow(frame["streamId"], cv2.imdecode(numpy.frombuffer(frame["payload"], numpy.uint8), cv2.IMREAD_COLOR))
    cv2.waitKey(1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dir", nargs="?", default="frames", help="folder for the files (default: frames)")
    parser.add_argument("--bootstrap-server", default="localhost:9092", metavar="HOST:PORT")
    parser.add_argument("--topic", default="kinolift.upscaled")
    parser.add_argument("--stream", default="camera-1")
    parser.add_argument("--session", type=int, help="only this run of the stream (default: the oldest in the topic)")
    parser.add_argument("--show", action="store_true", help="show a window, write no files")
    parser.add_argument("--schema", default=SCHEMA_FILE, help="VideoFrame.avsc of the release that wrote the frames")
    args = parser.parse_args()
    if not args.show:
        os.makedirs(args.dir, exist_ok=True)
    count = 0
    for frame in stream_frames(args):
        if frame["endOfStream"]:
            print(f"{count} frames of stream {args.stream}, session {frame['session']}; totals: {frame['totals']}")
            return
        show(frame) if args.show else save(args.dir, frame)
        count += 1


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
    except (ConnectionFailed, OSError, ValueError) as error:
        sys.exit(f"save_frames: {error}")
