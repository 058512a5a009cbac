package io.kinolift.video;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

/** Changes an mp4 whose index lies behind its samples, so that its tracks refer to the samples of another file. */
final class DataReference {
    private static final Set<String> PARENTS = Set.of("moov", "trak", "mdia", "minf", "dinf");

    private DataReference() {}

    static byte[] to(byte[] film, Path other) {
        return boxes(ByteBuffer.wrap(film), other);
    }

    private static byte[] boxes(ByteBuffer in, Path other) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (in.remaining() >= 8) {
            int size = in.getInt(in.position());
            byte[] name = new byte[4];
            in.get(in.position() + 4, name);
            String type = new String(name, StandardCharsets.US_ASCII);
            ByteBuffer body = in.slice(in.position() + 8, size - 8);
            byte[] made = type.equals("dref") ? reference(other) : new byte[body.remaining()];
            if (PARENTS.contains(type)) {
                made = boxes(body, other);
            } else if (!type.equals("dref")) {
                body.get(made);
            }
            if (type.equals("mdat")) {
                // The samples here are not the ones.
                made = new byte[made.length];
            }
            out.writeBytes(
                    ByteBuffer.allocate(8).putInt(made.length + 8).put(name).array());
            out.writeBytes(made);
            in.position(in.position() + size);
        }
        return out.toByteArray();
    }

    /** An alias, as classic Mac OS stored it, with an absolute path as its record 2. */
    private static byte[] reference(Path other) {
        byte[] path = other.toString().getBytes(StandardCharsets.UTF_8);
        byte[] name = other.getFileName().toString().getBytes(StandardCharsets.UTF_8);
        int padded = (path.length + 1) & ~1;
        ByteBuffer alias = ByteBuffer.allocate(150 + 4 + padded + 4);
        alias.put(10, (byte) 1).put(11, (byte) 'x');
        alias.put(50, (byte) name.length).put(51, name);
        alias.position(150);
        alias.putShort((short) 2).putShort((short) path.length).put(path);
        alias.position(150 + 4 + padded);
        alias.putShort((short) -1).putShort((short) 0);
        ByteBuffer box = ByteBuffer.allocate(8 + 12 + alias.capacity());
        box.putInt(0)
                .putInt(1)
                .putInt(12 + alias.capacity())
                .put("alis".getBytes(StandardCharsets.US_ASCII))
                .putInt(0);
        return box.put(alias.array()).array();
    }
}
