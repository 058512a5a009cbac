#!/usr/bin/env node
// Sends the images of a folder, or a video through ffmpeg, to a topic: key = stream id, value = one image.

import { parseArgs } from 'node:util'
import { sender } from './connection.mjs'
import { pictures, rational, until } from './pictures.mjs'

const USAGE = `Usage: send_images.mjs SOURCE [options]
  SOURCE                        folder of images, or what ffmpeg opens: a file, a device, a URL
  --bootstrap-server HOST:PORT  (default localhost:9092)
  --topic NAME                  (default images)
  --stream ID                   key of the records (default camera-1)
  --fps RATE                    such as 25 or 30000/1001 (default 25)
  --frames N                    stop after so many images
  --live                        send at this rate, not as fast as possible
  --time-header NAME            also send the time in this header, in microseconds`

const { values: options, positionals: [source] } = parseArgs({
  allowPositionals: true,
  options: {
    'bootstrap-server': { type: 'string', default: 'localhost:9092' },
    topic: { type: 'string', default: 'images' },
    stream: { type: 'string', default: 'camera-1' },
    fps: { type: 'string', default: '25' },
    frames: { type: 'string', default: 'Infinity' },
    live: { type: 'boolean', default: false },
    'time-header': { type: 'string' },
    help: { type: 'boolean', short: 'h' }
  }
})

async function main() {
  if (options.help || !source) return console.log(USAGE)
  const [numerator, denominator] = rational(options.fps)
  const { send, close } = await sender(options['bootstrap-server'], options.topic)
  let stopped = false
  process.once('SIGINT', () => { stopped = true })
  const start = Date.now()
  const millis = n => start + n * 1000 * denominator / numerator // when image n is shown
  const timestamp = n => String(Math.round(millis(n))) // Kafka's timestamps are whole milliseconds
  let count = 0
  try {
    for await (const image of pictures(source, `${numerator}/${denominator}`)) {
      if (stopped || count >= Number(options.frames)) break
      if (options.live) await until(millis(count))
      const name = options['time-header']
      const headers = name ? { [name]: String(Math.round(millis(count) * 1000)) } : {}
      await send({ key: options.stream, value: image, timestamp: timestamp(count), headers })
      count++
    }
  } finally { // a record without a value ends the stream
    if (count > 0) await send({ key: options.stream, value: null, timestamp: timestamp(count) })
    await close()
  }
  console.log(`${count} images sent to ${options.topic}, stream ${options.stream}, then the end`)
}

main().catch(error => {
  console.error(`send_images: ${error.message}`)
  process.exit(1)
})
