import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { archiveTabs } from '../archive/tabs.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import { dueDay, permitTones, stateOf } from './pages.ts'
import { copyPolicy } from './policy.ts'
import type { CopyRecord, MadeCopy, PermitLine, PermitRecord } from './queries.ts'
import { isElectronic } from './rules.ts'
import { isMarkable } from './markable.ts'

export function permitPage(actor: Actor, permit: PermitRecord, now: Date) {
  const t = translate[actor.language]
  const over = permit.dueOn < dateText(now)
  const left = permit.lines.some((line) => line.permitted > line.made)
  const makes = permit.state === 'approved' && !over && copyPolicy.make(actor, permit)
  return {
    tabs: archiveTabs(actor, '/copies'),
    permit: { number: permit.number, title: t('copies:permit.title', { number: permit.number }) },
    state: { tone: permitTones[permit.state], word: t(`copies:state.${permit.state}`) },
    callout: calloutOf(t, permit, over, left),
    facts: factsOf(actor, t, permit),
    lines: permit.lines.map((line) => lineOf(t, permit, line, makes)),
    makeWord: t(permit.way === 'download' ? 'copies:permit.makeOwn' : 'copies:permit.make'),
    copies: permit.copies.map((copy) => copyOf(actor, t, permit, copy, now)),
  }
}

function calloutOf(t: Translate, permit: PermitRecord, over: boolean, left: boolean) {
  const again = {
    href: `/copies/new?item=${permit.lines.map(({ number }) => number).join(',')}&again=${permit.number}`,
    word: t('copies:permit.again'),
  }
  if (permit.state === 'waiting') return { text: t('copies:permit.waiting'), tone: 'info', rule: { id: 'ARC-13' } }
  if (permit.state !== 'approved')
    return { text: t(`copies:state.${permit.state}`), tone: 'warn', rule: { id: 'ARC-13' }, act: again }
  if (!left) return { text: t('copies:permit.usedUp'), tone: 'ok' }
  return over ? { text: t('copies:permit.over'), tone: 'warn', rule: { id: 'ARC-13' }, act: again } : null
}

function factsOf(actor: Actor, t: Translate, permit: PermitRecord) {
  const { customer, way, purpose, reason, holder, dueOn, applicant, filedAt, approval } = permit
  return [
    { label: t('copies:field.way'), value: t(`copies:way.${way}`) },
    { label: t('copies:field.holder'), value: holder },
    { label: t('copies:field.dueOn'), value: dueOn },
    { label: t('copies:field.purpose'), value: t(`archive:purpose.${purpose}`) },
    { label: t('copies:field.applicant'), value: applicant },
    { label: t('copies:field.filedAt'), value: dateTimeText(filedAt) },
    ...(customer
      ? [{ label: t('copies:field.customer'), value: customer.name, href: `/customers/${customer.number}` }]
      : []),
    ...(approval ? [{ label: t('copies:field.approval'), value: approval, ...approvalLink(actor, permit) }] : []),
    { label: t('copies:field.reason'), value: reason, wide: true, lines: true },
  ]
}

/** Who asked, who decides and who reads the register of approvals opens it. */
function approvalLink(actor: Actor, { applicantId, approval }: PermitRecord) {
  const opens = applicantId === actor.id || mayEver(actor, 'copies.approve') || mayEver(actor, 'approvals.register')
  return opens ? { href: `/approvals/${approval}` } : {}
}

function lineOf(t: Translate, permit: PermitRecord, line: PermitLine, makes: boolean) {
  const left = Math.max(0, line.permitted - line.made)
  return {
    number: line.number,
    href: `/archive/items/${line.number}`,
    title: line.title || t('copies:known'),
    mark: t(`archive:mark.${line.secrecy}`),
    keeper: line.keeper,
    left: t('copies:leftOf', { left, permitted: line.permitted }),
    hint: t(`copies:permit.makeHint.${howOf(permit, line)}`),
    make: makes && left > 0 ? { most: left } : null,
  }
}

function howOf({ way }: PermitRecord, { type }: PermitLine) {
  if (!isElectronic(way)) return 'paper'
  if (type === null) return 'nothing'
  return isMarkable(type) ? 'stamped' : 'elsewhere'
}

function copyOf(actor: Actor, t: Translate, permit: PermitRecord, copy: MadeCopy, now: Date) {
  const home = `/copies/${permit.number}/made/${copy.number}`
  const out = copy.state === 'out' && copyPolicy.run(actor, permit)
  const file = copy.versionN !== null
  const gets = file && copy.sha256 === null && copy.state === 'out' && copyPolicy.make(actor, permit)
  const act = (allowed: boolean, href: string, word: string) => (allowed ? [{ href, word, plain: false }] : [])
  return {
    number: copy.number,
    item: copy.itemNumber,
    pages: copy.pages,
    made: `${dateTimeText(copy.madeAt)} ${copy.madeBy}`,
    due: dueDay(copy.dueAt),
    state: stateOf(t, copy, now),
    handed: handedText(t, copy, gets),
    ended: copy.endedAt ? endedText(t, copy) : '',
    file: gets ? { href: `${home}/file`, word: t('copies:permit.fetch') } : null,
    cover:
      copyPolicy.run(actor, permit) && !file ? { href: `${home}/cover.pdf`, word: t('copies:permit.cover') } : null,
    acts: [
      ...act(out, `${home}/return`, t('copies:permit.back')),
      ...act(out, `${home}/destruction`, t('copies:permit.destroy')),
      ...act(out, `${home}/loss`, t('copies:permit.lose')),
      ...act(
        copy.state === 'out' && mayEver(actor, 'movements.record'),
        `/movements/new?copy=${copy.number}`,
        t('copies:permit.carry'),
      ),
    ],
  }
}

function handedText(t: Translate, { versionN, sha256 }: MadeCopy, gets: boolean): string {
  if (versionN === null || gets) return ''
  return sha256 === null ? t('copies:permit.waitsForApplicant') : `${t('copies:permit.fetched')} ${sha256.slice(0, 8)}`
}

const endedText = (t: Translate, { endedAt, endedBy, witness, endNote }: MadeCopy) =>
  [
    `${dateTimeText(endedAt!)} ${endedBy ?? ''}`,
    witness ? `${t('copies:field.witness')} ${witness}` : '',
    endNote ?? '',
  ]
    .filter(Boolean)
    .join(' · ')

type Colleague = { number: string; name: string; department: { name: string } | null }

/** Any form about one copy. */
export function copyPage(actor: Actor, { number: permit, copy, holder }: CopyRecord, colleagues: Colleague[] = []) {
  return {
    permit,
    copy: { number: copy.number, version: copy.version },
    lede: [copy.itemNumber, holder, dueDay(copy.dueAt)].join(' · '),
    witnesses: colleagues
      .filter(({ number }) => number !== actor.number)
      .map(({ number, name, department }) => ({
        value: number,
        word: [name, number, department?.name].filter(Boolean).join(' '),
      })),
  }
}
