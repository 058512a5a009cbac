package io.kinolift.cli;

/** Lines of the program itself on the terminal: they begin with its name and go to the error output. */
final class Tell {
    private Tell() {}

    static void line(String text) {
        System.err.println(text(text));
    }

    /** Names from records or files may be in it; see {@link LogText#line}. */
    static String text(String text) {
        return "kinolift: " + LogText.line(text);
    }
}
