import io.kinolift.client.KafkaFrameGrabber;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;

/** Saves what Kinolift has made of a stream: SaveVideo SERVERS STREAM FILE. */
public class SaveVideo {
    private static final int PATIENCE_MS = 60_000;

    public static void main(String[] arguments) throws Exception {
        // This line was: new FFmpegFrameGrabber("in.mp4")
        try (FrameGrabber grabber = new KafkaFrameGrabber(arguments[0], arguments[1])) {
            grabber.setTimeout(PATIENCE_MS);
            grabber.start();
            save(grabber, arguments[2]);
            System.out.println("kinolift counted " + grabber.getMetadata("upscaled") + " of "
                    + grabber.getMetadata("received") + " frames upscaled");
        }
    }

    private static void save(FrameGrabber grabber, String file) throws Exception {
        int width = grabber.getImageWidth();
        int height = grabber.getImageHeight();
        int frames = 0;
        try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file, width, height)) {
            recorder.setFrameRate(grabber.getFrameRate());
            recorder.setAspectRatio(grabber.getAspectRatio());
            recorder.setVideoCodecName("libopenh264");
            recorder.setVideoBitrate(8_000_000);
            recorder.start();
            for (Frame frame = grabber.grab(); frame != null; frame = grabber.grab()) {
                recorder.setTimestamp(frame.timestamp);
                recorder.record(frame);
                frames++;
            }
        }
        System.out.println(frames + " frames of " + width + "x" + height + " saved");
    }
}
