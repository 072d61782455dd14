import { existsSync } from 'node:fs'
import { isIP } from 'node:net'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { z } from 'zod'
import { StartProblem } from './launch/problem.ts'
import { keptFile, makeDataFolder, randomSecret } from './launch/secret.ts'

/** The folder with package.json, for src/config.ts and dist/src/config.js alike. */
export const root = projectOf(import.meta.dirname)

// An unencoded `@`, `/` or `#` in the password moves its end into what follows, and from there into messages.
const whole = (address: string) => {
  const { pathname, search, hash } = new URL(address)
  return !/[@#]/.test(pathname + search + hash)
}
const postgres = z
  .url({ protocol: /^postgres(ql)?$/ })
  .refine(whole)
  .optional()
// A query would switch nodemailer's checks off, and the certificate of the server among them.
const smtp = z
  .url({ protocol: /^smtps?$/ })
  .refine((address) => {
    const { hostname, pathname, search, hash } = new URL(address)
    return hostname !== '' && pathname.length <= 1 && search === '' && hash === ''
  })
  .optional()
const mailbox = String.raw`[\w.+-]+@[\w-]+(?:\.[\w-]+)+`
const sender = new RegExp(String.raw`^(?:${mailbox}|[^<>@\p{Cc}]{1,60} <${mailbox}>)$`, 'u')
const characters = (text: string) => Array.from(text).length

/** Every setting; `.env.example` explains each. */
export const settings = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: postgres,
  DATABASE_OWNER_URL: postgres,
  DATA_DIR: z.string().default('.data'),
  BACKUP_DIR: z.string().optional(),
  BACKUP_KEEP: z.coerce.number().int().min(1).max(1000).default(14),
  BACKUP_PASSPHRASE: z
    .string()
    .refine((text) => characters(text) >= 12)
    .optional(),
  FILES_DIR: z.string().optional(),
  FILES_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  FILES_S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
    .optional(),
  FILES_S3_REGION: z.string().max(60).default('us-east-1'),
  FILES_S3_KEY: z.string().optional(),
  FILES_S3_SECRET: z.string().optional(),
  FILE_SCANNER: z
    .string()
    .refine((text) => /^clamd:\/\/[^:/\s]+:\d{1,5}$/.test(text) || isAbsolute(text))
    .optional(),
  SESSION_SECRET: z.string().min(32).optional(),
  // AUD-02: the first signs, the others are still believed.
  AUDIT_KEY: z
    .string()
    .transform((text) => text.split(',').map((one) => one.trim()))
    .refine((secrets) => secrets.every((one) => one.length >= 32))
    .optional(),
  // ACC-01; bcrypt reads no further than 72 bytes.
  FIRST_ADMIN_PASSWORD: z
    .string()
    .refine((text) => characters(text) >= 10 && Buffer.byteLength(text) <= 72)
    .optional(),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform(originOf)
    .optional(),
  SMTP_URL: smtp,
  MAIL_FROM: z.string().max(200).regex(sender).optional(),
  // ACC-01: plain http is for a provider on this very machine, in development and tests.
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/ })
    .refine((address) => new URL(address).search === '' && new URL(address).hash === '')
    .optional(),
  OIDC_CLIENT_ID: z.string().max(500).optional(),
  OIDC_CLIENT_SECRET: z.string().max(2000).optional(),
  OIDC_NAME: z.string().trim().min(1).max(20).default('公司账户'),
  TRUST_PROXY: z.string().transform(proxiesOf).default(false),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
})

