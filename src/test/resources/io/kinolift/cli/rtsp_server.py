"""A camera on the loopback interface: moving pictures and ticks, as H.264 and AAC over RTSP. Arguments: the port; for a
recording with B-frames instead, which says how long it is, the file to make and serve, and its pictures."""
import os
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

PICTURES = "videotestsrc pattern=ball %s ! video/x-raw,format=I420,width=160,height=120,framerate=25/1 ! x264enc %s key-int-max=10"
TICKS = "audiotestsrc wave=ticks samplesperbuffer=1920 %s ! audio/x-raw,rate=48000,channels=1 ! avenc_aac"


def record(path, pictures):
    count = "num-buffers=" + pictures
    pipeline = Gst.parse_launch(
        PICTURES % (count, "bframes=2 b-adapt=false") + " ! mp4mux name=mux ! filesink location=" + path + " "
        + TICKS % count + " ! queue ! mux.")
    pipeline.set_state(Gst.State.PLAYING)
    pipeline.get_bus().timed_pop_filtered(Gst.CLOCK_TIME_NONE, Gst.MessageType.EOS | Gst.MessageType.ERROR)
    pipeline.set_state(Gst.State.NULL)


Gst.init(None)
factory = GstRtspServer.RTSPMediaFactory()
if len(sys.argv) > 2:
    recording = sys.argv[2]
    if not os.path.exists(recording):
        record(recording, sys.argv[3])
    factory.set_launch(
        "( filesrc location=" + recording + " ! qtdemux name=file"
        " file.video_0 ! queue ! h264parse ! rtph264pay name=pay0 pt=96"
        " file.audio_0 ! queue ! aacparse ! rtpmp4gpay name=pay1 pt=97 )")
else:
    factory.set_launch(
        "( " + PICTURES % ("is-live=true", "tune=zerolatency") + " ! rtph264pay name=pay0 pt=96 "
        + TICKS % "is-live=true" + " ! rtpmp4gpay name=pay1 pt=97 )")
factory.set_shared(True)
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(sys.argv[1])
server.get_mount_points().add_factory("/live", factory)
server.attach(None)
print("ready", flush=True)
GLib.MainLoop().run()
