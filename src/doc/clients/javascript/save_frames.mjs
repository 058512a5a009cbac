#!/usr/bin/env node
// Saves a stream that Kinolift has upscaled as picture files, until its end record.

import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { receive } from './connection.mjs'
import { VideoFrames } from './videoframe.mjs'

const USAGE = `Usage: save_frames.mjs [options]
  --dir DIR                     folder for the files (default frames)
  --bootstrap-server HOST:PORT  (default localhost:9092)
  --topic NAME                  (default kinolift.upscaled)
  --stream ID                   (default camera-1)
  --session N                   only this run of the stream (default: the oldest in the topic)
  --schema FILE                 VideoFrame.avsc of the release that wrote the frames`

const { values: options } = parseArgs({
  options: {
    'bootstrap-server': { type: 'string', default: 'localhost:9092' },
    dir: { type: 'string', default: 'frames' },
    topic: { type: 'string', default: 'kinolift.upscaled' },
    stream: { type: 'string', default: 'camera-1' },
    session: { type: 'string' },
    schema: { type: 'string' },
    help: { type: 'boolean', short: 'h' }
  }
})

const EXTENSIONS = { JPEG: 'jpg', PNG: 'png' }

async function main() {
  if (options.help) return console.log(USAGE)
  const frames = new VideoFrames(options.schema)
  await mkdir(options.dir, { recursive: true })
  let session = options.session === undefined ? undefined : Number(options.session)
  let count = 0
  const patience = setTimeout(() => console.error(`still waiting for stream ${options.stream} in ${options.topic}. ` +
    'Does Kinolift run? kinolift dead-letters lists frames that it could not use.'), 15000)
  await receive(options['bootstrap-server'], options.topic, async message => {
    if (message.key?.toString() !== options.stream) return true
    const frame = frames.read(message.value)
    session ??= frame.session
    if (frame.session !== session) return true
    patience.refresh()
    if (frame.endOfStream) {
      console.log(`${count} frames of stream ${options.stream}, session ${session}; totals:`, frame.totals)
      return false
    }
    const extension = EXTENSIONS[frame.codec]
    if (!extension) throw new Error(`expected JPEG or PNG, found ${frame.codec}: see kinolift.frame.codec`)
    const name = `${String(frame.sequence).padStart(6, '0')}.${extension}`
    await writeFile(path.join(options.dir, name), frame.payload)
    count++
    return true
  }).finally(() => clearTimeout(patience))
}

main().catch(error => {
  console.error(`save_frames: ${error.message}`)
  process.exit(1)
})
