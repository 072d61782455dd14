import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import type { Request, Response } from 'express'
import multer from 'multer'
import type { Upload } from './route.ts'

/** Takes one file of a form to disk under a name of our own; it is gone when the answer is sent. */
export async function receiveUpload(
  req: Request,
  res: Response,
  { field, maxBytes }: { field: string; maxBytes: number },
  folder: string,
): Promise<Upload | null> {
  await mkdir(folder, { recursive: true })
  const receive = multer({
    storage: multer.diskStorage({ destination: folder, filename: (_req, _file, done) => done(null, randomUUID()) }),
    limits: { fileSize: maxBytes, files: 1, fields: 50, parts: 60, fieldSize: 100_000, headerPairs: 50 },
    // Without this, Chinese file names arrive garbled.
    defParamCharset: 'utf8',
  }).single(field)
  await new Promise<void>((resolve, reject) => {
    void receive(req, res, (error: unknown) =>
      error ? reject(error instanceof Error ? error : new Error('upload')) : resolve(),
    )
  })
  const { file } = req
  if (!file) return null
  res.once('close', () => void rm(file.path, { force: true }))
  return { path: file.path, name: file.originalname.slice(0, 200), size: file.size }
}
