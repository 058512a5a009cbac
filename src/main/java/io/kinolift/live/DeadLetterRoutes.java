package io.kinolift.live;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last dead letters, and sending them again. */
final class DeadLetterRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterRoutes.class);

    private final Access access;
    private final RecentDeadLetters deadLetters;
    private final Optional<Replay> replay;

    /** @param replay empty if nothing can be replayed */
    DeadLetterRoutes(Access access, RecentDeadLetters deadLetters, Optional<Replay> replay) {
        this.access = access;
        this.deadLetters = deadLetters;
        this.replay = replay;
    }

    void addTo(JavalinConfig javalin) {
        Answers.get(javalin, "/api/dead-letters", context -> context.json(deadLetters.summaries()));
        javalin.routes.post("/api/dead-letters/{number}/replay", this::replay);
    }

    private void replay(Context context) {
        if (replay.isEmpty()) {
            Answers.refuse(context, 403, "this page only shows");
            return;
        }
        if (!access.showsToken(context)) {
            return;
        }
        Optional<RecentDeadLetters.Summary> letter = deadLetters.find(Long.parseLong(context.pathParam("number")));
        if (letter.isEmpty()) {
            Answers.refuse(context, 404, "expected a recent dead letter, found none");
            return;
        }
        RecentDeadLetters.Summary found = letter.get();
        String where = replay.get().replay(found.topic(), found.partition(), found.offset());
        LOG.info("dead letter {} replayed: {}", found.number(), where);
        context.json(Map.of("replayed", where));
    }
}
