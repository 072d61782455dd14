import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import type { Act } from '../access/table.ts'
import { creditTabs } from '../credit/tabs.ts'
import type { Key, Translate } from '../i18n.ts'
import { visitTabs } from '../visits/tabs.ts'

/** The office clock of the top bar, in words: when it is, what kind of day, and what is left of it. */
export type OfficeClock = { moment: string; day: string; state: string }

type Entry = {
  href: string
  word: Key
  icon: string
  act: Act
  key?: string
  also?: readonly string[]
  /** The page that opens first for whoever has this act. */
  first?: { act: Act; href: string }
  /** On a phone it stands at the foot, not behind the dots. */
  foot?: true
}

// The other tabs of the archive.
const ofArchive = [
  '/viewings',
  '/loans',
  '/copies',
  '/movements',
  '/designations',
  '/disclosures',
  '/transfers',
  '/certificates',
  '/agreements',
  '/acknowledgement',
  '/acknowledgements',
  '/incidents',
]

// Work comes first, the house itself last; an entry appears with the first page behind it.
const entries: Entry[] = [
  { href: '/', word: 'web:nav.today', icon: 'today', act: 'self.use', key: 'j', foot: true },
  { href: '/customers', word: 'web:nav.customers', icon: 'customers', act: 'customers.view', key: 'k', foot: true },
  {
    href: '/complaints',
    word: 'web:nav.complaints',
    icon: 'complaints',
    act: 'complaints.view',
    key: 't',
    also: ['/measures'],
    foot: true,
  },
  {
    href: '/visits',
    word: 'web:nav.visits',
    icon: 'visits',
    act: 'visits.view',
    key: 'b',
    also: ['/promises', '/contact-records', '/coverage', '/market-notes'],
    first: { act: 'visits.plan', href: '/visits/day' },
    foot: true,
  },
  {
    href: '/credit',
    word: 'web:nav.credit',
    icon: 'credit',
    act: 'credit.view',
    key: 'c',
    also: ['/releases', '/shipments', '/receipts', '/contracts', '/repayment-plans', '/ledger'],
  },
  { href: '/releases/shipping', word: 'web:nav.shipping', icon: 'credit', act: 'releases.ship' },
  { href: '/archive', word: 'web:nav.archive', icon: 'archive', act: 'archive.view', key: 'd', also: ofArchive },
  { href: '/tasks', word: 'web:nav.tasks', icon: 'check', act: 'tasks.view' },
  { href: '/deadlines', word: 'web:nav.deadlines', icon: 'clock', act: 'deadlines.view', key: 'x' },
  { href: '/approvals', word: 'web:nav.approvals', icon: 'approvals', act: 'approvals.use', key: 's', foot: true },
  { href: '/imports', word: 'web:nav.imports', icon: 'import', act: 'imports.view', key: 'r' },
  { href: '/handovers', word: 'web:nav.handovers', icon: 'staff', act: 'handovers.view' },
  { href: '/calendar', word: 'web:nav.calendar', icon: 'calendar', act: 'calendar.view', key: 'l' },
  { href: '/regulations', word: 'web:nav.regulations', icon: 'rules', act: 'regulations.view', key: 'z' },
  { href: '/staff', word: 'web:nav.staff', icon: 'staff', act: 'staff.view', key: 'y' },
  { href: '/organisation', word: 'web:nav.organisation', icon: 'organisation', act: 'organisation.view', key: 'o' },
  { href: '/jobs', word: 'web:nav.jobs', icon: 'refresh', act: 'jobs.view' },
  { href: '/backups', word: 'web:nav.backups', icon: 'download', act: 'backups.view' },
  { href: '/tokens/all', word: 'web:nav.tokens', icon: 'link', act: 'tokens.manage', also: ['/api'] },
  { href: '/alerts', word: 'web:nav.alerts', icon: 'shield', act: 'alerts.view' },
  { href: '/audit', word: 'web:nav.audit', icon: 'audit', act: 'audit.view', key: 'a' },
  { href: '/access', word: 'web:nav.access', icon: 'access', act: 'access.view', key: 'q' },
]

const creations: Entry[] = [
  { href: '/customers/new', word: 'web:create.customer', icon: 'customers', act: 'customers.create' },
  { href: '/complaints/new', word: 'web:create.complaint', icon: 'complaints', act: 'complaints.take' },
  { href: '/visits/new', word: 'visitDay:act.record', icon: 'visits', act: 'visits.plan' },
  { href: '/tasks/new', word: 'web:create.task', icon: 'check', act: 'tasks.create' },
  { href: '/imports/new', word: 'web:create.import', icon: 'import', act: 'imports.run' },
  { href: '/incidents/new', word: 'web:create.incident', icon: 'warning', act: 'incidents.report' },
  { href: '/staff/new', word: 'web:create.staff', icon: 'staff', act: 'staff.manage' },
]

/** What stands around every page of a signed-in person: only ways that are open to that person. */
export function shellFor(actor: Actor, path: string, t: Translate, office?: OfficeClock) {
  const open = (list: Entry[]) => list.filter(({ act }) => mayEver(actor, act))
  const nav = open(entries).map((entry) => placeOf(actor, path, t, entry))
  return {
    company: actor.companyName ?? t('web:product'),
    person: {
      name: actor.name,
      number: actor.number,
      place: actor.departmentName ?? '',
      roles: [...new Set(actor.grants.map(({ role }) => t(`access:role.${role}`)))].join(t('web:comma')),
    },
    nav,
    ...apart(nav),
    create: open(creations).map(({ href, word, icon }) => ({ href, word: t(word), icon })),
    bell: {
      count: actor.unread === 0 ? '' : actor.unread > 99 ? '99+' : String(actor.unread),
      label:
        actor.unread === 0 ? t('web:bell.none') : t('web:bell.some', { n: actor.unread > 99 ? '99+' : actor.unread }),
      current: path.startsWith('/notices'),
    },
    maySearch: mayEver(actor, 'customers.view'),
    keys: actor.shortcuts,
    visits: visitTabs(actor, path, t),
    credit: creditTabs(actor, path, t),
    office,
  }
}

function placeOf(actor: Actor, path: string, t: Translate, { href, word, icon, key, also = [], first, foot }: Entry) {
  return {
    href: first && mayEver(actor, first.act) ? first.href : href,
    word: t(word),
    icon,
    key,
    foot,
    ...countOf(actor, href),
    current: href === '/' ? path === '/' : [href, ...also].some((one) => path === one || path.startsWith(`${one}/`)),
  }
}

const mostAtFoot = 5

/** On a phone: what is used all day at its foot, filled up with what comes next; the rest behind the dots. */
function apart<P extends { foot: true | undefined }>(nav: P[]): { foot: P[]; behind: P[] } {
  const first = [...nav.filter(({ foot }) => foot), ...nav.filter(({ foot }) => !foot)].slice(0, mostAtFoot)
  const foot = nav.filter((place) => first.includes(place))
  return { foot, behind: nav.filter((place) => !foot.includes(place)) }
}

/** What of a part of the product waits for this person. */
function countOf({ waiting, complaints, visits }: Actor, href: string): { count?: string } {
  const counts: Record<string, number> = { '/approvals': waiting, '/complaints': complaints, '/visits': visits }
  const n = counts[href] ?? 0
  return n > 0 ? { count: n > 99 ? '99+' : String(n) } : {}
}
