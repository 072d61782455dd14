import * as access from './access/words.ts'
import * as acknowledgements from './acknowledgements/words.ts'
import * as addresses from './addresses/words.ts'
import * as agreements from './agreements/words.ts'
import * as alerts from './alerts/words.ts'
import * as api from './api/words.ts'
import * as approvals from './approvals/words.ts'
import * as archiveList from './archive/list/words.ts'
import * as archive from './archive/words.ts'
import * as assignments from './assignments/words.ts'
import * as attachments from './attachments/words.ts'
import * as audit from './audit/words.ts'
import * as backups from './backups/words.ts'
import * as calendar from './calendar/words.ts'
import * as certificates from './certificates/words.ts'
import * as clock from './clock/words.ts'
import * as closing from './complaints/closing/words.ts'
import * as complaints from './complaints/words.ts'
import * as complaintList from './complaints/list/words.ts'
import * as pauses from './complaints/pauses/words.ts'
import * as escalations from './complaints/escalations/words.ts'
import * as progress from './complaints/progress/words.ts'
import * as confirmations from './confirmations/words.ts'
import * as contactRecords from './contact-records/words.ts'
import * as contacts from './contacts/words.ts'
import * as coverage from './coverage/words.ts'
import * as copies from './copies/words.ts'
import * as lists from './customers/list/words.ts'
import * as credit from './credit/words.ts'
import * as ledgerImports from './credit/importing/words.ts'
import * as contracts from './credit/contracts/words.ts'
import * as ledger from './credit/ledger/words.ts'
import * as creditFigure from './credit/explaining/words.ts'
import * as creditTerms from './credit/terms/words.ts'
import * as guarantees from './credit/guarantees/words.ts'
import * as liabilities from './credit/liabilities/words.ts'
import * as shipping from './credit/shipping/words.ts'
import * as ageing from './credit/ageing/words.ts'
import * as repayment from './credit/plans/words.ts'
import * as overrides from './credit/overrides/words.ts'
import * as releaseList from './credit/releases/list/words.ts'
import * as releases from './credit/releases/words.ts'
import * as customers from './customers/words.ts'
import * as deadlines from './deadlines/words.ts'
import * as delegations from './delegations/words.ts'
import * as design from './design/words.ts'
import * as designations from './designations/words.ts'
import * as disclosures from './disclosures/words.ts'
import * as divisions from './divisions/words.ts'
import * as documents from './documents/words.ts'
import * as exports from './exports/words.ts'
import * as files from './files/words.ts'
import * as handovers from './handovers/words.ts'
import * as home from './home/words.ts'
import * as imports from './imports/words.ts'
import * as incidents from './incidents/words.ts'
import * as intake from './complaints/intake/words.ts'
import * as jobs from './jobs/words.ts'
import * as judging from './complaints/judging/words.ts'
import * as links from './links/words.ts'
import * as loans from './loans/words.ts'
import * as complaintMonth from './complaints/month/words.ts'
import * as marketNotes from './market-notes/words.ts'
import * as measures from './complaints/measures/words.ts'
import * as movements from './movements/words.ts'
import * as notices from './notices/words.ts'
import * as organisation from './organisation/words.ts'
import * as promises from './promises/words.ts'
import * as rules from './regulations/rule-words.ts'
import * as remedies from './complaints/remedies/words.ts'
import * as papers from './complaints/papers/words.ts'
import * as regulations from './regulations/words.ts'
import * as views from './saved-views/words.ts'
import * as sealing from './sealing/words.ts'
import * as search from './search/words.ts'
import * as secondFactor from './second-factor/words.ts'
import * as session from './session/words.ts'
import * as sso from './sso/words.ts'
import * as staff from './staff/words.ts'
import * as tasks from './tasks/words.ts'
import * as tokens from './tokens/words.ts'
import * as transfers from './transfers/words.ts'
import * as unmaskings from './unmaskings/words.ts'
import * as verifications from './verifications/words.ts'
import * as viewings from './viewings/words.ts'
import * as assessment from './visits/assessment/words.ts'
import * as visitList from './visits/list/words.ts'
import * as visitDay from './visits/day/words.ts'
import * as visitDecisions from './visits/deciding/words.ts'
import * as visitQuestions from './visits/questions/words.ts'
import * as visitReports from './visits/reports/words.ts'
import * as visitHome from './visits/around/words.ts'
import * as visitPlans from './visits/plans/words.ts'
import * as visits from './visits/words.ts'
import * as web from './web/words.ts'
import type { Params } from './lib/refused.ts'

