// How these programs connect to Kafka.

import { Kafka, logLevel } from 'kafkajs'

const client = server => new Kafka({ clientId: 'kinolift-clients', brokers: [server], logLevel: logLevel.NOTHING })

/** A producer. KafkaJS 2 chooses partitions as Java does; KafkaJS 1 does not. */
export async function sender(server, topic) {
  await check(server, topic)
  const producer = client(server).producer({ idempotent: true, allowAutoTopicCreation: false })
  await producer.connect()
  return {
    send: message => producer.send({ topic, messages: [message] }),
    close: () => producer.disconnect()
  }
}

/**
 * Calls take(message) for all records of a topic, from its oldest, until it returns false. KafkaJS reads committed
 * records only, unless told otherwise.
 */
export async function receive(server, topic, take) {
  await check(server, topic)
  const group = `kinolift-clients-${process.pid}-${Date.now()}`
  const consumer = client(server).consumer({ groupId: group, maxBytesPerPartition: 33554432, maxBytes: 67108864 })
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  let done = false
  await new Promise((resolve, reject) => {
    consumer.on(consumer.events.CRASH, event => reject(event.payload.error))
    consumer.run({
      autoCommit: false,
      eachMessage: async ({ message }) => {
        try {
          if (!done && await take(message) === false) {
            done = true
            resolve()
          }
        } catch (error) {
          done = true
          reject(error)
        }
      }
    }).catch(reject)
  }).finally(() => consumer.disconnect())
}

async function check(server, topic) {
  const admin = client(server).admin({ retry: { retries: 1 } })
  try {
    await admin.connect()
    if (!(await admin.listTopics()).includes(topic)) {
      throw new Error(`expected the topic ${topic} at ${server}, found none`)
    }
  } finally {
    await admin.disconnect()
  }
}
