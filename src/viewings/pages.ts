import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { archiveTabs } from '../archive/tabs.ts'
import { translate, type Translate } from '../i18n.ts'
import { windowText } from './saying.ts'
import type { SeenItem, Viewing } from './queries.ts'
import { stageOf, type Stage } from './states.ts'
import { stateTag } from './tags.ts'

const groups = [
  ['open', ['open']],
  ['toDo', ['returned', 'unsealed']],
  ['coming', ['coming']],
  ['waiting', ['waiting']],
  ['ended', ['over', 'ended', 'refused', 'withdrawn']],
] as const satisfies readonly (readonly [string, readonly Stage[]])[]

/** The places of viewing, beside those of the archive. */
function viewTabs(actor: Actor, t: Translate, current: string) {
  const places = [
    { href: '/viewings', word: t('viewings:tab.mine'), act: 'viewings.ask' },
    { href: '/viewings/received', word: t('viewings:tab.received'), act: 'viewings.receive' },
    { href: '/viewings/register', word: t('viewings:tab.register'), act: 'archive.registers' },
  ] as const
  return places
    .filter(({ act }) => mayEver(actor, act))
    .map(({ href, word }) => ({ href, word, current: href === current }))
}

export const frameOf = (actor: Actor, path: string) => ({
  tabs: archiveTabs(actor, '/viewings'),
  views: viewTabs(actor, translate[actor.language], path),
})

export function mineViewingsPage(actor: Actor, viewings: Viewing[], reviews: Viewing[], now: Date) {
  const t = translate[actor.language]
  const reviewing = { heading: t('viewings:list.review'), who: true, rows: reviews.map((one) => rowOf(t, one, now)) }
  return {
    ...frameOf(actor, '/viewings'),
    groups: [
      reviewing,
      ...groups.map(([name, stages]) => ({
        heading: t(`viewings:group.${name}`),
        who: false,
        rows: viewings
          .filter((one) => (stages as readonly Stage[]).includes(stageOf(one, now)))
          .map((one) => rowOf(t, one, now)),
      })),
    ].filter(({ rows }) => rows.length > 0),
    mayAsk: mayEver(actor, 'viewings.ask'),
    nothing: {
      heading: t('viewings:list.none'),
      hint: t('viewings:list.noneHint'),
      next: { href: '/archive', word: t('viewings:list.toIndex') },
    },
  }
}

export function receivedPage(actor: Actor, viewings: Viewing[], now: Date) {
  const t = translate[actor.language]
  const section = (heading: string, none: string, of: (one: Viewing) => boolean) => {
    const rows = viewings.filter(of).map((one) => rowOf(t, one, now))
    return { heading, none, rows }
  }
  return {
    ...frameOf(actor, '/viewings/received'),
    mayRegister: mayEver(actor, 'viewings.receive'),
    sections: [
      section(t('viewings:list.received'), t('viewings:list.noneReceived'), (one) => stageOf(one, now) === 'waiting'),
      section(t('viewings:list.openNow'), t('viewings:list.noneOpen'), (one) => stageOf(one, now) === 'open'),
      section(t('viewings:list.review'), t('viewings:list.noneReview'), (one) => one.emergency && !one.review),
    ],
  }
}

function rowOf(t: Translate, viewing: Viewing, now: Date) {
  const { number, items, applicant, customer, emergency, visitor } = viewing
  const [first] = items as [SeenItem]
  const rest = items.length - 1
  return {
    number,
    href: `/viewings/${number}`,
    what: [first.known ? first.title : first.number, rest > 0 ? `+${rest}` : ''].filter(Boolean).join(' '),
    who: [applicant.name, visitor ? visitor.name : ''].filter(Boolean).join('，'),
    customer: customer?.name ?? t('viewings:show.customerHidden'),
    window: windowText(viewing),
    state: stateTag(t, viewing, now),
    emergency: emergency ? t('viewings:show.emergency') : '',
  }
}
