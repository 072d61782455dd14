import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export type Bucket = {
  endpoint: string
  objects: Map<string, { content: Buffer; at: Date }>
  /** Answers every request with this instead, while it is set. */
  down: { status: number } | null
  requests: { method: string; key: string; query: string }[]
  parts: () => number
  close: () => Promise<void>
}

const signed =
  /^AWS4-HMAC-SHA256 Credential=AKPENGLAI\/\d{8}\/cn-east-1\/s3\/aws4_request, ?SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, ?Signature=[0-9a-f]{64}$/

/** As much of S3 as the store uses, in memory: objects by path, in one or in parts, listed two at a time. */
export async function s3Server(name = 'kehu'): Promise<Bucket> {
  const bucket: Omit<Bucket, 'endpoint' | 'close' | 'parts'> = { objects: new Map(), down: null, requests: [] }
  const uploads = new Map<string, Map<number, Buffer>>()
  let parts = 0
  const server = createServer((req, res) => void answer(req, res).catch(() => res.destroy()))

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url!, 'http://s3.invalid')
    const key = decodeURIComponent(url.pathname).slice(`/${name}/`.length)
    bucket.requests.push({ method: req.method!, key, query: url.search })
    const send = (status: number, body = '', headers: Record<string, string> = {}) => {
      res.writeHead(status, { 'Content-Type': 'application/xml', ...headers }).end(body)
    }
    const body = await buffer(req)
    if (!signed.test(req.headers.authorization ?? ''))
      return send(403, '<Error><Code>AccessDenied</Code><Message>AccessDenied</Message></Error>')
    if (bucket.down) return send(bucket.down.status, '<Error><Code>SlowDown</Code><Message>SlowDown</Message></Error>')
    if (!url.pathname.startsWith(`/${name}`))
      return send(404, '<Error><Code>NoSuchBucket</Code><Message>NoSuchBucket</Message></Error>')
    const query = url.searchParams
    if (req.method === 'GET' && key === '') return send(200, listed(query))
    if (req.method === 'POST' && query.has('uploads')) {
      const id = String(uploads.size + 1)
      uploads.set(id, new Map())
      return send(200, `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`)
    }
    if (req.method === 'PUT' && query.has('partNumber')) {
      parts++
      uploads.get(query.get('uploadId')!)!.set(Number(query.get('partNumber')), body)
      return send(200, '', { ETag: etag(body) })
    }
    if (req.method === 'POST' && query.has('uploadId')) {
      const pieces = [...uploads.get(query.get('uploadId')!)!].toSorted(([a], [b]) => a - b).map(([, piece]) => piece)
      keep(key, Buffer.concat(pieces))
      return send(200, `<CompleteMultipartUploadResult><Key>${key}</Key></CompleteMultipartUploadResult>`)
    }
    if (req.method === 'PUT') {
      const source = req.headers['x-amz-copy-source']
      if (typeof source === 'string') {
        const from = bucket.objects.get(decodeURIComponent(source).replace(/^\/?[^/]+\//, ''))
        if (!from) return send(404, '<Error><Code>NoSuchKey</Code><Message>NoSuchKey</Message></Error>')
        keep(key, from.content)
        return send(200, '<CopyObjectResult><ETag>"x"</ETag></CopyObjectResult>')
      }
      keep(key, body)
      return send(200, '', { ETag: etag(body) })
    }
    if (req.method === 'DELETE') {
      bucket.objects.delete(key)
      return send(204)
    }
    const found = bucket.objects.get(key)
    if (!found)
      return send(404, req.method === 'HEAD' ? '' : '<Error><Code>NoSuchKey</Code><Message>NoSuchKey</Message></Error>')
    res.writeHead(200, { 'Content-Length': String(found.content.length), 'Last-Modified': found.at.toUTCString() })
    res.end(req.method === 'HEAD' ? undefined : found.content)
  }

  const keep = (key: string, content: Buffer) => bucket.objects.set(key, { content, at: new Date() })
  const listed = (query: URLSearchParams) => {
    const from = Number(query.get('continuation-token') ?? 0)
    const all = [...bucket.objects].toSorted(([a], [b]) => (a < b ? -1 : 1))
    const shown = all
      .slice(from, from + 2)
      .map(
        ([key, { content, at }]) =>
          `<Contents><Key>${key}</Key><Size>${content.length}</Size><LastModified>${at.toISOString()}</LastModified></Contents>`,
      )
    const more = from + 2 < all.length ? `<NextContinuationToken>${from + 2}</NextContinuationToken>` : ''
    return `<ListBucketResult><IsTruncated>${more !== ''}</IsTruncated>${more}${shown.join('')}</ListBucketResult>`
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    return new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return Object.assign(bucket, { endpoint: `http://127.0.0.1:${port}`, parts: () => parts, close })
}

const etag = (content: Buffer) => `"${createHash('md5').update(content).digest('hex')}"`
