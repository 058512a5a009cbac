#!/usr/bin/env python3
"""Sends a camera or a video file to Kinolift as VideoFrame records, and ends the stream.

Needs: apt install python3-confluent-kafka python3-opencv python3-avro
"""

import argparse
import sys
import time

from connection import ConnectionFailed, Sender
from pictures import SourceError, pictures
from videoframe import SCHEMA_FILE, VideoFrames


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", help="number of a camera such as 0, a video file or a URL")
    parser.add_argument("--bootstrap-server", default="localhost:9092", metavar="HOST:PORT")
    parser.add_argument("--topic", default="kinolift.frames")
    parser.add_argument("--stream", default="camera-1", help="id of the stream: the key of its records")
    parser.add_argument("--session", type=int, default=int(time.time() * 1000),
                        help="number of this run, higher than those before (default: milliseconds since 1970)")
    parser.add_argument("--live", action="store_true", help="send a file at the pace of its times")
    parser.add_argument("--frames", type=int, help="stop after this many pictures")
    parser.add_argument("--schema", default=SCHEMA_FILE, help="VideoFrame.avsc of the release that reads the frames")
    args = parser.parse_args()
    frames = VideoFrames(args.schema)
    sender = Sender(args.bootstrap_server, args.topic)

    def send(**fields):
        sender.send(key=args.stream, value=frames.write(streamId=args.stream, session=args.session, **fields))

    sequence, first = 0, None
    try:
        for micros, jpeg, width, height in pictures(args.source, args.live, args.frames):
            first = micros if first is None else first
            send(sequence=sequence, pts=micros - first, timeBaseNumerator=1, timeBaseDenominator=1000000,
                 codec="JPEG", pixelFormat="YUV420P", width=width, height=height,  # OpenCV's JPEG is 4:2:0
                 colourRange="FULL", colourMatrix=5,  # JPEG has samples of 0 to 255, and the matrix of BT.601
                 captureTimeMicros=micros if args.source.isdigit() else 0, payload=jpeg)
            sequence += 1
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
    finally:
        if sequence:  # the end of the stream: sequence is the number of frames, and there is no picture
            send(sequence=sequence, pts=0, timeBaseNumerator=1, timeBaseDenominator=1, codec="UNKNOWN",
                 pixelFormat="UNKNOWN", width=0, height=0, endOfStream=True, payload=b"")
        sender.finish()
    print(f"{sequence} frames sent to {args.topic}, stream {args.stream}, session {args.session}, then the end")


if __name__ == "__main__":
    try:
        main()
    except (ConnectionFailed, SourceError, OSError) as error:
        sys.exit(f"send_frames: {error}")
