#!/usr/bin/env python3
"""Sends a camera or a video file to a topic of JPEG images: key = stream id, value = one JPEG.

Needs: apt install python3-confluent-kafka python3-opencv
"""

import argparse
import sys

from connection import ConnectionFailed, Sender
from pictures import SourceError, pictures


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", help="number of a camera such as 0, a video file or a URL")
    parser.add_argument("--bootstrap-server", default="localhost:9092", metavar="HOST:PORT")
    parser.add_argument("--topic", default="images")
    parser.add_argument("--stream", default="camera-1", help="id of the stream: the key of its records")
    parser.add_argument("--live", action="store_true", help="send a file at the pace of its times")
    parser.add_argument("--frames", type=int, help="stop after this many pictures")
    parser.add_argument("--time-header", metavar="NAME", help="also send the time in this header, in microseconds")
    args = parser.parse_args()
    sender = Sender(args.bootstrap_server, args.topic)
    count, micros = 0, 0
    try:
        for micros, jpeg, _, _ in pictures(args.source, args.live, args.frames):
            headers = [(args.time_header, str(micros))] if args.time_header else []
            sender.send(key=args.stream, value=jpeg, timestamp=micros // 1000, headers=headers)
            count += 1
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
    finally:
        if count:  # a record without a value ends the stream
            sender.send(key=args.stream, value=None, timestamp=micros // 1000 + 1)
        sender.finish()
    print(f"{count} pictures sent to {args.topic}, stream {args.stream}, then the end")


if __name__ == "__main__":
    try:
        main()
    except (ConnectionFailed, SourceError) as error:
        sys.exit(f"send_images: {error}")
