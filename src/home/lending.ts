import type { Calendar } from '../calendar/reckoning.ts'
import { deadlineTag } from '../deadlines/tag.ts'
import type { Translate } from '../i18n.ts'
import type { LoansAtHome, Urgent } from '../loans/home.ts'
import { capped, type Queue } from './queues.ts'

/** ARC-11: what one has to bring back and to confirm, and for the desk what is overdue. */
export function loanQueues(t: Translate, loans: LoansAtHome, now: Date, calendar: Calendar): Queue[] {
  const { mine, unconfirmed, overdue } = loans
  return [
    ...queueOf(t, 'loans', mine, '/loans', now, calendar),
    ...queueOf(t, 'loansUnconfirmed', unconfirmed, '/loans', now, calendar),
    ...queueOf(t, 'loansOverdue', overdue, '/loans/register?state=overdue', now, calendar),
  ]
}

type Name = 'loans' | 'loansUnconfirmed' | 'loansOverdue'
const rules = { loans: 'ARC-11', loansUnconfirmed: 'ARC-10', loansOverdue: 'ARC-11' } as const

function queueOf(t: Translate, name: Name, found: Urgent | null, list: string, now: Date, calendar: Calendar): Queue[] {
  if (!found) return []
  const { count, number, item, borrower, lentAt, dueAt } = found
  const soonAt = new Date(dueAt.getTime() - 2 * 86_400_000)
  const ends = { metAt: null, pausedAt: null, cancelledAt: null }
  const confirming = name === 'loansUnconfirmed'
  const href = confirming ? `/loans/${number}/confirmation` : `/loans/${number}`
  return [
    {
      count: capped(count),
      word: t(`home:${name}`),
      rule: { id: rules[name] },
      list,
      oldest: item,
      href,
      what: name === 'loansOverdue' ? borrower : number,
      act: { href: confirming ? href : list, word: t(confirming ? 'loans:act.confirm' : 'home:toLoans') },
      tag: confirming ? { tone: 'wait', word: t('loans:unconfirmed') } : null,
      ...(confirming
        ? {}
        : { deadline: deadlineTag(t, { unit: 'day', startedAt: lentAt, dueAt, soonAt, ...ends }, now, calendar) }),
    },
  ]
}
