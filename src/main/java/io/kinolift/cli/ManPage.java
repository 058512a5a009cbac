package io.kinolift.cli;

import io.kinolift.runtime.Version;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A manual page in roff. picocli's own generator makes AsciiDoc, which needs Asciidoctor and its Ruby to become a manual
 * page; this is what its result would have been.
 */
final class ManPage {
    private ManPage() {}

    static String of(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        Help help = command.getHelp();
        StringBuilder page = new StringBuilder();
        String title = spec.qualifiedName("-");
        page.append(".TH \"")
                .append(title.toUpperCase(Locale.ROOT))
                .append("\" 1 \"\" \"Kinolift ")
                .append(Version.NUMBER)
                .append("\" \"Kinolift Manual\"\n");
        page.append(".SH NAME\n").append(escaped(title)).append(" \\- ");
        String about = String.format(String.join(" ", spec.usageMessage().description()));
        page.append(escaped(spec.usageMessage().description()[0])).append('\n');
        page.append(".SH SYNOPSIS\n.nf\n")
                .append(escaped(help.synopsis(0).strip()))
                .append("\n.fi\n");
        page.append(".SH DESCRIPTION\n").append(escaped(about)).append('\n');
        if (!command.getSubcommands().isEmpty()) {
            page.append(".SH COMMANDS\n");
            command.getSubcommands()
                    .forEach((name, sub) -> page.append(".TP\n.BR kinolift\\-")
                            .append(escaped(name))
                            .append(" (1)\n")
                            .append(escaped(String.format(String.join(
                                    " ", sub.getCommandSpec().usageMessage().description()))))
                            .append('\n'));
        }
        page.append(".SH OPTIONS\n");
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            item(page, parameter.paramLabel(), parameter);
        }
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                String names = String.join(", ", option.names());
                item(page, option.arity().max() > 0 ? names + " " + option.paramLabel() : names, option);
            }
        }
        exitCodes(page, spec.usageMessage().exitCodeList());
        if (command.getParent() != null) {
            page.append(".SH EXAMPLES\n.nf\n");
            for (String example : spec.usageMessage().footer()) {
                page.append(escaped(String.format(example).strip())).append('\n');
            }
            page.append(".fi\n.SH SEE ALSO\n.BR kinolift (1)\n");
        }
        return page.toString();
    }

    private static void item(StringBuilder page, String term, ArgSpec argument) {
        page.append(".TP\n\\fB").append(escaped(term)).append("\\fR\n");
        String text = String.join(" ", argument.renderedDescription());
        page.append(escaped(text)).append('\n');
    }

    private static void exitCodes(StringBuilder page, Map<String, String> codes) {
        if (!codes.isEmpty()) {
            page.append(".SH \"EXIT STATUS\"\n");
            codes.forEach((code, meaning) -> page.append(".TP\n")
                    .append(escaped(code))
                    .append('\n')
                    .append(escaped(meaning))
                    .append('\n'));
        }
    }

    /** A line that begins with a dot or a quote would be a request, and a backslash an escape. */
    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").replaceAll("(?m)^([.'])", "\\\\&$1");
    }
}
