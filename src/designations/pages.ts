import type { Actor } from '../access/actor.ts'
import { archiveTabs } from '../archive/tabs.ts'
import { translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import type { DesignationRow } from './queries.ts'
import { standingOf } from './rules.ts'

const tones = { now: 'go', later: 'wait', over: 'warn', ended: 'warn' } as const

export function listPage(actor: Actor, rows: DesignationRow[], now: Date) {
  const t = translate[actor.language]
  return {
    tabs: archiveTabs(actor, '/movements'),
    rows: rows.map((row) => {
      const standing = standingOf(row, dateText(now))
      return {
        name: row.name,
        number: row.number,
        state: row.active
          ? { tone: tones[standing], word: t(`designations:standing.${standing}`) }
          : { tone: 'warn', word: t('designations:left') },
        period: `${row.fromOn} – ${row.untilOn ?? t('designations:open')}`,
        reason: row.reason,
        named: `${row.namedBy} ${dateTimeText(row.namedAt)}`,
        ended: row.endedAt ? dateTimeText(row.endedAt) : '',
        end: row.endedAt === null && standing !== 'over' ? `/designations/${row.id}/ending` : null,
      }
    }),
    nothing: { heading: t('designations:none'), hint: t('designations:noneHint') },
  }
}

type Colleague = { number: string; name: string; department: { name: string } | null }

export function newPage(colleagues: Colleague[], now: Date) {
  return {
    today: dateText(now),
    colleagues: colleagues.map(({ number, name, department }) => ({
      value: number,
      word: [name, number, department?.name].filter(Boolean).join(' '),
    })),
  }
}

export const endPage = ({ name, number, fromOn, version }: DesignationRow) => ({ name, number, fromOn, version })