/** Holds the English sentences to the shape of the Chinese: a missing or extra one does not compile. */
export type SameShape<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameShape<T[K]> }

const features = {
  access,
  acknowledgements,
  addresses,
  agreements,
  alerts,
  api,
  approvals,
  archive,
  archiveList,
  assignments,
  attachments,
  audit,
  backups,
  calendar,
  certificates,
  clock,
  closing,
  complaintList,
  complaintMonth,
  complaints,
  confirmations,
  contactRecords,
  contacts,
  copies,
  coverage,
  customers,
  deadlines,
  delegations,
  design,
  designations,
  disclosures,
  divisions,
  documents,
  escalations,
  exports,
  files,
  handovers,
  home,
  imports,
  incidents,
  intake,
  jobs,
  judging,
  links,
  lists,
  loans,
  marketNotes,
  measures,
  movements,
  notices,
  organisation,
  papers,
  pauses,
  progress,
  promises,
  regulations,
  remedies,
  rules,
  sealing,
  search,
  'second-factor': { zh: secondFactor.zh, en: secondFactor.en },
  session,
  sso,
  staff,
  tasks,
  tokens,
  transfers,
  unmaskings,
  verifications,
  viewings,
  views,
  assessment,
  visitList,
  visitDay,
  visitDecisions,
  visitQuestions,
  visitReports,
  visitHome,
  visitPlans,
  ledgerImports,
  credit,
  creditFigure,
  contracts,
  ledger,
  releaseList,
  releases,
  creditTerms,
  guarantees,
  liabilities,
  shipping,
  ageing,
  repayment,
  overrides,
  visits,
  web,
}

type Features = { [F in keyof typeof features]: (typeof features)[F]['zh'] }
type Name<T> = keyof T & (string | number)
type Leaf<T> = { [K in Name<T>]: T[K] extends string ? `${K}` : `${K}.${Leaf<T[K]>}` }[Name<T>]

/** Every sentence the product can say, by name: `customers:notice.corrected`. */
export type Key = { [F in keyof Features & string]: `${F}:${Leaf<Features[F]>}` }[keyof Features & string]

export type Language = 'zh' | 'en'
export type Translate = (key: Key, params?: Params) => string

function flatten(words: object, prefix: string, into: Map<string, string>): Map<string, string> {
  for (const [name, value] of Object.entries(words)) {
    if (typeof value === 'string') into.set(prefix + name, value)
    else flatten(value as object, `${prefix}${name}.`, into)
  }
  return into
}

const sentences = { zh: new Map<string, string>(), en: new Map<string, string>() }
for (const [feature, words] of Object.entries(features))
  for (const language of ['zh', 'en'] as const) flatten(words[language], `${feature}:`, sentences[language])

// `{name}` is a parameter; `{n|customer|customers}` picks by number, for English plurals.
const placeholder = /\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g

function say(language: Language, key: string, params?: Params): string {
  const sentence = sentences[language].get(key)
  if (sentence === undefined) throw new Error(`no sentence for ${key}`)
  if (!params) return sentence
  return sentence.replace(placeholder, (whole: string, name: string, one?: string, many?: string) => {
    const value = params[name]
    if (value === undefined) return whole
    if (typeof value === 'object') return say(language, value.word)
    return one === undefined ? String(value) : String(Number(value) === 1 ? one : many)
  })
}

export const translate: Record<Language, Translate> = {
  zh: (key, params) => say('zh', key, params),
  en: (key, params) => say('en', key, params),
}

/** For keys made from data (an audit action, an enum value); null when there is no such sentence. */
export function translateIfKnown(language: Language, key: string, params?: Params): string | null {
  return sentences[language].has(key) ? say(language, key, params) : null
}

/** All keys of a language, for the tests that compare them. */
export function keysOf(language: Language): string[] {
  return [...sentences[language].keys()]
}
