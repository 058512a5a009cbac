import io.kinolift.client.KafkaFrameRecorder;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.bytedeco.javacv.FrameRecorder;

/** Sends a file, a camera's address or a device to Kinolift: SendVideo SERVERS STREAM SOURCE [FORMAT]. */
public class SendVideo {
    public static void main(String[] arguments) throws Exception {
        String servers = arguments[0];
        String stream = arguments[1];
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(arguments[2])) {
            if (arguments.length > 3) {
                // A device: v4l2 for /dev/video0, for instance.
                grabber.setFormat(arguments[3]);
            }
            grabber.start();
            send(grabber, servers, stream);
        }
    }

    private static void send(FrameGrabber grabber, String servers, String stream) throws Exception {
        int width = grabber.getImageWidth();
        int height = grabber.getImageHeight();
        // This line was: new FFmpegFrameRecorder("out.mp4", width, height)
        try (FrameRecorder recorder = new KafkaFrameRecorder(servers, stream, width, height)) {
            recorder.setFrameRate(grabber.getFrameRate());
            recorder.setAspectRatio(grabber.getAspectRatio());
            recorder.start();
            for (Frame frame = grabber.grab(); frame != null; frame = grabber.grab()) {
                recorder.setTimestamp(frame.timestamp);
                recorder.record(frame);
            }
            recorder.flush();
            System.out.println(recorder.getFrameNumber() + " frames of " + width + "x" + height + " sent");
        }
    }
}
