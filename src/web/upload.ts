import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import type { Request, Response } from 'express'
import multer from 'multer'
import type { Upload, UploadField } from './route.ts'

/** What a form has besides its file, at most. */
const besides = 256 * 1024

/** Takes one file of a form to disk under a name of our own; it is gone when the answer is sent. */
export async function receiveUpload(
  req: Request,
  res: Response,
  { field, maxBytes: most, tooLarge }: UploadField,
  folder: string,
): Promise<Upload | null> {
  const maxBytes = typeof most === 'number' ? most : await most()
  // Answered before it has come: nobody waits a minute to read that it was in vain.
  if (tooLarge && Number(req.get('Content-Length')) > maxBytes + besides) throw tooLarge(maxBytes)
  await mkdir(folder, { recursive: true })
  const receive = multer({
    storage: multer.diskStorage({ destination: folder, filename: (_req, _file, done) => done(null, randomUUID()) }),
    limits: { fileSize: maxBytes, files: 1, fields: 50, parts: 60, fieldSize: 100_000, headerPairs: 50 },
    // Without this, Chinese file names arrive garbled.
    defParamCharset: 'utf8',
  }).single(field)
  await new Promise<void>((resolve, reject) => {
    void receive(req, res, (error: unknown) => {
      const over = error instanceof multer.MulterError && error.code === 'LIMIT_FILE_SIZE'
      if (over && tooLarge) reject(tooLarge(maxBytes))
      else if (error) reject(error instanceof Error ? error : new Error('upload'))
      else resolve()
    })
  })
  const { file } = req
  if (!file) return null
  res.once('close', () => void rm(file.path, { force: true }))
  return { path: file.path, name: withinBounds(file.originalname), size: file.size }
}

/** The ending tells what a file is: of a name that is too long the middle goes. */
function withinBounds(name: string): string {
  return name.length <= 200 ? name : name.slice(0, 150) + name.slice(-50)
}
