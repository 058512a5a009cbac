// VideoFrame records in Avro's single-object encoding: ten header bytes, then the record in Avro binary.

import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import avro from 'avsc'

/** VideoFrame.avsc beside this file, or in the folder schemas of a folder above it. */
export function schemaFile() {
  for (let folder = path.dirname(fileURLToPath(import.meta.url)); ; folder = path.dirname(folder)) {
    for (const name of ['VideoFrame.avsc', 'schemas/VideoFrame.avsc']) {
      if (existsSync(path.join(folder, name))) return path.join(folder, name)
    }
    if (folder === path.dirname(folder)) throw new Error('expected VideoFrame.avsc, found none: use --schema')
  }
}

/** The fingerprint of Avro's specification, CRC-64-AVRO. */
function crc64Avro(bytes) {
  const start = 0xc15d213aa4d7a795n
  let crc = start
  for (const byte of bytes) {
    crc ^= BigInt(byte)
    for (let bit = 0; bit < 8; bit++) crc = (crc >> 1n) ^ (crc & 1n ? start : 0n)
  }
  return crc
}

/** Writes and reads records of one version of the schema. */
export class VideoFrames {
  constructor(file = schemaFile()) {
    this.type = avro.Type.forSchema(JSON.parse(readFileSync(file, 'utf8')))
    // Type.schema() is what Avro calls the parsing canonical form
    this.header = Buffer.from([0xc3, 1, 0, 0, 0, 0, 0, 0, 0, 0])
    this.header.writeBigUInt64LE(crc64Avro(Buffer.from(JSON.stringify(this.type.schema()))), 2)
  }

  /** The bytes of a record. Fields that are not given get the schema's defaults. */
  write(fields) {
    return Buffer.concat([this.header, this.type.toBuffer(fields)])
  }

  /** The fields of a record. */
  read(value) {
    if (!value?.subarray(0, 10).equals(this.header)) {
      throw new Error(`expected a VideoFrame that begins with ${this.header.toString('hex')}, found ` +
        `${value?.subarray(0, 10).toString('hex')}: another format, or another version of the schema`)
    }
    return this.type.fromBuffer(value.subarray(10))
  }
}

const SAMPLING = { 1: 'GRAY8', '22,11,11': 'YUV420P', '21,11,11': 'YUV422P', '11,11,11': 'YUV444P' }

/** Width, height and pixel format of a JPEG: what its start-of-frame segment says. */
export function jpegFormat(jpeg) {
  for (let at = 2; at + 9 < jpeg.length && jpeg[0] === 0xff && jpeg[1] === 0xd8; at += 2 + jpeg.readUInt16BE(at + 2)) {
    const marker = jpeg[at + 1]
    if (marker < 0xc0 || marker > 0xcf || [0xc4, 0xc8, 0xcc].includes(marker)) continue
    const components = jpeg[at + 9]
    const factors = [...Array(components).keys()].map(i => jpeg[at + 11 + 3 * i].toString(16)).join(',')
    const pixelFormat = SAMPLING[components === 1 ? 1 : factors]
    if (!pixelFormat) throw new Error(`expected a JPEG in grey, 4:2:0, 4:2:2 or 4:4:4, found sampling ${factors}`)
    return { width: jpeg.readUInt16BE(at + 7), height: jpeg.readUInt16BE(at + 5), pixelFormat }
  }
  throw new Error(`expected a JPEG, found ${jpeg.subarray(0, 8).toString('hex')}`)
}