const required: Record<keyof typeof settings.shape, [zh: string, en: string]> = {
  NODE_ENV: ['须是 production、development 或 test', 'must be production, development or test'],
  PORT: ['须是 0 到 65535 的整数', 'must be a whole number from 0 to 65535'],
  HOST: ['须是地址', 'must be an address'],
  DATABASE_URL: databaseAddress(),
  DATABASE_OWNER_URL: databaseAddress(),
  DATA_DIR: ['须是文件夹', 'must be a folder'],
  BACKUP_DIR: ['须是文件夹', 'must be a folder'],
  BACKUP_KEEP: ['须是 1 到 1000 的整数', 'must be a whole number from 1 to 1000'],
  BACKUP_PASSPHRASE: ['须至少 12 个字符', 'must have at least 12 characters'],
  FILES_DIR: ['须是文件夹', 'must be a folder'],
  FILES_S3_ENDPOINT: ['须是 http(s)://主机[:端口]', 'must be http(s)://host[:port]'],
  FILES_S3_BUCKET: ['须是存储桶的名称', 'must be the name of a bucket'],
  FILES_S3_REGION: ['须是地域名称', 'must be the name of a region'],
  FILES_S3_KEY: ['须是访问密钥的编号', 'must be the id of an access key'],
  FILES_S3_SECRET: ['须是访问密钥', 'must be the access key itself'],
  FILE_SCANNER: [
    '须是 clamd://主机:端口，或扫描命令的绝对路径',
    'must be clamd://host:port or the absolute path of a command',
  ],
  SESSION_SECRET: ['须至少 32 个字符', 'must have at least 32 characters'],
  AUDIT_KEY: [
    '须至少 32 个字符；有几把时用逗号分隔',
    'must have at least 32 characters; several are separated by commas',
  ],
  FIRST_ADMIN_PASSWORD: ['须至少 10 个字符且不超过 72 字节', 'must have at least 10 characters and at most 72 bytes'],
  PUBLIC_URL: ['须是 http(s)://主机[:端口]，不带路径', 'must be http(s)://host[:port] without a path'],
  SMTP_URL: [
    '须是 smtp(s)://用户:口令@主机:端口，不带路径和查询，其中的特殊字符按百分号编码',
    'must be smtp(s)://user:password@host:port without path or query, with special characters percent-encoded',
  ],
  MAIL_FROM: ['须是邮箱地址，或“名称 <地址>”', 'must be an e-mail address, or “Name <address>”'],
  OIDC_ISSUER: ['须是 https:// 地址，不带查询', 'must be an https:// address without a query'],
  OIDC_CLIENT_ID: ['不能超过 500 个字符', 'must not exceed 500 characters'],
  OIDC_CLIENT_SECRET: ['不能超过 2000 个字符', 'must not exceed 2000 characters'],
  OIDC_NAME: ['须是 1 到 20 个字符', 'must have 1 to 20 characters'],
  TRUST_PROXY: [
    '须是代理的层数，或逗号分隔的代理地址',
    'must be the number of proxies, or their addresses separated by commas',
  ],
  LOG_LEVEL: ['须是 silent、error、warn、info 或 debug', 'must be silent, error, warn, info or debug'],
}

export type Config = ReturnType<typeof readConfig>

export function readConfig(environment: NodeJS.ProcessEnv) {
  // `PORT=` in a file means: not set.
  const given = Object.entries(environment).filter(([, value]) => value !== '')
  const { data, error } = settings.safeParse(Object.fromEntries(given))
  const name = error?.issues[0]?.path[0] as keyof typeof required | undefined
  if (name)
    throw new StartProblem(`设置 ${name} 不对：${required[name][0]}。`, `The setting ${name} ${required[name][1]}.`)
  if (!data) throw error
  if (data.DATABASE_OWNER_URL && !data.DATABASE_URL)
    throw new StartProblem(
      '设置了 DATABASE_OWNER_URL，还须设置应用自己登录用的 DATABASE_URL。',
      "DATABASE_OWNER_URL is set, so DATABASE_URL, the application's own login, is needed too.",
    )
  if (data.SMTP_URL && !data.MAIL_FROM)
    throw new StartProblem(
      '设置了 SMTP_URL，还须设置发信地址 MAIL_FROM。',
      'SMTP_URL is set, so MAIL_FROM, the address mail comes from, is needed too.',
    )
  const sso = ssoOf(data)
  const dataDir = resolve(root, data.DATA_DIR)
  const filesS3 = s3Of(data)
  const sessionSecret = data.SESSION_SECRET ?? keptSecret(dataDir)
  return {
    env: data.NODE_ENV,
    port: data.PORT,
    host: data.HOST,
    databaseUrl: data.DATABASE_URL,
    databaseOwnerUrl: data.DATABASE_OWNER_URL,
    dataDir,
    // Where none is named, only what is asked for by hand is made (PRV-06).
    backupNightly: data.BACKUP_DIR !== undefined,
    backupDir: data.BACKUP_DIR === undefined ? join(dataDir, 'backups') : resolve(root, data.BACKUP_DIR),
    backupKeep: data.BACKUP_KEEP,
    backupPassphrase: data.BACKUP_PASSPHRASE,
    filesDir: data.FILES_DIR === undefined ? join(dataDir, 'files') : resolve(root, data.FILES_DIR),
    filesS3,
    fileScanner: data.FILE_SCANNER,
    sessionSecret,
    auditSecrets: data.AUDIT_KEY ?? [sessionSecret],
    firstAdminPassword: data.FIRST_ADMIN_PASSWORD,
    publicUrl: data.PUBLIC_URL,
    smtpUrl: data.SMTP_URL,
    mailFrom: data.MAIL_FROM,
    sso,
    trustProxy: data.TRUST_PROXY,
    logLevel: data.LOG_LEVEL,
  }
}

