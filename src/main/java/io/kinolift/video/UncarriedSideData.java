package io.kinolift.video;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Content of single pictures that records of frames have no place for. */
final class UncarriedSideData {
    private static final Map<Integer, String> NAMES = Map.of(
            avutil.AV_FRAME_DATA_A53_CC, "closed captions",
            avutil.AV_FRAME_DATA_DOVI_RPU_BUFFER, "Dolby Vision",
            avutil.AV_FRAME_DATA_DOVI_METADATA, "Dolby Vision",
            avutil.AV_FRAME_DATA_DYNAMIC_HDR_PLUS, "HDR10+",
            avutil.AV_FRAME_DATA_DYNAMIC_HDR_VIVID, "HDR Vivid",
            avutil.AV_FRAME_DATA_AFD, "active format descriptions",
            avutil.AV_FRAME_DATA_S12M_TIMECODE, "timecodes inside the pictures",
            avutil.AV_FRAME_DATA_GOP_TIMECODE, "timecodes inside the pictures",
            avutil.AV_FRAME_DATA_REGIONS_OF_INTEREST, "regions of interest");

    private final boolean dolbyVision;
    /** Pictures by name. */
    private final Map<String, Integer> counts = new TreeMap<>();

    UncarriedSideData(AVCodecParameters parameters) {
        dolbyVision = avcodec.av_packet_side_data_get(
                        parameters.coded_side_data(), parameters.nb_coded_side_data(), avcodec.AV_PKT_DATA_DOVI_CONF)
                != null;
    }

    void see(AVFrame frame) {
        String last = "";
        for (int i = 0; i < frame.nb_side_data(); i++) {
            String name = NAMES.get(frame.side_data(i).type());
            if (name != null && !name.equals(last)) {
                counts.merge(name, 1, Integer::sum);
                last = name;
            }
        }
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        counts.forEach((name, count) -> lines.add("not written: " + name + " of " + count + " pictures"));
        if (dolbyVision && !counts.containsKey("Dolby Vision")) {
            lines.add("not written: Dolby Vision");
        }
        return lines;
    }
}
