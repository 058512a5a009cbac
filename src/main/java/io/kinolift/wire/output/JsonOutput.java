package io.kinolift.wire.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kinolift.codec.image.ImageMetadata;
import io.kinolift.frame.Codec;
import io.kinolift.frame.EncodedFrame;
import io.kinolift.window.SourceFrame;
import io.kinolift.wire.AccountRecord;
import io.kinolift.wire.FrameRecords;
import io.kinolift.wire.WrittenFrame;
import io.kinolift.wire.input.JsonFields;
import io.kinolift.wire.input.JsonText;
import io.kinolift.wire.input.TextPayload;
import io.kinolift.wire.input.TimeUnitName;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * JSON objects with the picture as text. An object that came in goes out again, with the new picture, and with the new
 * numbers in the fields that say something of the picture. Frames of other formats get an object with the first name of
 * every list. Keys, headers and timestamps are those of {@link ImageOutput}.
 *
 * @param records that hold the values
 * @param fields where things are
 * @param encoding of the picture
 * @param unit of times in fields; null where times do not come from fields
 */
public record JsonOutput(PlainRecords records, JsonFields fields, TextPayload.Encoding encoding, TimeUnitName unit)
        implements OutputFormat {
    /** The names, braces and numbers of an object that no input had. */
    private static final int OWN_FIELDS = 512;

    @Override
    public boolean isPartitionedByKey() {
        return false;
    }

    @Override
    public int payloadRoom(int maxRecordBytes, SourceFrame owner) {
        long room = (long) maxRecordBytes
                - PlainRecords.overhead(
                        owner.frame().streamId(), owner.envelope().bytes())
                - OWN_FIELDS;
        long picture = encoding == TextPayload.Encoding.HEX ? room / 2 : room / 4 * 3;
        return (int) (picture - ImageMetadata.of(owner.frame().payload()).length);
    }

    @Override
    public WrittenFrame write(EncodedFrame frame, SourceFrame owner) {
        byte[] picture = FrameRecords.bytes(frame.payload());
        if (frame.format().codec() != Codec.RAW) {
            picture = ImageMetadata.insert(ImageMetadata.of(owner.frame().payload()), picture);
        }
        long timestamp = FrameHeaders.timestampMillis(frame, owner);
        byte[] text = owner.envelope().text();
        byte[] whole =
                text.length == 0 || JsonText.isObject(text) ? JsonText.bytes(object(frame, owner, timestamp)) : text;
        byte[] value = JsonText.write(whole, picture, fields, encoding);
        return new WrittenFrame(frame.withPayload(ByteBuffer.wrap(picture)), value, owner.envelope(), timestamp);
    }

    private ObjectNode object(EncodedFrame frame, SourceFrame owner, long timestampMillis) {
        if (owner.envelope().text().length == 0) {
            ObjectNode object = JsonText.object();
            object.put(name(fields.stream(), "stream"), frame.streamId());
            object.put(name(fields.sequence(), "sequence"), frame.sequence());
            putTime(object, name(fields.time(), "timestamp"), timestampMillis);
            object.put(name(fields.width(), "width"), frame.format().width());
            object.put(name(fields.height(), "height"), frame.format().height());
            if (frame.level() > 0) {
                object.put("level", frame.level());
            }
            object.put(fields.payload().getFirst(), "");
            return object;
        }
        ObjectNode object = JsonText.object(owner.envelope().text());
        JsonFields.Field time = unit == null ? null : JsonFields.find(object, fields.time());
        if (time != null) {
            time.parent()
                    .set(time.name(), JsonTime.like(time.value(), unit.named(time.name()), FrameHeaders.micros(frame)));
        }
        replace(object, fields.sequence(), frame.sequence());
        replace(object, fields.width(), frame.format().width());
        replace(object, fields.height(), frame.format().height());
        resize(object, frame);
        return object;
    }

    /** In the unit that the settings or the name tell, else in milliseconds. */
    private void putTime(ObjectNode object, String name, long millis) {
        TimeUnitName named = (unit == null ? TimeUnitName.AUTO : unit).named(name);
        TimeUnitName written = named == TimeUnitName.AUTO ? TimeUnitName.MILLIS : named;
        BigDecimal micros = BigDecimal.valueOf(millis).movePointRight(TimeUnitName.MILLIS.power(BigDecimal.ZERO));
        object.put(name, micros.movePointLeft(written.power(BigDecimal.ZERO)));
    }

    private static String name(List<String> names, String usual) {
        return names.isEmpty() ? usual : names.getFirst();
    }

    private static void replace(ObjectNode object, List<String> names, long value) {
        JsonFields.Field field = JsonFields.find(object, names);
        if (field != null) {
            field.parent().put(field.name(), value);
        }
    }

    private void resize(ObjectNode object, EncodedFrame frame) {
        JsonFields.Field shape = JsonFields.find(object, fields.shape());
        if (shape != null && shape.value() instanceof ArrayNode sides && sides.size() >= 2) {
            sides.set(0, frame.format().height());
            sides.set(1, frame.format().width());
        }
    }

    @Override
    public int batchBytes(WrittenFrame frame) {
        return records.batchBytes(frame);
    }

    @Override
    public OutputRecord record(WrittenFrame frame, boolean afterHole) {
        return records.record(frame, afterHole);
    }

    @Override
    public OutputRecord end(AccountRecord account, long outputs, byte[] key) {
        return records.end(account, outputs, key);
    }
}
