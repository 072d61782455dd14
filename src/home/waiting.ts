import type { Calendar } from '../calendar/reckoning.ts'
import { deadlineTag } from '../deadlines/tag.ts'
import type { OldBackup } from '../backups/queries.ts'
import type { Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import type { WaitingChange } from '../regulations/changes/queries.ts'
import type { MyTasks } from '../tasks/list.ts'
import type { ToVerify } from '../verifications/queries.ts'
import { capped, type Queue } from './queues.ts'

/** One's own tasks, with the clock of the most urgent. */
export function taskQueue(t: Translate, tasks: MyTasks, now: Date, calendar: Calendar): Queue[] {
  if (!tasks) return []
  const { count, first } = tasks
  return [
    {
      count: capped(count),
      word: t('home:tasks'),
      list: '/tasks',
      oldest: first.title,
      href: `/tasks/${first.number}`,
      what: t('home:taskDue', { date: first.dueOn }),
      act: { href: '/tasks', word: t('home:toTasks') },
      tag: null,
      ...(first.deadline ? { deadline: deadlineTag(t, first.deadline, now, calendar) } : {}),
    },
  ]
}

/** CUS-07: the owner's customers whose data nobody verified for so many months. */
export function verificationQueue(t: Translate, verifying: ToVerify, now: Date, calendar: Calendar): Queue[] {
  if (!verifying) return []
  const { count, months, oldest, clock } = verifying
  const list = '/customers?owner=mine&verify=overdue'
  return [
    {
      count: capped(count),
      word: t('home:verifying', { months }),
      rule: { id: 'CUS-07' },
      list,
      oldest: oldest.name,
      href: `/customers/${oldest.number}`,
      what: t('home:verifyingOldest', { date: dateText(clock.startedAt) }),
      act: { href: list, word: t('home:verify') },
      tag: null,
      deadline: deadlineTag(t, clock, now, calendar),
    },
  ]
}

/** RULE-02: changes of parameters that somebody else drafted and this person decides. */
export function regulationQueue(t: Translate, changes: WaitingChange[]): Queue[] {
  const [oldest] = changes
  if (!oldest) return []
  const href = `/regulations/changes/${oldest.number}`
  const rules = oldest.versions.map(({ rule }) => rule).join(' ')
  return [
    {
      count: capped(changes.length),
      word: t('home:regulations'),
      rule: { id: 'RULE-02' },
      list: '/regulations/changes?state=waiting',
      oldest: `${oldest.number} ${rules}`,
      href,
      what: t('home:regulationsOldest', { date: dateText(oldest.draftedAt), person: oldest.draftedBy.name }),
      act: { href, word: t('home:decide') },
      tag: { tone: 'wait', word: t('home:tag.deciding') },
    },
  ]
}

/** PRV-06: there is no backup as young as it should be. */
export function backupQueue(t: Translate, old: OldBackup): Queue[] {
  if (!old) return []
  const href = '/backups'
  return [
    {
      count: '1',
      word: t('home:backup'),
      rule: { id: 'PRV-06' },
      list: href,
      oldest: old.lastGood ? dateTimeText(old.lastGood) : t('home:backupNever'),
      href,
      what: t('home:backupLast'),
      act: { href, word: t('home:toBackups') },
      tag: { tone: 'bad', word: t('home:tag.backup') },
    },
  ]
}
