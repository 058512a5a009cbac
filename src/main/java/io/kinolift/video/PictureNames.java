package io.kinolift.video;

import io.kinolift.ffmpeg.VideoException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of numbered pictures, such as {@code shots/frame_%04d.png}: one number, after a percent sign with or without a
 * width. Two percent signs stand for one.
 *
 * @param folder where they are
 * @param before the number
 * @param digits least number of digits, filled with zeros
 * @param after the number
 */
public record PictureNames(Path folder, String before, int digits, String after) {
    private static final Pattern NUMBER = Pattern.compile("(?<!%)(?:%%)*%(?:0?(\\d{1,2}))?d");

    /** Empty if the last part of the path has no number, or more than one. */
    public static Optional<PictureNames> of(String path) {
        try {
            Path whole = Path.of(path);
            if (whole.getFileName() == null) {
                return Optional.empty();
            }
            String name = whole.getFileName().toString();
            Matcher matcher = NUMBER.matcher(name);
            if (!matcher.find()) {
                return Optional.empty();
            }
            int start = name.lastIndexOf('%', matcher.end() - 1);
            String after = name.substring(matcher.end());
            if (matcher.find()) {
                return Optional.empty();
            }
            String width = name.substring(start + 1, name.length() - after.length() - 1);
            Path folder = whole.getParent() == null ? Path.of("") : whole.getParent();
            int digits = width.isEmpty() ? 1 : Math.max(1, Integer.parseInt(width));
            return Optional.of(new PictureNames(folder, unescaped(name.substring(0, start)), digits, unescaped(after)));
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private static String unescaped(String text) {
        return text.replace("%%", "%");
    }

    /** The file name of a picture. */
    public String at(long number) {
        return before + String.format(Locale.ROOT, "%0" + digits + "d", number) + after;
    }

    /** The names as FFmpeg wants them, in a folder. */
    public String pattern(Path where) {
        Path all = where.toAbsolutePath().resolve(escaped(before) + "%0" + digits + "d" + escaped(after));
        return escaped(where.toAbsolutePath().toString()) + "/" + all.getFileName();
    }

    private static String escaped(String text) {
        return text.replace("%", "%%");
    }

    /** The numbers of the pictures that there are, in order. */
    public List<Long> numbers() throws IOException {
        List<Long> numbers = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                folder.toString().isEmpty() ? Path.of(".") : folder,
                file -> isOurs(file.getFileName().toString()))) {
            for (Path file : files) {
                numbers.add(number(file.getFileName().toString()));
            }
        }
        return numbers.stream().sorted().toList();
    }

    private boolean isOurs(String name) {
        if (name.length() < before.length() + after.length() + digits
                || !name.startsWith(before)
                || !name.endsWith(after)) {
            return false;
        }
        String text = text(name);
        // The twentieth digit may not fit; FFmpeg has 31 bits.
        return text.length() < 10
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                && name.equals(at(number(name)));
    }

    private String text(String name) {
        return name.substring(before.length(), name.length() - after.length());
    }

    private long number(String name) {
        return Long.parseLong(text(name));
    }

    /**
     * The number of the first picture.
     *
     * @throws VideoException if there is none, or one is missing between the first and the last
     */
    long first() throws VideoException {
        List<Long> numbers;
        try {
            numbers = numbers();
        } catch (IOException e) {
            throw new VideoException("expected pictures such as " + folder.resolve(at(1)) + ", found no folder "
                    + folder.toAbsolutePath());
        }
        if (numbers.isEmpty()) {
            throw new VideoException("expected pictures such as " + folder.resolve(at(1)) + ", found none");
        }
        for (int i = 1; i < numbers.size(); i++) {
            long expected = numbers.get(i - 1) + 1;
            if (numbers.get(i) != expected) {
                throw new VideoException("expected " + folder.resolve(at(expected)) + " after " + at(expected - 1)
                        + ", found " + at(numbers.get(i))
                        + " (with * for the number, pictures come in the order of their"
                        + " names)");
            }
        }
        return numbers.getFirst();
    }
}
