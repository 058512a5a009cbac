package io.kinolift.cli;

import io.kinolift.transfer.ingest.SourceIngest;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How many sources get on, one line for each: on a terminal in place, else anew each time. For any thread. */
final class SourcesTable {
    private static final int NAME_WIDTH = 24;
    /** What is drawn in place must fit a terminal of the usual height. */
    private static final int MOST_LINES = 20;

    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";

    private final PrintStream out;
    private final boolean terminal;
    private final List<Row> rows = new ArrayList<>();
    private int drawn;

    @SuppressWarnings("SystemConsoleNull") // Null again since Java 25 where there is no terminal.
    SourcesTable(PrintStream out) {
        this.out = out;
        this.terminal = System.console() != null && System.console().isTerminal();
    }

    synchronized Row add(String name) {
        Row row = new Row(name);
        rows.add(row);
        return row;
    }

    /** Draws all rows, with the rates since the last time. */
    synchronized void show() {
        clear();
        List<String> lines = rows.stream().map(Row::line).toList();
        if (!terminal) {
            lines.forEach(out::println);
            return;
        }
        int shown = lines.size() <= MOST_LINES ? lines.size() : MOST_LINES - 1;
        out.print(NO_WRAP);
        lines.subList(0, shown).forEach(out::println);
        if (shown < lines.size()) {
            out.println("... and " + (lines.size() - shown) + " more");
        }
        out.print(WRAP);
        drawn = Math.min(lines.size(), MOST_LINES);
    }

    /** How many have not been opened yet. */
    synchronized long opening() {
        return rows.stream().filter(row -> !row.opened && !row.over).count();
    }

    /** Prints a line that stays. */
    synchronized void tell(String line) {
        clear();
        out.println(Tell.text(line));
    }

    private void clear() {
        if (drawn > 0) {
            // Up by so many lines, and clear what is below.
            out.printf(Locale.ROOT, "\u001b[%dA\u001b[J", drawn);
            drawn = 0;
        }
    }

    /** One source. */
    final class Row implements SourceIngest.Listener {
        private final String name;
        private String state = "opening";
        private long frames;
        private long shownFrames;
        private long shownNanos = System.nanoTime();
        private boolean opened;
        private boolean over;

        private Row(String name) {
            this.name = name;
        }

        @Override
        public void opened(long promisedFrames) {
            synchronized (SourcesTable.this) {
                opened = true;
                state = "open";
            }
        }

        @Override
        public void sent(long count) {
            synchronized (SourcesTable.this) {
                state = count > frames ? "sending" : state;
                frames = count;
            }
        }

        @Override
        public void told(String line) {
            synchronized (SourcesTable.this) {
                state = over ? state : line;
                tell(name + ": " + line);
            }
        }

        /** There is no more of it. */
        void ended(String how) {
            synchronized (SourcesTable.this) {
                // The reason is told once.
                state = how.lines().findFirst().orElse("").replaceFirst(":.*", "");
                over = true;
                tell(name + ": " + how);
            }
        }

        private String line() {
            long now = System.nanoTime();
            double rate = (frames - shownFrames) * 1e9 / Math.max(1, now - shownNanos);
            shownFrames = frames;
            shownNanos = now;
            return String.format(
                            Locale.ROOT, "%-" + NAME_WIDTH + "s %9d frames %6.1f fps  %s", name, frames, rate, state)
                    .lines()
                    .map(LogText::line)
                    .findFirst()
                    .orElse("");
        }
    }
}
