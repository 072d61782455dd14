import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import { mostListed, type ListRow } from './queries.ts'

const tones = { open: 'go', done: 'ok', cancelled: 'warn' } as const
type State = keyof typeof tones

export const stateTag = (t: Translate, state: State) => ({ tone: tones[state], word: t(`handovers:state.${state}`) })

export function listPage(actor: Actor, rows: ListRow[], state: State | undefined) {
  const t = translate[actor.language]
  return {
    rows: rows.map((row) => ({
      ...row,
      href: `/handovers/${row.number}`,
      leaver: `${row.leaver} ${row.leaverNumber}`,
      leavesOn: row.leavesOn ? dateText(row.leavesOn) : '—',
      startedAt: dateTimeText(row.startedAt),
      state: stateTag(t, row.state),
    })),
    filters: {
      action: '/handovers',
      choices: [
        {
          name: 'state',
          label: t('handovers:choose.state'),
          value: state ?? '',
          options: (Object.keys(tones) as State[]).map((value) => ({ value, word: t(`handovers:state.${value}`) })),
        },
      ],
      ...(state ? { clear: '/handovers' } : {}),
    },
    mayStart: mayEver(actor, 'handovers.run'),
    words: rows.length === mostListed ? t('staff:more', { n: mostListed }) : t('handovers:count', { n: rows.length }),
    nothing: { heading: t('handovers:none.list'), hint: t('handovers:none.listHint') },
  }
}

export function startPage(
  people: { number: string; name: string; department: string | null }[],
  asked: string,
  now: Date,
) {
  return {
    people: people.map(({ number, name, department }) => ({
      value: number,
      word: [name, number, department].filter(Boolean).join(' '),
    })),
    asked: asked.toUpperCase(),
    today: dateText(now),
  }
}
