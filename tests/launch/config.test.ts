import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { config, readConfig, root, settings } from '../../src/config.ts'

const read = (environment: Record<string, string>) => readConfig({ DATA_DIR: config.dataDir, ...environment })

it('.env.example shows every setting and its default, and no other', () => {
  const shown = readFileSync(join(root, '.env.example'), 'utf8').matchAll(/^([A-Z0-9_]+)=(.*)$/gm)
  const documented = Object.fromEntries([...shown].map(([, name, value]) => [name, value]))
  expect(Object.keys(documented)).toEqual(Object.keys(settings.shape))
  const defaults = Object.entries(settings.parse({})).map(([name, value]) => [name, String(value ?? '')])
  expect(documented).toEqual({ ...documented, ...Object.fromEntries(defaults) })
})

it('needs no setting, and takes an empty one for none', () => {
  expect(read({ PORT: '', DATABASE_URL: '' })).toMatchObject({
    env: 'production',
    port: 3000,
    host: '127.0.0.1',
    trustProxy: false,
  })
  expect(read({}).sessionSecret.length).toBeGreaterThanOrEqual(32)
  expect(read({}).sessionSecret).toBe(read({}).sessionSecret)
})

it.each([
  ['PORT', '70000'],
  ['PORT', 'three'],
  ['NODE_ENV', 'staging'],
  ['SESSION_SECRET', 'too short'],
  ['FIRST_ADMIN_PASSWORD', 'ninechars'],
  ['FIRST_ADMIN_PASSWORD', '二十四个汉字就已经是七十二个字节了再多一个便不能接受'],
  ['DATABASE_URL', 'mysql://user@host/kehu'],
  ['DATABASE_URL', 'postgres://user:p@ss/word@host/kehu'],
  ['PUBLIC_URL', 'https://example.com/kehu'],
  ['PUBLIC_URL', 'example.com'],
  ['SMTP_URL', 'http://mail.example'],
  ['SMTP_URL', 'smtp://kehu:p@ss/word@mail.example'],
  ['SMTP_URL', 'smtp://mail.example?tls.rejectUnauthorized=false'],
  ['MAIL_FROM', 'nobody'],
  ['MAIL_FROM', 'kehu@example.com\r\nBcc: eve@example.com'],
  ['FILES_S3_ENDPOINT', 'minio:9000'],
  ['FILES_S3_BUCKET', 'My Bucket'],
  ['FILE_SCANNER', 'clamscan'],
  ['FILE_SCANNER', 'clamd://av.example'],
  ['TRUST_PROXY', 'true'],
  ['TRUST_PROXY', '10.0.0.1,nonsense'],
])('%s=%s: one sentence in each language names it and hides its value', (name, value) => {
  const wanted = new RegExp(`^设置 ${name} 不对：.*\\nThe setting ${name} must .*\\.$`)
  expect(() => read({ [name]: value })).toThrow(wanted)
  expect(() => read({ [name]: value })).not.toThrow(value)
})

it.each([
  ['2', 2],
  ['loopback, 10.0.0.0/8', ['loopback', '10.0.0.0/8']],
  ['false', false],
])('TRUST_PROXY=%s', (value, meaning) => {
  expect(read({ TRUST_PROXY: value }).trustProxy).toEqual(meaning)
})

it('asks for the address that mail comes from, and takes it with a name', () => {
  const server = { SMTP_URL: 'smtps://kehu:p%40ss@mail.example:465' }
  expect(() => read(server)).toThrow(/MAIL_FROM/)
  expect(() => read(server)).not.toThrow(/p%40ss/)
  for (const from of ['kehu@example.com', '客户管理 <kehu@example.com>'])
    expect(read({ ...server, MAIL_FROM: from })).toMatchObject({ smtpUrl: server.SMTP_URL, mailFrom: from })
})

it('asks for DATABASE_URL when only the owner is given', () => {
  expect(() => read({ DATABASE_OWNER_URL: 'postgres://owner@host/kehu' })).toThrow(/DATABASE_URL/)
})

it('takes object storage with all its settings or none, and names what is missing', () => {
  const whole = {
    FILES_S3_ENDPOINT: 'https://minio.kehu.example:9000',
    FILES_S3_BUCKET: 'kehu',
    FILES_S3_KEY: 'AKPENGLAI',
    FILES_S3_SECRET: 'geheim',
  }
  expect(read(whole).filesS3).toMatchObject({ bucket: 'kehu', region: 'us-east-1' })
  expect(read({}).filesS3).toBeUndefined()
  const { FILES_S3_SECRET: _secret, ...half } = whole
  expect(() => read(half)).toThrow(
    /^文件存到对象存储，还须设置 FILES_S3_SECRET。\nTo keep .* FILES_S3_SECRET must be set too\.$/,
  )
})