/** The company's own sign-in service: all that it takes, or none of it. */
function ssoOf(data: z.infer<typeof settings>) {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name } = data
  if (!issuer) return undefined
  const { protocol, hostname } = new URL(issuer)
  const own = data.NODE_ENV !== 'production' && /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(hostname)
  if (protocol === 'http:' && !own)
    throw new StartProblem(
      '设置 OIDC_ISSUER 不对：须是 https:// 地址。',
      'The setting OIDC_ISSUER must be an https:// address.',
    )
  if (!clientId || !data.PUBLIC_URL)
    throw new StartProblem(
      '设置了 OIDC_ISSUER，还须设置 OIDC_CLIENT_ID 和 PUBLIC_URL。',
      'OIDC_ISSUER is set, so OIDC_CLIENT_ID and PUBLIC_URL are needed too.',
    )
  return { issuer, clientId, clientSecret, name }
}

function keptSecret(dataDir: string): string {
  makeDataFolder(dataDir)
  return keptFile(join(dataDir, 'session-secret'), randomSecret)
}

/** All of an object storage's settings, or none: half of them would let files land in a folder nobody backs up. */
function s3Of(data: z.infer<typeof settings>) {
  const { FILES_S3_ENDPOINT, FILES_S3_BUCKET, FILES_S3_KEY, FILES_S3_SECRET, FILES_S3_REGION } = data
  const given = { FILES_S3_ENDPOINT, FILES_S3_BUCKET, FILES_S3_KEY, FILES_S3_SECRET }
  const missing = Object.entries(given).flatMap(([name, value]) => (value === undefined ? name : []))
  if (missing.length === 4) return undefined
  if (!FILES_S3_ENDPOINT || !FILES_S3_BUCKET || !FILES_S3_KEY || !FILES_S3_SECRET)
    throw new StartProblem(
      `文件存到对象存储，还须设置 ${missing.join('、')}。`,
      `To keep files in object storage, ${missing.join(', ')} must be set too.`,
    )
  return {
    endpoint: FILES_S3_ENDPOINT,
    bucket: FILES_S3_BUCKET,
    region: FILES_S3_REGION,
    key: FILES_S3_KEY,
    secret: FILES_S3_SECRET,
  }
}

function originOf(address: string, context: z.RefinementCtx): string {
  const { origin, pathname, search, hash } = new URL(address)
  if (pathname + search + hash !== '/') context.addIssue('path')
  return origin
}

/** What Express calls "trust proxy". Trusting everybody (`true`) would let anyone write his own address. */
function proxiesOf(value: string, context: z.RefinementCtx): number | string[] | false {
  if (value === 'false') return false
  if (/^\d$/.test(value)) return Number(value)
  const names = value.split(',').map((name) => name.trim())
  const known = (name: string) =>
    /^(loopback|linklocal|uniquelocal)$/.test(name) || isIP(name.replace(/\/\d+$/, '')) > 0
  if (!names.every(known)) context.addIssue('address')
  return names
}

function databaseAddress(): [string, string] {
  return [
    '须是 postgres://用户:口令@主机:端口/数据库，其中的特殊字符按百分号编码',
    'must be postgres://user:password@host:port/database, with special characters percent-encoded',
  ]
}

function projectOf(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : projectOf(dirname(folder))
}

if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'))
export const config = readConfig(process.env)
// Express and its companions look here; nobody else does.
process.env.NODE_ENV = config.env
