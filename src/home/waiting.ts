import type { Calendar } from '../calendar/reckoning.ts'
import { deadlineTag } from '../deadlines/tag.ts'
import type { OldBackup } from '../backups/queries.ts'
import type { OpenAlerts } from '../alerts/queries.ts'
import { alertSentence } from '../alerts/sentences.ts'
import type { Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
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
      list: '/tasks?promises=without',
      oldest: first.title,
      href: `/tasks/${first.number}`,
      what: t('home:taskDue', { date: first.dueOn }),
      act: { href: '/tasks?promises=without', word: t('home:toTasks') },
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

/** AUD-04: what nobody has looked into yet. */
export function alertQueue(t: Translate, alerts: OpenAlerts): Queue[] {
  if (!alerts) return []
  const { count, oldest } = alerts
  const list = '/alerts?state=open'
  return [
    {
      count: capped(count),
      word: t('home:alerts'),
      rule: { id: 'AUD-04' },
      list,
      oldest: [t(`alerts:kind.${oldest.kind}`), oldest.staff?.name].filter(Boolean).join(' '),
      href: `/alerts/${oldest.id}`,
      what: t('home:alertsOldest', { date: dateTimeText(oldest.at), what: alertSentence(t, oldest) }),
      act: { href: list, word: t('home:toAlerts') },
      tag: { tone: 'bad', word: t('home:tag.alert') },
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
