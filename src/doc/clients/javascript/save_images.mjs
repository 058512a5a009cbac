#!/usr/bin/env node
// Saves the images of a topic as files.

import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { receive } from './connection.mjs'

const USAGE = `Usage: save_images.mjs TOPIC [options]
  --dir DIR                     folder for the files (default images)
  --bootstrap-server HOST:PORT  (default localhost:9092)
  --stream ID                   only this stream; the program ends when the stream ends`

const { values: options, positionals: [topic] } = parseArgs({
  allowPositionals: true,
  options: {
    'bootstrap-server': { type: 'string', default: 'localhost:9092' },
    dir: { type: 'string', default: 'images' },
    stream: { type: 'string' },
    help: { type: 'boolean', short: 'h' }
  }
})

const STARTS = { ffd8: 'jpg', '89504e47': 'png', 52494646: 'webp', '424d': 'bmp', '49492a00': 'tiff', '4d4d002a': 'tiff' }

function extension(image) {
  const start = image.subarray(0, 4).toString('hex')
  return Object.entries(STARTS).find(([first]) => start.startsWith(first))?.[1] ?? 'bin'
}

async function main() {
  if (options.help || !topic) return console.log(USAGE)
  await mkdir(options.dir, { recursive: true })
  const counts = new Map()
  await receive(options['bootstrap-server'], topic, async message => {
    const stream = message.key?.toString() ?? ''
    if (options.stream !== undefined && stream !== options.stream) return true
    const count = counts.get(stream) ?? 0
    if (message.value === null) { // the end of the stream
      console.log(`stream ${stream} ended after ${count} images`)
      counts.delete(stream)
      return options.stream === undefined
    }
    counts.set(stream, count + 1)
    const name = stream.replace(/[^\w.-]/g, '_') || 'stream' // a key may hold slashes
    const number = String(count + 1).padStart(6, '0')
    await writeFile(path.join(options.dir, `${name}-${number}.${extension(message.value)}`), message.value)
    return true
  })
}

main().catch(error => {
  console.error(`save_images: ${error.message}`)
  process.exit(1)
})
