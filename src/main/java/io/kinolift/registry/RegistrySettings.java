package io.kinolift.registry;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the registry is and how to talk to it.
 *
 * @param url of Confluent's API, such as {@code http://registry:8080/apis/ccompat/v7}
 * @param user for basic authentication; empty for none
 * @param caFile PEM certificates to trust; null for those of the JVM
 * @param timeout how long it may be away
 */
public record RegistrySettings(URI url, String user, String password, Path caFile, Duration timeout) {
    /** Without the password, also if it stands in the URL. */
    @Override
    public String toString() {
        return "registry " + url.toString().replaceFirst("://[^/@]*@", "://");
    }
}
