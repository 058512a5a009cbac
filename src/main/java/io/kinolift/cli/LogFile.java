package io.kinolift.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import io.kinolift.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file with all lines of the log, stack traces and Kafka's retries, which the terminal is spared. */
final class LogFile {
    static final String NAME = "kinolift.log";
    private static final FileSize MOST = new FileSize(10 * FileSize.MB_COEFFICIENT);

    private LogFile() {}

    /** Writes to it from now on. If that cannot be, there is none: what else needs the folder says why. */
    static void in(Path folder) {
        in(folder, MOST, Duration.buildBySeconds(1));
    }

    /** @param interval at which the size is looked at */
    static void in(Path folder, FileSize most, Duration interval) {
        Path file = folder.resolve(NAME);
        try {
            PrivateFiles.createFolders(folder);
            make(file);
        } catch (IOException e) {
            LoggerFactory.getLogger(LogFile.class).debug("no log in {}", folder, e);
            return;
        }
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %logger{0}: %msg%n%trace");
        encoder.start();
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setName("file");
        appender.setFile(file.toString());
        appender.setEncoder(encoder);
        FixedWindowRollingPolicy before = new FixedWindowRollingPolicy() {
            @Override
            public void rollover() {
                super.rollover();
                try {
                    make(file);
                } catch (IOException e) {
                    addError("cannot make " + file, e);
                }
            }
        };
        before.setContext(context);
        before.setParent(appender);
        before.setFileNamePattern(file + ".%i");
        before.setMinIndex(1);
        before.setMaxIndex(1);
        before.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
        size.setContext(context);
        size.setMaxFileSize(most);
        size.setCheckIncrement(interval);
        size.start();
        appender.setRollingPolicy(before);
        appender.setTriggeringPolicy(size);
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    }

    /** Before the appender does, which would let others read it. */
    private static void make(Path file) throws IOException {
        PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                .close();
    }
}
