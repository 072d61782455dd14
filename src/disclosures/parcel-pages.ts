import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { archiveTabs } from '../archive/tabs.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import { dayText } from '../lib/days.ts'
import type { Disclosure } from './queries.ts'
import { standingOf, type Standing } from './rules.ts'

/** What has become of the package, and what this person may do with it now. */
export function parcelSection(actor: Actor, one: Disclosure, now: Date) {
  const t = translate[actor.language]
  const standing = standingOf(one, dateText(now))
  const mine = may(actor, 'disclosures.pack', one)
  const way = `/disclosures/${one.number}`
  const begun = dayText(one.fromOn) <= dateText(now)
  return {
    shown: one.state === 'approved' || one.state === 'waiting',
    note: noteOn(one, standing, begun, t),
    pack: mine && standing === 'approved' && begun ? `${way}/packing` : null,
    fetch: mine && standing === 'packed' ? `${way}/package` : null,
    hand: mine && standing === 'packed' ? `${way}/handover` : null,
    facts:
      one.packedAt === null
        ? []
        : [
            { label: t('disclosures:field.packedAt'), value: `${one.packedBy ?? ''} ${dateTimeText(one.packedAt)}` },
            { label: t('disclosures:field.sha'), value: one.packageSha ?? '', wide: true },
          ],
  }
}

function noteOn(one: Disclosure, standing: Standing, begun: boolean, t: Translate): string {
  if (standing === 'handed')
    return t('disclosures:pack.handed', { at: dateTimeText(one.handedAt!), to: one.handedTo ?? '' })
  if (standing === 'over') return t('disclosures:pack.over')
  if (standing === 'packed') return t('disclosures:pack.fetchHint')
  if (standing !== 'approved') return t('disclosures:pack.waiting')
  return begun ? t('disclosures:pack.hint') : t('disclosures:pack.notBegun', { from: dayText(one.fromOn) })
}

/** Shown in the one answer, where the package opens with a password. */
export function packedPage(actor: Actor, { number }: Disclosure, password: string) {
  const t = translate[actor.language]
  return { tabs: archiveTabs(actor, '/disclosures'), number, title: t('disclosures:pack.done'), password }
}

export function handPage(actor: Actor, { number, version, recipient }: Disclosure, now: Date) {
  const t = translate[actor.language]
  const moment = dateTimeText(now).replace(' ', 'T')
  return { number, version, recipient, title: t('disclosures:pack.handTitle', { number }), moment }
}
