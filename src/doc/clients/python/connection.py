"""How these programs connect to Kafka: settings that pictures need, and errors in plain words."""

from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition

MAX_BYTES = 33554432  # of a record; topics of pictures need max.message.bytes of this size


class ConnectionFailed(Exception):
    """The message says what was expected and what was found."""


class Sender:
    """A producer that stops at the first record that could not be delivered."""

    def __init__(self, server, topic):
        self.topic, self.failure = topic, None
        self.producer = Producer({
            "bootstrap.servers": server,
            "partitioner": "murmur2_random",  # as Java does; librdkafka's own default chooses other partitions
            "enable.idempotence": True,  # retries neither repeat nor swap records
            "message.max.bytes": MAX_BYTES,  # the default is 1 MB
            "message.timeout.ms": 30000,  # the default is five minutes
        })
        partitions(self.producer, server, topic)

    def send(self, **record):
        """Takes key, value, and timestamp in milliseconds or headers. Waits while the queue is full."""
        while self.failure is None:
            try:
                self.producer.produce(self.topic, on_delivery=self.delivered, **record)
                self.producer.poll(0)
                return
            except BufferError:
                self.producer.poll(0.1)
        self.check()

    def delivered(self, error, message):
        self.failure = self.failure or error

    def finish(self):
        """Waits until all records are delivered."""
        self.producer.flush()
        self.check()

    def check(self):
        if self.failure is not None:
            raise ConnectionFailed(f"expected {self.topic} to take a record, found: {self.failure.str()}")


def records(server, topic, offset):
    """Yields the records of all partitions of a topic, and None where there is none for 0.1 seconds."""
    consumer = Consumer({
        "bootstrap.servers": server,
        "group.id": "kinolift-clients",  # must be given; assign() without commits does not use it
        "enable.auto.commit": False,
        "isolation.level": "read_committed",  # else frames of aborted transactions are seen, and then come again
        "fetch.message.max.bytes": MAX_BYTES,
        "fetch.max.bytes": 2 * MAX_BYTES,
        "receive.message.max.bytes": 3 * MAX_BYTES,
    })
    consumer.assign([TopicPartition(topic, number, offset) for number in partitions(consumer, server, topic)])
    try:
        while True:
            record = consumer.poll(0.1)
            if record is not None and record.error():
                raise ConnectionFailed(f"expected records of {topic}, found: {record.error().str()}")
            yield record
    finally:
        consumer.close()


def partitions(client, server, topic):
    try:
        found = client.list_topics(topic, timeout=10).topics[topic]
    except KafkaException as error:
        raise ConnectionFailed(f"expected a broker at {server}, found: {error.args[0].str()}") from None
    if found.error is not None:
        raise ConnectionFailed(f"expected the topic {topic} at {server}, found: {found.error.str()}")
    return found.partitions
