package io.kinolift.transfer;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes records that everybody has read, so that a long video needs little disk. */
final class Trimmer {
    private static final Logger LOG = LoggerFactory.getLogger(Trimmer.class);

    private final Admin admin;
    private final String applicationId;

    Trimmer(Admin admin, String applicationId) {
        this.admin = admin;
        this.applicationId = applicationId;
    }

    /** An output partition has been read up to an offset; the application has read its input up to its own. */
    void read(TopicPartition partition, long offset) {
        try {
            delete(partition, offset);
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(applicationId)
                    .partitionsToOffsetAndMetadata()
                    .get();
            committed.forEach((input, position) -> {
                if (position != null) {
                    delete(input, position.offset());
                }
            });
        } catch (ExecutionException e) {
            LOG.debug("nothing deleted: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void delete(TopicPartition partition, long before) {
        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(before)));
    }
}
