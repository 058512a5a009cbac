package io.kinolift.live;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import io.kinolift.codec.FrameCodecException;
import java.util.Map;

/** What all answers have in common. */
final class Answers {
    private static final String POLICY = "default-src 'self'; img-src 'self' blob:; media-src 'self' blob:; "
            + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private Answers() {}

    /** And HEAD: by itself, Javalin answers it with 200 for any path that there is, also where GET does not. */
    static void get(JavalinConfig javalin, String path, Handler handler) {
        javalin.routes.get(path, handler);
        javalin.routes.head(path, handler);
    }

    /** The page may only load its own files, and pictures and video that it was given. */
    static void secure(Context context) {
        context.header("Content-Security-Policy", POLICY);
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Referrer-Policy", "no-referrer");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        context.header("Cross-Origin-Opener-Policy", "same-origin");
        context.header(Header.CACHE_CONTROL, "no-store");
    }

    static void refuse(Context context, int status, String reason) {
        context.status(status).json(Map.of("reason", reason));
    }

    /** Failures that are the request's, not the server's. */
    static void refuseFailures(JavalinConfig javalin) {
        javalin.routes.exception(
                IllegalStateException.class, (failure, context) -> refuse(context, 409, failure.getMessage()));
        javalin.routes.exception(
                FrameCodecException.class, (failure, context) -> refuse(context, 415, failure.getMessage()));
        javalin.routes.exception(
                NumberFormatException.class,
                (failure, context) -> refuse(context, 400, "expected a number: " + failure.getMessage()));
    }
}
