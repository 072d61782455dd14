import { translate, translateIfKnown, type Language } from '../../i18n.ts'
import { sections } from '../forms.ts'
import type { HistoryLine } from './queries.ts'

/** What changed, field by field, in words; what is masked stays so, and what is all mask is only named. */
export function changesOf({ action, before, after }: HistoryLine, language: Language): string[] {
  const t = translate[language]
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])].toSorted(inOrder)
  const added = (name: string) => (tells.test(action) || madeNew.test(action) || known.has(name) ? 'made' : 'set')
  return names.flatMap((name) => {
    const field = untold.has(name) || name === inSentence[action] ? null : labelOf(name, action, language)
    if (!field) return []
    const old = wordOf(name, before[name], language)
    const next = wordOf(name, after[name], language)
    if (old === next && !old.includes('*')) return []
    if (!old) return [t(`customers:trail.${added(name)}`, { field, after: hidden(next) ? '' : next }).trim()]
    if (!next) return [t('customers:trail.removed', { field, before: hidden(old) ? '' : old }).trim()]
    if (old === next || hidden(next)) return [t('customers:trail.hidden', { field })]
    const moved = { field: name === onlyField[action] ? '' : field, before: old, after: next }
    return [t('customers:trail.changed', moved).trim()]
  })
}

/** Acts that change no field: what they say is no addition to the record. */
const tells = /\.(?:printed|exported|given|finished|verified)$|^(?:transfer|certificate)\./
// How it was known stands last, and is none of what was corrected.
const known = new Set(['verifiedParts', 'way', 'wayNote', 'approval', 'askedBy'])
/** Acts whose fields are all new. */
export const madeNew = /\.(?:created|imported|added|removed)$/
// What the sentence has named already, and what it is all about.
const inSentence: Record<string, string> = {
  'contact.added': 'name',
  'address.added': 'address',
  'customer.confirmed': 'standing',
}
const onlyField: Record<string, string> = { 'customer.life_changed': 'life' }
// What the trail keeps for machines, and what the sentence says already.
const untold = new Set([
  'version',
  'number',
  'distinction',
  'sha256',
  'missing',
  'until',
  'part',
  'contact',
  'task',
  'taskNumber',
  'attachment',
  'item',
  'bytes',
  'type',
  'other',
  'side',
  'removed',
])
// The database keeps the fields of a line in an order of its own; people read them as the form has them.
const order = Object.values(sections)
  .flatMap((fields) => Object.keys(fields))
  .concat('post', 'phones', 'birthday')
const rank = (name: string) => {
  if (known.has(name)) return order.length + 1 + [...known].indexOf(name)
  return order.includes(name) ? order.indexOf(name) : order.length
}
const inOrder = (one: string, other: string) => rank(one) - rank(other)
export const textOf = (value: unknown) => (typeof value === 'string' ? value : '')
const hidden = (text: string) => /^\*+$/.test(text)
const owners: Record<string, string> = {
  contact: 'contacts',
  address: 'addresses',
  link: 'links',
  task: 'tasks',
  loan: 'loans',
  attachment: 'attachments',
  file: 'archive',
  volume: 'archive',
  item: 'archive',
  transfer: 'transfers',
  certificate: 'certificates',
}

/** The field's name in the words of what it belongs to. */
export function labelOf(name: string, action: string, language: Language): string | null {
  const own = owners[action.split('.')[0] ?? '']
  const known = (feature: string) => translateIfKnown(language, `${feature}:field.${name}`)
  return (own ? known(own) : null) ?? known('customers') ?? known('assignments')
}

export function wordOf(name: string, value: unknown, language: Language): string {
  if (value === null || value === undefined || value === '' || value === false) return ''
  if (Array.isArray(value)) return value.map((one) => wordOf(name, one, language)).join('、')
  if (value === true || value === 'on') return translate[language]('customers:trail.yes')
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value as string | number)
  for (const feature of [
    'customers',
    'contacts',
    'addresses',
    'links',
    'verifications',
    'attachments',
    'loans',
    'archive',
  ]) {
    const word = translateIfKnown(language, `${feature}:${name}.${text}`)
    if (word) return word
  }
  return text
}
