package io.kinolift.live;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.Header;
import io.javalin.http.SameSite;
import io.kinolift.frame.Sha256;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may see and do what.
 *
 * <p>A page from elsewhere can give its own name the address of this server, and its scripts then read what is served
 * here as if it were theirs. So requests must name this server by an address, by {@code localhost}, by the name that it
 * is bound to, or by a name that is set.
 *
 * <p>Pictures are for everybody on this machine. If the server can be reached from others, or they are locked, they are
 * for the owner of the token, who shows it in a header, or once to get a cookie that no page from elsewhere can use.
 */
final class Access {
    private static final String BEARER = "Bearer ";
    private static final String COOKIE = "kinolift";
    /** Headers of proxies. */
    private static final List<String> FORWARDING = List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "Via");

    private static final Pattern ADDRESS = Pattern.compile("\\[[0-9a-fA-F:.%]+]|[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern PORT = Pattern.compile(":[0-9]{0,5}$");

    /** Who sees pictures: the values of {@code kinolift.http.pictures}. */
    enum Pictures {
        TOKEN,
        LOCKED,
        OPEN
    }

    private final String boundHost;
    private final List<String> names;
    private final String token;
    private final boolean picturesForAll;
    /** Whether pictures are for all because all are on this machine. */
    private final boolean ownMachine;

    private final String session;
    private final WrongTokens wrongTokens = new WrongTokens(System::nanoTime);

    /**
     * @param names by which requests may call this server, besides addresses, localhost and {@code boundHost}
     * @param token empty if there is none
     */
    Access(String boundHost, List<String> names, String token, Pictures pictures) {
        this.boundHost = boundHost.toLowerCase(Locale.ROOT);
        this.names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        this.token = token;
        this.picturesForAll = switch (pictures) {
            case TOKEN -> isLoopback(boundHost) && names.isEmpty();
            case LOCKED -> false;
            case OPEN -> true;
        };
        this.ownMachine = pictures == Pictures.TOKEN;
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        session = Sha256.of((HexFormat.of().formatHex(secret) + token).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }

    /** @param host the Host header; null if there is none */
    boolean isOurName(String host) {
        if (host == null) {
            return false;
        }
        String name = PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
        return ADDRESS.matcher(name).matches()
                || name.equals("localhost")
                || name.equals(boundHost)
                || names.contains(name);
    }

    boolean picturesNeedToken() {
        return !picturesForAll;
    }

    /** A proxy on this machine asks for others. */
    private static boolean isForwarded(Context context) {
        return FORWARDING.stream().anyMatch(name -> context.header(name) != null);
    }

    boolean hasToken() {
        return !token.isEmpty();
    }

    /** Refuses requests by another name, and exchanges the token for a cookie at {@code /api/login}. */
    void guard(JavalinConfig javalin) {
        javalin.routes.before(context -> {
            if (!isOurName(context.header(Header.HOST))) {
                Answers.refuse(context, 421, "expected the name of this server (kinolift.http.names), found another");
                context.skipRemainingHandlers();
            }
        });
        javalin.routes.post("/api/login", context -> {
            if (showsToken(context)) {
                remember(context);
                context.status(204);
            }
        });
    }

    /** Answers the request if not. */
    boolean maySeePictures(Context context) {
        return picturesAreOpenTo(context) || showsToken(context, 401);
    }

    /** Whether pictures need no token, or the browser has shown it before. */
    boolean picturesAreOpenTo(Context context) {
        return (picturesForAll && !(ownMachine && isForwarded(context)))
                || (hasToken()
                        && Optional.ofNullable(context.cookie(COOKIE))
                                .filter(cookie -> isEqual(cookie, session))
                                .isPresent());
    }

    /** Whether the request has the token in its header, which no other page can make a browser send. Answers it if not. */
    boolean showsToken(Context context) {
        return showsToken(context, 403);
    }

    private boolean showsToken(Context context, int status) {
        String header =
                Optional.ofNullable(context.header(Header.AUTHORIZATION)).orElse("");
        if (!hasToken()) {
            Answers.refuse(context, status, "kinolift.http.token is not set");
            return false;
        }
        if (!header.startsWith(BEARER)) {
            Answers.refuse(context, status, "expected the token (kinolift.http.token), found none");
            return false;
        }
        return switch (wrongTokens.judge(context.ip(), () -> isEqual(header.substring(BEARER.length()), token))) {
            case RIGHT -> true;
            case WRONG -> {
                Answers.refuse(context, status, "expected the token (kinolift.http.token), found another");
                yield false;
            }
            case TOO_MANY -> {
                context.header(Header.RETRY_AFTER, Long.toString(WrongTokens.PERIOD.toSeconds()));
                Answers.refuse(
                        context,
                        429,
                        "expected the token (kinolift.http.token), found " + WrongTokens.MAX
                                + " others from this address: wait a minute");
                yield false;
            }
        };
    }

    /** Lets the browser see pictures until it, or this process, ends. */
    private void remember(Context context) {
        Cookie cookie = new Cookie(COOKIE, session);
        cookie.setHttpOnly(true);
        cookie.setSameSite(SameSite.STRICT);
        cookie.setPath("/");
        cookie.setSecure("https".equalsIgnoreCase(context.header("X-Forwarded-Proto")));
        context.cookie(cookie);
    }

    /** In constant time. */
    private static boolean isEqual(String found, String expected) {
        return MessageDigest.isEqual(found.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
