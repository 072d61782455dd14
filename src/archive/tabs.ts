import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import type { Act } from '../access/table.ts'
import { translate, type Key } from '../i18n.ts'

type Tab = { href: string; word: Key; acts: readonly Act[] }

// Each is there for whoever may do one of its acts.
const tabs: readonly Tab[] = [
  { href: '/archive', word: 'archive:tab.index', acts: ['archive.view'] },
  { href: '/viewings', word: 'archive:tab.viewings', acts: ['viewings.ask', 'viewings.receive', 'archive.registers'] },
  { href: '/loans', word: 'archive:tab.loans', acts: ['loans.ask', 'loans.run', 'archive.registers'] },
  { href: '/copies', word: 'archive:tab.copies', acts: ['copies.ask', 'copies.run', 'archive.registers'] },
  { href: '/movements', word: 'archive:tab.movements', acts: ['movements.record', 'archive.registers'] },
  { href: '/disclosures', word: 'archive:tab.disclosures', acts: ['disclosures.ask', 'disclosures.pack'] },
  { href: '/transfers', word: 'archive:tab.transfers', acts: ['transfers.make', 'transfers.check', 'transfers.take'] },
  { href: '/certificates', word: 'archive:tab.certificates', acts: ['certificates.view'] },
  { href: '/agreements', word: 'archive:tab.agreements', acts: ['agreements.view'] },
  { href: '/archive/rooms', word: 'archive:tab.rooms', acts: ['archive.rooms'] },
  { href: '/archive/scan', word: 'archive:tab.scan', acts: ['archive.view'] },
  { href: '/incidents', word: 'archive:tab.incidents', acts: ['incidents.view'] },
]

/** What the archive's pages have in common (views/archive/tabs.ejs); the longest address that leads to `path` is current. */
export function archiveTabs(actor: Actor, path: string) {
  const t = translate[actor.language]
  const shown = tabs.filter(({ acts }) => acts.some((act) => mayEver(actor, act)))
  const current = shown
    .filter(({ href }) => path === href || path.startsWith(`${href}/`))
    .sort((a, b) => b.href.length - a.href.length)[0]
  return shown.map(({ href, word }) => ({ href, word: t(word), current: current?.href === href }))
}
