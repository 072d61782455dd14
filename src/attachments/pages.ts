import type { Actor } from '../access/actor.ts'
import { accepted, kinds, pictures } from '../files/kinds.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { Host } from './host.ts'
import { kindOf, type Attachment, type AttachmentOf, type AttachmentRow, type Version } from './queries.ts'
import type { Room, Used } from './rules.ts'
import { attachmentRow } from './section.ts'
import { megabytes, roundUp, sizeText } from './sizes.ts'

type Limits = { largest: number; room: Room; used: Used; scanned: boolean }

/** All files of a record, those removed among them. */
export function listPage(
  { language }: Actor,
  host: Host,
  mayAdd: boolean,
  rows: AttachmentRow[],
  { room, used }: Limits,
) {
  const t = translate[language]
  return {
    host,
    add: mayAdd ? `${host.home}/attachments/new` : null,
    rows: rows.map((row) => attachmentRow(host.home, row)),
    room: roomWords(t, room, used),
    none: t('attachments:noneToRead'),
  }
}

export function newAttachmentPage(actor: Actor, host: Host, limits: Limits) {
  return { host, ...uploading(actor, host, limits) }
}

export function renewalPage(actor: Actor, { host, attachment }: AttachmentOf, limits: Limits) {
  const place = placeOf(host, attachment)
  return { host, attachment, place, version: attachment.version, ...uploading(actor, host, limits) }
}

export function correctionPage({ host, attachment }: AttachmentOf) {
  const place = placeOf(host, attachment)
  return { host, attachment, place, removal: `${place}/removal` }
}

export function removalPage({ host, attachment }: AttachmentOf) {
  return { host, attachment, place: placeOf(host, attachment) }
}

export const placeOf = ({ home }: Host, { id }: { id: bigint }) => `${home}/attachments/${id}`

type Removed = { at: Date; actorName: string; why: string | null } | null

/** One attachment: what it shows, its versions, and what may be done with it now. */
export function attachmentPage(
  actor: Actor,
  { host, attachment, mayAdd }: AttachmentOf & { mayAdd: boolean },
  chosen: Version,
  removed: Removed,
  now: Date,
) {
  const t = translate[actor.language]
  const place = placeOf(host, attachment)
  const changes = mayAdd && !attachment.removedAt
  const current = attachment.versions[0]!
  return {
    host,
    attachment,
    place,
    changes,
    removed: removed ? t('attachments:removed', removedWords(removed)) : null,
    older: chosen.n === current.n ? null : t('attachments:preview.old', { n: chosen.n, current: current.n }),
    chosen: { ...chosen, ...hrefsOf(place, chosen), size: sizeText(chosen.bytes), when: dateTimeText(chosen.at) },
    shown: shownAs(chosen),
    viewer: t('attachments:preview.viewer', { who: actor.name, number: actor.number, at: dateTimeText(now) }),
    versions: versionsOf(attachment, place, chosen),
  }
}

const removedWords = ({ at, actorName, why }: NonNullable<Removed>) => ({
  at: dateTimeText(at),
  who: actorName,
  why: why ?? '—',
})

function shownAs(version: Version): 'picture' | 'pdf' | 'none' {
  const kind = kindOf(version)
  if (kind === 'pdf') return 'pdf'
  return pictures.includes(kind) ? 'picture' : 'none'
}

function hrefsOf(place: string, { n }: Version) {
  const at = `${place}/versions/${n}`
  return { file: `${at}/file`, picture: `${at}/picture`, pdf: `${at}/pdf` }
}

function versionsOf({ versions }: Attachment, place: string, chosen: Version) {
  return versions.map((one, at) => ({
    n: one.n,
    current: at === 0,
    chosen: one.n === chosen.n,
    href: at === 0 ? place : `${place}?n=${one.n}`,
    file: hrefsOf(place, one).file,
    icon: kinds[kindOf(one)].icon,
    name: one.name,
    size: sizeText(one.bytes),
    when: dateTimeText(one.at),
    by: one.by,
    fingerprint: one.sha256,
  }))
}

function uploading({ language }: Actor, { home }: Host, { largest, room, used, scanned }: Limits) {
  const t = translate[language]
  return {
    home,
    acceptable: accepted,
    largest,
    fileHint: t('attachments:hint.file', { max: largest }),
    room: roomWords(t, room, used),
    scanner: { on: scanned, text: t(scanned ? 'attachments:scanner.on' : 'attachments:scanner.off') },
    script: JSON.stringify({
      waiting: t('attachments:progress.waiting'),
      sending: t('attachments:progress.sending'),
      checking: t('attachments:progress.checking'),
      done: t('attachments:progress.done'),
      failed: t('attachments:progress.failed'),
      tooLarge: t('attachments:progress.tooLarge', { max: largest }),
      finish: t('attachments:progress.finish'),
      drop: t('attachments:hint.drop'),
    }),
  }
}

const roomWords = (t: Translate, room: Room, used: Used) =>
  t('attachments:room', { n: used.count, used: roundUp(used.bytes), most: room.most, room: megabytes(room.bytes) })
