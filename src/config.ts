import { existsSync } from 'node:fs'
import { isIP } from 'node:net'
import { dirname, join, resolve } from 'node:path'
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
  const dataDir = resolve(root, data.DATA_DIR)
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
    sessionSecret,
    auditSecrets: data.AUDIT_KEY ?? [sessionSecret],
    firstAdminPassword: data.FIRST_ADMIN_PASSWORD,
    publicUrl: data.PUBLIC_URL,
    smtpUrl: data.SMTP_URL,
    mailFrom: data.MAIL_FROM,
    trustProxy: data.TRUST_PROXY,
    logLevel: data.LOG_LEVEL,
  }
}

function keptSecret(dataDir: string): string {
  makeDataFolder(dataDir)
  return keptFile(join(dataDir, 'session-secret'), randomSecret)
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
