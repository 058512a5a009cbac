package io.kinolift.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {
    private static final Pattern COOKIE = Pattern.compile("Set-Cookie: (kinolift=[0-9a-f]{64});([^\r]*)");

    /** A server on this machine that believes to be bound to a host. */
    private static Javalin server(String boundHost, String token, Access.Pictures pictures, String... names) {
        Access access = new Access(boundHost, List.of(names), token, pictures);
        return Javalin.create(javalin -> {
                    javalin.startup.showJavalinBanner = false;
                    access.guard(javalin);
                    javalin.routes.get("/status", context -> context.result("figures"));
                    javalin.routes.get("/picture", context -> {
                        if (access.maySeePictures(context)) {
                            context.result("picture");
                        }
                    });
                })
                .start("127.0.0.1", 0);
    }

    private static String ask(Javalin server, String method, String path, String... headers) throws IOException {
        return new RawHttp(server.port()).ask(method, path, headers);
    }

    private static int status(String answer) {
        return RawHttp.status(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8080, 200",
        "LOCALHOST, 200",
        "127.0.0.1:9, 200",
        "10.1.2.3, 200",
        "[::1]:80, 200",
        "kinolift-0, 200",
        "video.example.org:443, 200",
        "evil.example.org, 421",
        "localhost.evil.example.org, 421",
        "127.0.0.1.evil.example.org, 421",
        "video.example.org.evil.example.org, 421"
    })
    void onlyNamesOfThisServerAreAnswered(String host, int status) throws IOException {
        Javalin server = server("kinolift-0", "", Access.Pictures.OPEN, "video.example.org");
        try {
            assertThat(status(ask(server, "GET", "/status", "Host: " + host))).isEqualTo(status);
            assertThat(status(ask(server, "GET", "/picture", "Host: " + host))).isEqualTo(status);
        } finally {
            server.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, '', TOKEN, 200",
        "0.0.0.0, '', TOKEN, 401",
        "0.0.0.0, secret, TOKEN, 401",
        "127.0.0.1, secret, LOCKED, 401",
        "127.0.0.1, '', LOCKED, 401",
        "0.0.0.0, '', OPEN, 200"
    })
    void picturesAreForThisMachine_orForTheToken(String bound, String token, Access.Pictures pictures, int expected)
            throws IOException {
        Javalin server = server(bound, token, pictures);
        try {
            assertThat(status(ask(server, "GET", "/picture", "Host: localhost")))
                    .isEqualTo(expected);
            assertThat(status(ask(server, "GET", "/status", "Host: localhost"))).isEqualTo(200);
        } finally {
            server.stop();
        }
    }

    /** A proxy on the same machine asks for people elsewhere. */
    @Test
    void behindAProxy_loopbackIsNotThisMachine() throws IOException {
        Javalin server = server("127.0.0.1", "secret", Access.Pictures.TOKEN);
        Javalin named = server("127.0.0.1", "secret", Access.Pictures.TOKEN, "video.example.org");
        Javalin open = server("127.0.0.1", "secret", Access.Pictures.OPEN);
        try {
            String host = "Host: localhost";
            assertThat(status(ask(server, "GET", "/picture", host))).isEqualTo(200);
            for (String header : List.of("X-Forwarded-For: 10.0.0.1", "Forwarded: for=10.0.0.1", "Via: 1.1 proxy")) {
                assertThat(status(ask(server, "GET", "/picture", host, header)))
                        .as(header)
                        .isEqualTo(401);
                assertThat(status(ask(open, "GET", "/picture", host, header))).isEqualTo(200);
            }
            assertThat(status(ask(named, "GET", "/picture", host))).isEqualTo(401);
            String login =
                    ask(named, "POST", "/api/login", host, "Authorization: Bearer secret", "X-Forwarded-Proto: https");
            assertThat(login).contains("Secure");
        } finally {
            server.stop();
            named.stop();
            open.stop();
        }
    }

    @Test
    void theTokenOpensPictures_inAHeaderOrOnceForACookie() throws IOException {
        Javalin server = server("0.0.0.0", "secret", Access.Pictures.TOKEN);
        try {
            assertThat(status(ask(server, "GET", "/picture", "Host: localhost", "Authorization: Bearer secret")))
                    .isEqualTo(200);
            assertThat(status(ask(server, "GET", "/picture", "Host: localhost", "Authorization: Bearer Secret")))
                    .isEqualTo(401);
            assertThat(status(ask(server, "POST", "/api/login", "Host: localhost", "Authorization: Bearer no")))
                    .isEqualTo(403);
            String answer = ask(server, "POST", "/api/login", "Host: localhost", "Authorization: Bearer secret");
            Matcher cookie = COOKIE.matcher(answer);
            assertThat(cookie.find()).as(answer).isTrue();
            assertThat(cookie.group(2)).contains("HttpOnly").contains("SameSite=Strict");
            assertThat(status(ask(server, "GET", "/picture", "Host: localhost", "Cookie: " + cookie.group(1))))
                    .isEqualTo(200);
            assertThat(status(ask(server, "GET", "/picture", "Host: localhost", "Cookie: kinolift=secret")))
                    .isEqualTo(401);
        } finally {
            server.stop();
        }
    }
}
