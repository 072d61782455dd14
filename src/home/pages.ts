import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import type { OpenAlerts } from '../alerts/queries.ts'
import type { OldBackup } from '../backups/queries.ts'
import { translate, type Translate } from '../i18n.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { MyTasks } from '../tasks/list.ts'
import type { ToVerify } from '../verifications/queries.ts'
import type { CustomerCounts, FirstSteps, Incomplete, OpenImport, RecentCustomer } from './queries.ts'
import type { CreditAtHome } from '../credit/around/home.ts'
import { approvalQueues, type ToApprove } from './approving.ts'
import type { ComplaintsAtHome } from '../complaints/home.ts'
import type { MeasuresAtHome } from '../complaints/measures/home.ts'
import { complaintQueues, measureQueues } from './complaints.ts'
import { creditQueues } from './crediting.ts'
import type { PromisesAtHome } from '../promises/home.ts'
import type { VisitsAtHome } from '../visits/around/home.ts'
import type { DueCustomer } from '../coverage/queries.ts'
import { coverageQueue, promiseQueue, visitQueues } from './visits.ts'
import type { LoansAtHome } from '../loans/home.ts'
import { loanQueues } from './lending.ts'
import { reviewQueue } from './reviewing.ts'
import type { ToReview } from '../viewings/home.ts'
import type { ToSign } from '../transfers/list.ts'
import { transferQueue } from './transferring.ts'
import { byUrgency, capped, importQueue, incompleteQueue, missingText } from './queues.ts'
import { alertQueue, backupQueue, taskQueue, verificationQueue } from './waiting.ts'

export function firstStepsPage(actor: Actor, { company, departments, regions, colleagues, handedOver }: FirstSteps) {
  const t = translate[actor.language]
  const steps = [
    step(t, { name: 'company', done: company, n: 0, href: '/organisation/company' }),
    step(t, { name: 'departments', done: departments > 0, n: departments, href: '/organisation/departments' }),
    step(t, { name: 'regions', done: regions > 0, n: regions, href: '/organisation/regions' }),
    step(t, { name: 'colleagues', done: handedOver, n: colleagues, href: '/staff', add: '/staff/new' }),
  ]
  // PPL-02 asks for no more than these two; departments and regions can follow.
  const ready = company && handedOver
  return { settingUp: { steps, ready, mayFinish: mayEver(actor, 'company.finish_first_steps') } }
}

type Step = {
  name: 'company' | 'departments' | 'regions' | 'colleagues'
  done: boolean
  n: number
  href: string
  add?: string
}

function step(t: Translate, { name, done, n, href, add = href }: Step) {
  const act = name !== 'company' ? 'home:act.add' : done ? 'home:act.change' : 'home:act.fill'
  return {
    done,
    href,
    word: t(`home:step.${name}`),
    hint: name === 'company' ? t('home:step.companyHint') : t(`home:step.${name}Hint`, { n }),
    tag: { tone: done ? 'ok' : 'wait', word: t(done ? 'home:done' : 'home:notDone') },
    act: { href: add, word: t(act) },
  }
}

type Found = {
  approving: ToApprove
  incomplete: Incomplete
  imports: OpenImport[]
  counts: CustomerCounts | null
  recent: RecentCustomer[]
  tasks: MyTasks
  verifying: ToVerify
  backup: OldBackup
  alerts: OpenAlerts
  loans: LoansAtHome | null
  reviewing: ToReview
  transfers: ToSign
  complaints: ComplaintsAtHome
  measures: MeasuresAtHome
  visits: VisitsAtHome
  credit: CreditAtHome
  promises: PromisesAtHome
  due: DueCustomer[]
}

export function homePage(actor: Actor, found: Found, now: Date, calendar: Calendar) {
  const {
    approving,
    incomplete,
    imports,
    counts,
    recent,
    tasks,
    verifying,
    backup,
    alerts,
    loans,
    reviewing,
    transfers,
    complaints,
    measures,
    visits,
    credit,
    promises,
    due,
  } = found
  const t = translate[actor.language]
  return {
    settingUp: null,
    noRoles: actor.grants.length === 0,
    queues: byUrgency([
      ...alertQueue(t, alerts),
      ...backupQueue(t, backup),
      ...complaintQueues(t, complaints, now, calendar),
      ...visitQueues(t, visits, now, calendar),
      ...creditQueues(t, credit),
      ...promiseQueue(t, promises, now, calendar),
      ...taskQueue(t, tasks, now, calendar),
      ...measureQueues(t, measures, now, calendar),
      ...reviewQueue(t, reviewing, now, calendar),
      ...(loans ? loanQueues(t, loans, now, calendar) : []),
      ...transferQueue(t, transfers, now, calendar),
      ...approvalQueues(t, approving, now, calendar),
      ...coverageQueue(t, due, now),
      ...incompleteQueue(t, incomplete),
      ...verificationQueue(t, verifying, now, calendar),
      ...importQueue(
        t,
        'stuck',
        imports.filter(({ state }) => state === 'mapping' || state === 'failed'),
      ),
      ...importQueue(
        t,
        'running',
        imports.filter(({ state }) => state !== 'done' && state !== 'mapping' && state !== 'failed'),
      ),
      ...importQueue(
        t,
        'rejected',
        imports.filter(({ state }) => state === 'done'),
      ),
    ]),
    figures: counts && [
      { href: '/customers?owner=mine', word: t('home:mine'), figure: capped(counts.mine) },
      { href: '/customers', word: t('home:scope'), figure: capped(counts.scope) },
    ],
    recent:
      counts &&
      recent.map(({ number, name, city, at }) => ({
        href: `/customers/${number}`,
        name,
        number,
        city: city ?? '',
        at: dateTimeText(at),
      })),
  }
}

const filesShown = 200

export function incompleteFilesPage(actor: Actor, incomplete: Incomplete) {
  const t = translate[actor.language]
  const rows = incomplete.slice(0, filesShown).map((file) => ({
    href: `/customers/${file.number}`,
    name: file.name,
    number: file.number,
    missing: missingText(t, file),
  }))
  return { rows, count: capped(incomplete.length) }
}
