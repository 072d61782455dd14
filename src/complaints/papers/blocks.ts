import type { Block, Column, Fact, Section } from '../../documents/paper.ts'
import type { Language, Translate } from '../../i18n.ts'
import { moneyText } from '../../lib/money.ts'
import type { Complaint } from '../queries.ts'
import type { Content } from './queries.ts'

/** An empty line in height. */
const roomToSign = '\n'

/** What every paper is made from: the complaint, all around it, and the reader's words. */
export type Source = { language: Language; t: Translate; complaint: Complaint; content: Content }

/** Nothing is left out without a word: an empty list says so. */
export function tableOf(t: Translate, columns: Column[], rows: string[][], totals?: string[][]): Block {
  if (rows.length === 0) return { kind: 'text', text: t('papers:word.none') }
  return { kind: 'table', columns, rows, ...(totals ? { totals } : {}) }
}

/** Long texts are paragraphs; empty ones leave room for a hand. */
export const textBlock = (text: string | null): Block => ({ kind: 'text', text: text?.trim() || '\n\n' })

export const fact = (label: string, value: string | null | undefined): Fact => ({ label, value: value || '—' })
export const money = (yuan: { toFixed: (digits: number) => string } | null): string =>
  yuan === null ? '' : moneyText(yuan.toFixed(2))
export const nameIn = ({ names }: Content, id: bigint | null): string => (id === null ? '' : (names.get(id) ?? ''))
export const joined = (t: Translate, texts: (string | null | undefined | false)[]): string =>
  texts.filter(Boolean).join(t('web:comma'))

type Party = 'receiver' | 'handler' | 'head' | 'customerService' | 'generalManager' | 'author' | 'reviewer' | 'customer'

/** Two lines each: room for a hand. */
export function signatures(t: Translate, parties: [Party, string][]): Section {
  const columns = [
    { title: t('papers:column.party'), width: 38 },
    { title: t('papers:column.name'), width: 34 },
    { title: t('papers:column.signature') },
    { title: t('papers:column.date'), width: 36 },
  ]
  const rows = parties.map(([party, name]) => [t(`papers:party.${party}`), name, roomToSign, ''])
  return { title: t('papers:section.signatures'), blocks: [{ kind: 'table', columns, rows }] }
}

/** CMP-26: how to complain and to whom, on every printed form. */
export function waysSection({ t, content: { company } }: Source): Section {
  const ways = [
    company?.complaintPhone && t('papers:ways.phone', { phone: company.complaintPhone }),
    company?.complaintEmail && t('papers:ways.email', { email: company.complaintEmail }),
    company?.complaintPlace && t('papers:ways.place', { place: company.complaintPlace }),
    company?.complaintHours && t('papers:ways.hours', { hours: company.complaintHours }),
    company?.complaintPerson && t('papers:ways.person', { person: company.complaintPerson }),
  ].filter(Boolean)
  const text = ways.length > 0 ? ways.join('　') : t('papers:ways.missing')
  return { title: t('papers:section.ways'), blocks: [{ kind: 'text', text }] }
}
