package io.kinolift.quality;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;

/**
 * Lines of small text. On a system without fonts there are no labels: a picture without labels is better than no
 * picture.
 */
public final class Labels {
    /** Pixels that a line takes, with the space around it. */
    public static final int HEIGHT = 26;

    private static final int BASELINE = 18;
    private static final int SIZE = 14;
    private static final Color STRONG = Color.WHITE;
    private static final Color PLAIN = new Color(0xa9b0bb);

    private Labels() {}

    /** A strong word, then plain text, cut at the width. */
    public static void draw(Graphics2D graphics, int left, int top, int width, String strong, String plain) {
        FontMetrics metrics;
        try {
            graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, SIZE));
            metrics = graphics.getFontMetrics();
        } catch (RuntimeException | LinkageError | InternalError e) {
            // What Java throws when it finds no font differs between versions and systems.
            return;
        }
        graphics.setColor(STRONG);
        graphics.drawString(strong, left, top + BASELINE);
        int used = strong.isEmpty() ? 0 : metrics.stringWidth(strong) + SIZE;
        graphics.setFont(graphics.getFont().deriveFont(Font.PLAIN));
        graphics.setColor(PLAIN);
        graphics.drawString(cut(plain, graphics.getFontMetrics(), width - used), left + used, top + BASELINE);
    }

    private static String cut(String text, FontMetrics metrics, int width) {
        String shown = text;
        for (int end = text.length(); end > 0 && metrics.stringWidth(shown) > width; end--) {
            shown = text.substring(0, end) + "...";
        }
        return shown;
    }
}
