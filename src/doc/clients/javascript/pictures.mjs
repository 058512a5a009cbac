// Encoded pictures of a folder, or of anything that ffmpeg opens. Used by send_images.mjs and send_frames.mjs.

import { spawn } from 'node:child_process'
import { readFile, readdir, stat } from 'node:fs/promises'
import path from 'node:path'

const IMAGE = /\.(jpe?g|png|webp|bmp|tiff?)$/i

/** Yields Buffers: the image files of a folder by name, or the frames of a video as JPEG at a constant rate. */
export async function * pictures(source, fps) {
  const folder = await stat(source).then(found => found.isDirectory(), () => false)
  if (!folder) {
    yield * video(source, fps)
    return
  }
  const names = (await readdir(source)).filter(name => IMAGE.test(name)).sort()
  if (names.length === 0) throw new Error(`expected images in ${source}, found none`)
  for (const name of names) yield await readFile(path.join(source, name))
}

/** ffmpeg writes each JPEG after a header that tells its length (its format mpjpeg). */
async function * video(source, fps) {
  const ffmpeg = spawn('ffmpeg', ['-v', 'error', '-nostdin', '-i', source, '-an', '-vf', `fps=${fps}`,
    '-pix_fmt', 'yuvj420p', '-q:v', '2', '-f', 'mpjpeg', '-'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true // Ctrl-C is for this program, which then stops ffmpeg
  })
  const ended = new Promise((resolve, reject) => ffmpeg.on('error', reject).on('close', resolve))
  ended.catch(() => {}) // handled below
  let bytes = Buffer.alloc(0)
  try {
    for await (const chunk of ffmpeg.stdout) {
      bytes = Buffer.concat([bytes, chunk])
      for (;;) {
        const header = bytes.indexOf('\r\n\r\n')
        if (header < 0) break
        const length = Number(/Content-length: (\d+)/i.exec(bytes.subarray(0, header))[1])
        const start = header + 4
        if (bytes.length < start + length) break
        yield bytes.subarray(start, start + length)
        bytes = bytes.subarray(start + length)
      }
    }
  } finally {
    ffmpeg.kill()
  }
  const code = await ended
  if (code !== 0) throw new Error(`expected ffmpeg to read ${source}, found exit code ${code}`)
}

/** Waits until a time in milliseconds since 1970. */
export async function until(millis) {
  const wait = millis - Date.now()
  if (wait > 0) await new Promise(resolve => setTimeout(resolve, wait))
}

/** "30000/1001" or "29.97" as two whole numbers. */
export function rational(text) {
  const [numerator, denominator = '1'] = text.split('/')
  const digits = (numerator.split('.')[1] ?? '').length
  const found = [Math.round(Number(numerator) * 10 ** digits), Number(denominator) * 10 ** digits]
  if (!found.every(n => Number.isSafeInteger(n) && n > 0)) {
    throw new Error(`expected a rate such as 25 or 30000/1001, found ${text}`)
  }
  return found
}
