#!/usr/bin/env node
// Sends a folder of JPEG files, or a video through ffmpeg, to Kinolift as VideoFrame records, and ends the stream.

import { parseArgs } from 'node:util'
import { sender } from './connection.mjs'
import { pictures, rational, until } from './pictures.mjs'
import { VideoFrames, jpegFormat } from './videoframe.mjs'

const USAGE = `Usage: send_frames.mjs SOURCE [options]
  SOURCE                        folder of JPEG files, or what ffmpeg opens: a file, a device, a URL
  --bootstrap-server HOST:PORT  (default localhost:9092)
  --topic NAME                  (default kinolift.frames)
  --stream ID                   key of the records (default camera-1)
  --session N                   number of this run, higher than those before (default: milliseconds since 1970)
  --fps RATE                    such as 25 or 30000/1001 (default 25)
  --frames N                    stop after so many frames
  --live                        send at this rate, not as fast as possible
  --schema FILE                 VideoFrame.avsc of the release that reads the frames`

const { values: options, positionals: [source] } = parseArgs({
  allowPositionals: true,
  options: {
    'bootstrap-server': { type: 'string', default: 'localhost:9092' },
    topic: { type: 'string', default: 'kinolift.frames' },
    stream: { type: 'string', default: 'camera-1' },
    session: { type: 'string', default: String(Date.now()) },
    fps: { type: 'string', default: '25' },
    frames: { type: 'string', default: 'Infinity' },
    live: { type: 'boolean', default: false },
    schema: { type: 'string' },
    help: { type: 'boolean', short: 'h' }
  }
})

async function main() {
  if (options.help || !source) return console.log(USAGE)
  const [numerator, denominator] = rational(options.fps)
  const frames = new VideoFrames(options.schema)
  const { send, close } = await sender(options['bootstrap-server'], options.topic)
  const sendFrame = fields => send({
    key: options.stream,
    value: frames.write({ streamId: options.stream, session: Number(options.session), ...fields })
  })
  let stopped = false
  process.once('SIGINT', () => { stopped = true })
  const start = Date.now()
  const time = { timeBaseNumerator: denominator, timeBaseDenominator: numerator } // one unit is one frame
  let sequence = 0
  try {
    for await (const jpeg of pictures(source, `${numerator}/${denominator}`)) {
      if (stopped || sequence >= Number(options.frames)) break
      if (options.live) await until(start + sequence * 1000 * denominator / numerator)
      await sendFrame({
        sequence,
        pts: sequence,
        duration: 1,
        ...time,
        codec: 'JPEG',
        ...jpegFormat(jpeg),
        colourRange: 'FULL', // JPEG has samples of 0 to 255, and the matrix of BT.601
        colourMatrix: 5,
        payload: jpeg
      })
      sequence++
    }
  } finally { // the end of the stream: sequence is the number of frames, and there is no picture
    if (sequence > 0) {
      await sendFrame({
        sequence, pts: 0, ...time, codec: 'UNKNOWN', pixelFormat: 'UNKNOWN', width: 0, height: 0,
        endOfStream: true, payload: Buffer.alloc(0)
      })
    }
    await close()
  }
  console.log(`${sequence} frames sent to ${options.topic}, stream ${options.stream}, session ${options.session}, ` +
    'then the end')
}

main().catch(error => {
  console.error(`send_frames: ${error.message}`)
  process.exit(1)
})
