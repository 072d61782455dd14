import * as acknowledgements from '../acknowledgements/words.ts'
import * as addresses from '../addresses/words.ts'
import * as agreements from '../agreements/words.ts'
import * as alerts from '../alerts/words.ts'
import * as approvals from '../approvals/words.ts'
import * as archiveList from '../archive/list/words.ts'
import * as archive from '../archive/words.ts'
import * as assignments from '../assignments/words.ts'
import * as attachments from '../attachments/words.ts'
import * as backups from '../backups/words.ts'
import * as calendar from '../calendar/words.ts'
import * as certificates from '../certificates/words.ts'
import * as intake from '../complaints/intake/words.ts'
import * as complaintList from '../complaints/list/words.ts'
import * as closing from '../complaints/closing/words.ts'
import * as complaints from '../complaints/words.ts'
import * as pauses from '../complaints/pauses/words.ts'
import * as escalations from '../complaints/escalations/words.ts'
import * as progress from '../complaints/progress/words.ts'
import * as confirmations from '../confirmations/words.ts'
import * as contactRecords from '../contact-records/words.ts'
import * as contacts from '../contacts/words.ts'
import * as copies from '../copies/words.ts'
import * as coverage from '../coverage/words.ts'
import * as credit from '../credit/words.ts'
import * as contracts from '../credit/contracts/words.ts'
import * as ledger from '../credit/ledger/words.ts'
import * as creditTerms from '../credit/terms/words.ts'
import * as guarantees from '../credit/guarantees/words.ts'
import * as liabilities from '../credit/liabilities/words.ts'
import * as shipping from '../credit/shipping/words.ts'
import * as ageing from '../credit/ageing/words.ts'
import * as repayment from '../credit/plans/words.ts'
import * as overrides from '../credit/overrides/words.ts'
import * as releaseList from '../credit/releases/list/words.ts'
import * as releases from '../credit/releases/words.ts'
import * as customers from '../customers/words.ts'
import * as deadlines from '../deadlines/words.ts'
import * as delegations from '../delegations/words.ts'
import * as designations from '../designations/words.ts'
import * as disclosures from '../disclosures/words.ts'
import * as exports from '../exports/words.ts'
import * as handovers from '../handovers/words.ts'
import * as imports from '../imports/words.ts'
import * as incidents from '../incidents/words.ts'
import * as jobs from '../jobs/words.ts'
import * as judging from '../complaints/judging/words.ts'
import * as links from '../links/words.ts'
import * as loans from '../loans/words.ts'
import * as complaintMonth from '../complaints/month/words.ts'
import * as marketNotes from '../market-notes/words.ts'
import * as measures from '../complaints/measures/words.ts'
import * as movements from '../movements/words.ts'
import * as notices from '../notices/words.ts'
import * as organisation from '../organisation/words.ts'
import * as remedies from '../complaints/remedies/words.ts'
import * as papers from '../complaints/papers/words.ts'
import * as promises from '../promises/words.ts'
import * as regulations from '../regulations/words.ts'
import * as views from '../saved-views/words.ts'
import * as sealing from '../sealing/words.ts'
import * as secondFactor from '../second-factor/words.ts'
import * as session from '../session/words.ts'
import * as sso from '../sso/words.ts'
import * as staff from '../staff/words.ts'
import * as tasks from '../tasks/words.ts'
import * as tokens from '../tokens/words.ts'
import * as transfers from '../transfers/words.ts'
import * as unmaskings from '../unmaskings/words.ts'
import * as verifications from '../verifications/words.ts'
import * as viewings from '../viewings/words.ts'
import * as assessment from '../visits/assessment/words.ts'
import * as visitList from '../visits/list/words.ts'
import * as visitDay from '../visits/day/words.ts'
import * as visitDecisions from '../visits/deciding/words.ts'
import * as visitQuestions from '../visits/questions/words.ts'
import * as visitReports from '../visits/reports/words.ts'
import * as visitHome from '../visits/around/words.ts'
import * as visitPlans from '../visits/plans/words.ts'
import * as visits from '../visits/words.ts'
import * as audit from './words.ts'
import { translateIfKnown, type Language } from '../i18n.ts'
import type { Params } from '../lib/refused.ts'

const features = {
  acknowledgements,
  addresses,
  agreements,
  alerts,
  approvals,
  archive,
  archiveList,
  assignments,
  attachments,
  audit,
  backups,
  calendar,
  certificates,
  complaintList,
  closing,
  complaintMonth,
  complaints,
  intake,
  confirmations,
  contactRecords,
  contacts,
  copies,
  coverage,
  customers,
  deadlines,
  delegations,
  designations,
  disclosures,
  escalations,
  exports,
  handovers,
  imports,
  incidents,
  jobs,
  judging,
  links,
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
  sealing,
  'second-factor': secondFactor,
  session,
  sso,
  staff,
  tasks,
  tokens,
  transfers,
  unmaskings,
  verifications,
  viewings,
  assessment,
  visitList,
  visitDay,
  visitDecisions,
  visitQuestions,
  visitReports,
  visitHome,
  visitPlans,
  credit,
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
  views,
}
type Features = typeof features

/** What can stand in the trail: each feature's `history` words name its acts, so every one reads as a sentence. */
export type AuditAction = { [F in keyof Features]: keyof Features[F]['zh']['history'] & string }[keyof Features]

const featureOf = new Map<string, string>(
  Object.entries(features).flatMap(([feature, words]) =>
    Object.keys(words.zh.history).map((action) => [action, feature] as const),
  ),
)

export const auditActions = [...featureOf.keys()] as AuditAction[]

/** Whose words say an act. */
export const featureOfAction = (action: string): string | undefined => featureOf.get(action)

/** AUD-03: an act in plain words; the bare name only for acts of a release that knew more than this one. */
export function actionSentence(language: Language, action: string, params?: Params): string {
  const said = translateIfKnown(language, keyOf(action), params)
  // Of the act alone, without what it was done to.
  return said?.replace(/\s?\{\w+\}/g, '') ?? action
}

const keyOf = (action: string): string => `${featureOf.get(action)}:history.${action}`

/** What the sentence of an act names by itself: of 登记发货 {shipment} the shipment. */
export const namedIn = (action: string): string[] =>
  [...(translateIfKnown('zh', keyOf(action)) ?? '').matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)

/** The same as a line of the trail holds them. */
export function namesOf(action: string, after: unknown): Params {
  const held = (after ?? {}) as Record<string, unknown>
  const texts = namedIn(action).flatMap((name) => (typeof held[name] === 'string' ? [[name, held[name]] as const] : []))
  return Object.fromEntries(texts)
}
