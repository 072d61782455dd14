import { execFile } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { config } from '../config.ts'
import { faultOf, trouble } from './fault.ts'

const patience = 60_000

export const scans = () => config.fileScanner !== undefined

/** ASVS 5.4.3: lets the company's scanner look, where one is set; what it does not answer for is not taken. */
export async function scan(path: string, scanner = config.fileScanner): Promise<void> {
  if (scanner === undefined) return
  const clean = await verdict(path, scanner).catch((error: unknown) => {
    throw trouble('scanner', error)
  })
  if (!clean) throw faultOf('infected')
}

function verdict(path: string, scanner: string): Promise<boolean> {
  const [, host, port] = /^clamd:\/\/([^:/]+):(\d+)$/.exec(scanner) ?? []
  return host ? askClamd(path, host, Number(port)) : askCommand(path, scanner)
}

/** As clamscan and others answer: 0 clean, 1 found something, anything else went wrong. */
function askCommand(path: string, command: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    execFile(command, [path], { timeout: patience, windowsHide: true }, (error) => {
      if (!error) resolve(true)
      else if (error.code === 1) resolve(false)
      else reject(error)
    })
  })
}

/** clamd's INSTREAM: pieces with their length before them, an empty one at the end. */
async function askClamd(path: string, host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port })
  socket.setTimeout(patience, () => socket.destroy(new Error('clamd does not answer')))
  const answer = text(socket)
  answer.catch(() => {})
  try {
    await write(socket, Buffer.from('zINSTREAM\0'))
    for await (const piece of createReadStream(path)) await write(socket, withLength(piece as Buffer))
    await write(socket, withLength(Buffer.alloc(0)))
    const said = await answer
    if (/\bOK\0?\s*$/.test(said)) return true
    if (/\bFOUND\0?\s*$/.test(said)) return false
    throw new Error(`clamd: ${said.slice(0, 200)}`)
  } finally {
    socket.destroy()
  }
}

function write(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => reject(error)
    socket.once('error', failed)
    socket.write(bytes, (error) => {
      socket.off('error', failed)
      if (error) reject(error)
      else resolve()
    })
  })
}

function withLength(piece: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(piece.length)
  return Buffer.concat([length, piece])
}
