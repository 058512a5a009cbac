package io.kinolift.live;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.eclipse.jetty.io.Connection;

/**
 * A bound on connections: a further one closes the oldest. So somebody who opens many and sends nothing, or sends very
 * slowly, neither takes the file descriptors that Kafka's clients need, nor keeps probes out.
 */
final class NewestConnections implements Connection.Listener {
    private final int max;
    private final Set<Connection> open = new LinkedHashSet<>();

    NewestConnections(int max) {
        this.max = max;
    }

    @Override
    public void onOpened(Connection connection) {
        Connection oldest;
        synchronized (open) {
            open.add(connection);
            if (open.size() <= max) {
                return;
            }
            Iterator<Connection> oldestFirst = open.iterator();
            oldest = oldestFirst.next();
            oldestFirst.remove();
        }
        oldest.getEndPoint().close();
    }

    @Override
    public void onClosed(Connection connection) {
        synchronized (open) {
            open.remove(connection);
        }
    }
}
