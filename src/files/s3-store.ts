import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { metered } from './metered.ts'
import { hashIn, keyOf, temporary, type Content, type Lying, type Store, type Stored } from './shelf.ts'

export type S3Settings = { endpoint: string; bucket: string; region: string; key: string; secret: string }

/** Object storage that speaks S3: MinIO, Ceph, 阿里云 OSS, 腾讯云 COS, AWS. */
export function s3Store(settings: S3Settings): Store {
  const client = clientOf(settings)
  const { bucket: Bucket } = settings
  return {
    put: (content) => put(client, Bucket, content),
    get: (sha256) => orNull(() => bodyOf(client, { Bucket, Key: keyOf(sha256) })),
    has: async (sha256) =>
      (await orNull(() => client.send(new HeadObjectCommand({ Bucket, Key: keyOf(sha256) })))) !== null,
    list: () => lyingIn(client, Bucket),
    remove: async (Key) => void (await client.send(new DeleteObjectCommand({ Bucket, Key }))),
  }
}

function clientOf({ endpoint, region, key, secret }: S3Settings): S3Client {
  return new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId: key, secretAccessKey: secret },
    // The big clouds know a bucket by its host name, what companies run themselves by its path.
    forcePathStyle: !/\.(?:aliyuncs|myqcloud|amazonaws)\.com(?:\.cn)?$/.test(new URL(endpoint).hostname),
    // Checksums of AWS's own kind are not understood elsewhere; ours is in the name.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 5000, requestTimeout: 30_000, throwOnRequestTimeout: true },
  })
}

async function put(client: S3Client, Bucket: string, content: Content): Promise<Stored> {
  const draft = `${temporary}/${randomUUID()}`
  const { flow, read } = metered()
  try {
    const Body = Readable.from(flow(content), { objectMode: false })
    await new Upload({ client, params: { Bucket, Key: draft, Body }, queueSize: 2, partSize: 8 * 1024 * 1024 }).done()
    const stored = read()
    const Key = keyOf(stored.sha256)
    // Copied also over itself: its age begins anew, and the content cannot be another.
    await client.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/${draft}` }))
    return stored
  } finally {
    await client.send(new DeleteObjectCommand({ Bucket, Key: draft })).catch(() => {})
  }
}

async function bodyOf(client: S3Client, at: { Bucket: string; Key: string }): Promise<Readable> {
  const { Body } = await client.send(new GetObjectCommand(at))
  return Body as Readable
}

async function* lyingIn(client: S3Client, Bucket: string): AsyncGenerator<Lying> {
  let ContinuationToken: string | undefined
  do {
    const page = await client.send(new ListObjectsV2Command({ Bucket, ContinuationToken }))
    for (const { Key, Size, LastModified } of page.Contents ?? [])
      if (Key && LastModified && (hashIn(Key) || Key.startsWith(`${temporary}/`)))
        yield { key: Key, sha256: hashIn(Key), bytes: Size ?? 0, at: LastModified }
    ContinuationToken = page.NextContinuationToken
  } while (ContinuationToken)
}

async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } }
    if (name === 'NoSuchKey' || name === 'NotFound' || (name !== 'NoSuchBucket' && $metadata?.httpStatusCode === 404))
      return null
    throw error
  }
}
