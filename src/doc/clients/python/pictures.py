"""Pictures of a camera or a video file, as JPEG with their times. Used by send_images.py and send_frames.py."""

import time

import cv2


class SourceError(Exception):
    """The camera or file cannot be read."""


def pictures(source, live=False, limit=None, quality=95):
    """Yields (time, jpeg, width, height). The time is in microseconds since 1970, and always rises.

    A camera's picture gets the time at which it was read. A file's first picture gets the present time, and the
    others follow as in the file; with live they also come at this pace, else as fast as they are taken.
    """
    camera = source.isdigit()
    video = cv2.VideoCapture(int(source) if camera else source)
    if not video.isOpened():
        raise SourceError(f"expected a camera number or a video that OpenCV can open, found {source}")
    frame_micros = round(1e6 / (video.get(cv2.CAP_PROP_FPS) or 25))
    start = time.time_ns() // 1000
    count, last = 0, -1
    try:
        while limit is None or count < limit:
            found, picture = video.read()
            if not found:
                if camera or count == 0:
                    raise SourceError(f"expected a picture from {source}, found none")
                return
            now = time.time_ns() // 1000
            micros = now if camera else start + round(video.get(cv2.CAP_PROP_POS_MSEC) * 1000)
            if micros <= last:  # some files have no times
                micros = last + frame_micros
            if live and micros > now:
                time.sleep((micros - now) / 1e6)
            done, jpeg = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
            if not done:
                raise SourceError(f"expected a picture that JPEG can hold, found {picture.shape}")
            yield micros, jpeg.tobytes(), picture.shape[1], picture.shape[0]
            count, last = count + 1, micros
    finally:
        video.release()
