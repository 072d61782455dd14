import { featureOfAction, namedIn } from '../../audit/actions.ts'
import { translate, translateIfKnown, type Language } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { moneyText } from '../../lib/money.ts'
import { sections } from '../forms.ts'
import type { HistoryLine } from './queries.ts'

/** What changed, field by field, in words; what is masked stays so, and what is all mask is only named. */
export function changesOf({ action, before, after }: HistoryLine, language: Language): string[] {
  const t = translate[language]
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])].toSorted(inOrder)
  const named = namedIn(action)
  const telling = tells.test(action) || madeNew.test(action)
  const added = (name: string) => (telling || known.has(name) ? 'made' : 'set')
  return names.flatMap((name) => {
    const said = untold.has(name) || name === inSentence[action] || named.includes(name)
    const field = said ? null : labelOf(name, action, language)
    if (!field) return []
    const old = wordOf(name, before[name], language, action)
    const next = wordOf(name, after[name], language, action)
    if (old === next && !old.includes('*')) return []
    if (!old) return [t(`customers:trail.${added(name)}`, { field, after: hidden(next) ? '' : next }).trim()]
    if (!next) return [t('customers:trail.removed', { field, before: hidden(old) ? '' : old }).trim()]
    if (old === next || hidden(next)) return [t('customers:trail.hidden', { field })]
    const moved = { field: name === onlyField[action] ? '' : field, before: old, after: next }
    return [t('customers:trail.changed', moved).trim()]
  })
}

/** Acts that change no field: what they say is no addition to the record. */
const tells =
  /\.(?:printed|exported|given|finished|verified)$|^(?:transfer|certificate)\.|^(?:complaint|measure|liability)\.(?!corrected$)|^visit(?:_\w+)?\.|^(?:override|guarantee|credit_terms|cooperation_mode|release|shipment|receipt)\.|^task\.withdrawn$|^market_note\.recorded$/
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
  'promise',
  'visit',
  'party',
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
  promise: 'promises',
  market_note: 'marketNotes',
  loan: 'loans',
  attachment: 'attachments',
  file: 'archive',
  volume: 'archive',
  item: 'archive',
  transfer: 'transfers',
  certificate: 'certificates',
}

/** Credit, each part in its own words and those of all of them. */
const ofCredit = /^(?:override|guarantee|credit_terms|cooperation_mode|release|shipment|receipt)\./
const ofVisit = /^(?:visit|visit_template|contact_record|promise|market_note)\./
/** What is written about a complaint or a visit has the words of its own part first, then those of all of them. */
const ofComplaint = /^(?:complaint|measure|liability)\./
function wordsOf(action: string): string[] {
  const own = owners[action.split('.')[0] ?? '']
  if (own) return [own]
  if (ofCredit.test(action)) return [featureOfAction(action) ?? '', 'credit']
  if (ofVisit.test(action)) return [featureOfAction(action) ?? '', 'visits', 'visitHome']
  return ofComplaint.test(action) ? [featureOfAction(action) ?? '', 'complaints', 'papers'] : []
}

/** The field's name in the words of what it belongs to. */
export function labelOf(name: string, action: string, language: Language): string | null {
  const features = [...wordsOf(action), 'customers', 'assignments']
  return firstKnown(features, (feature) => translateIfKnown(language, `${feature}:field.${name}`))
}

/** Of complaints and of credit, in yuan. */
const amounts = new Set(
  'claim total compensation loss penalty headPenalty amount limit unpaid short available'.split(' '),
)

export function wordOf(name: string, value: unknown, language: Language, action = ''): string {
  const said = ofComplaint.test(action) || ofVisit.test(action) || ofCredit.test(action)
  if (said && value === false) return translate[language]('customers:trail.no')
  if (value === null || value === undefined || value === '' || value === false) return ''
  if (Array.isArray(value)) return value.map((one) => wordOf(name, one, language, action)).join('、')
  if (value === true || value === 'on') return translate[language]('customers:trail.yes')
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value as string | number)
  if (said && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) return dateTimeText(new Date(text))
  if (said && amounts.has(name) && /^\d+(?:\.\d{1,2})?$/.test(text)) return moneyText(Number(text).toFixed(2))
  const features = said ? [...wordsOf(action), ...valued] : valued
  return firstKnown(features, (feature) => translateIfKnown(language, `${feature}:${name}.${text}`)) ?? text
}

function firstKnown(features: string[], word: (feature: string) => string | null): string | null {
  for (const feature of features) {
    const found = feature && word(feature)
    if (found) return found
  }
  return null
}

const valued = [
  'customers',
  'contacts',
  'addresses',
  'links',
  'verifications',
  'attachments',
  'loans',
  'archive',
  'tasks',
]
