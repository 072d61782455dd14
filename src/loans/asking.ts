import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { agreementInForce } from '../agreements/in-force.ts'
import type { Filing } from '../approvals/contract.ts'
import { fileRequest } from '../approvals/filing.ts'
import { isClassified, needsWindow } from '../archive/levels.ts'
import { itemFor, lockItems, type Item } from '../archive/queries.ts'
import { highestOf } from '../archive/signing.ts'
import { change, type Audit } from '../audit/change.ts'
import { takeSerials } from '../customers/numbers.ts'
import type { Tx } from '../db.ts'
import { endText } from '../deadlines/tag.ts'
import { keepFile, recordFile, type Kept } from '../files/keeping.ts'
import { dateText, yearOf } from '../lib/dates.ts'
import { businessNumber } from '../lib/numbers.ts'
import { Forbidden, NotFound, Refused, refuseIf, type Refusal } from '../lib/refused.ts'
import { regulationAt, type Regulation } from '../regulations/in-force.ts'
import type { Upload } from '../web/route.ts'
import type { NewLoan } from './forms.ts'
import { overdueOf } from './queries.ts'
import { askProblems, itemProblems, overdueProblems } from './rules.ts'
import { basisOf, signersFor } from './signing.ts'

/** The items an application names, each as this person may see it; a number that is nothing here is refused by name. */
export async function wantedItems(actor: Actor, numbers: readonly string[]): Promise<Item[]> {
  return Promise.all(
    numbers.map(async (number) => {
      try {
        return await itemFor(actor, number)
      } catch (error) {
        if (!(error instanceof NotFound)) throw error
        throw new Refused([{ rule: 'ARC-09', reason: 'loans:refused.noItem', field: 'item', params: { number } }])
      }
    }),
  )
}

/** ARC-09: asks to borrow; refuses at once what could not be lent (ARC-10 to ARC-12, PRV-14). Answers with its number. */
export async function askLoan(actor: Actor, input: NewLoan, upload: Upload | null, now: Date): Promise<string> {
  const seen = await wantedItems(actor, input.item)
  const regulation = await regulationAt(now)
  const sealed = regulation.value('archive.seal') === 'scan'
  if (sealed && !upload) throw new Refused([{ rule: 'ARC-09', reason: 'loans:refused.sealMissing', field: 'seal' }])
  const seal = sealed && upload ? await keepFile(upload) : null
  return change(actor, async (tx, audit) => {
    const ids = seen.map(({ id }) => id)
    const items = await lockItems(tx, ids)
    if (items.some((item) => !may(actor, 'loans.ask', item))) throw new Forbidden('loans.ask')
    const overdue = await overdueOf(tx, actor.id, now)
    refuseIf([
      ...items.flatMap((item) => itemProblems(item, mayKnow(seen, item), endText)),
      ...askProblems({
        items,
        told: items.filter((item) => mayKnow(seen, item)),
        copies: input.copies,
        days: input.days,
        mostDays: regulation.value('archive.loan_days'),
      }),
      ...reasonProblems(input.reason, regulation),
      ...overdueProblems(overdue, input.exceptional),
      ...(await agreementProblems(actor.id, items, now)),
      ...(await askedAlready(tx, actor.id, items)),
    ])
    const exceptional = input.exceptional && overdue > 0
    return file(tx, audit, actor, { input, items, exceptional, seal, regulation }, now)
  })
}

const mayKnow = (seen: readonly Item[], { id }: Item) => seen.some((one) => one.id === id && one.known)

function reasonProblems(reason: string, regulation: Regulation): Refusal[] {
  const least = regulation.value('archive.reason_length')
  if ([...reason].length >= least) return []
  return [{ rule: 'ARC-09', reason: 'loans:refused.reasonShort', field: 'reason', params: { least } }]
}

/** PRV-14: above internal only with a confidentiality agreement in force. */
export async function agreementProblems(
  staffId: bigint,
  items: readonly Pick<Item, 'secrecy'>[],
  now: Date,
): Promise<Refusal[]> {
  if (!items.some(({ secrecy }) => needsWindow(secrecy)) || (await agreementInForce(staffId, now))) return []
  return [{ rule: 'PRV-14', reason: 'loans:refused.noAgreement', field: 'item' }]
}

/** One application for an item at a time, so that nobody keeps another in reserve. */
async function askedAlready(tx: Tx, applicantId: bigint, items: readonly Item[]): Promise<Refusal[]> {
  const found = await tx.loanApplicationItem.findFirst({
    where: {
      itemId: { in: items.map(({ id }) => id) },
      application: { applicantId, state: { in: ['waiting', 'approved'] } },
    },
    select: { application: { select: { number: true } }, item: { select: { number: true } } },
  })
  if (!found) return []
  const params = { number: found.item.number, application: found.application.number }
  return [{ rule: 'ARC-09', reason: 'loans:refused.askedAlready', field: 'item', params }]
}

type Filed = { input: NewLoan; items: Item[]; exceptional: boolean; seal: Kept | null; regulation: Regulation }

async function file(tx: Tx, audit: Audit, actor: Actor, filed: Filed, now: Date): Promise<string> {
  const { input, items, exceptional, seal } = filed
  const number = businessNumber('JS', yearOf(now), await takeSerials(tx, 'loan_application', yearOf(now), 1))
  const { customerId } = items[0]!
  const { purpose, reason, days, copies } = input
  const { id } = await tx.loanApplication.create({
    data: {
      number,
      customerId,
      applicantId: actor.id,
      purpose,
      reason,
      days,
      exceptional,
      filedAt: now,
      ...(seal ? { sealFileId: await recordFile(tx, actor, seal, now), sealName: seal.name } : {}),
      items: { create: items.map((item) => ({ itemId: item.id, copies })) },
    },
    select: { id: true },
  })
  const request = await fileRequest(tx, audit, actor, { kind: 'archive.loan', ...filingOf(actor, id, filed) }, now)
  await tx.loanApplication.update({ where: { id }, data: { requestId: request.id } })
  const numbers = items.map((item) => item.number).join(' ')
  await audit('loan.asked', `customer:${customerId}`, {
    after: { application: number, item: numbers, days, copies, ...(exceptional ? { exceptional } : {}) },
    why: reason,
  })
  return number
}

function filingOf(actor: Actor, id: bigint, { input, items, exceptional, regulation }: Filed): Filing {
  const { customerId, departmentId, regionId } = items[0]!
  return {
    subject: `loan_application:${id}`,
    // Whose customer it is would tell more of a classified item than its number (ARC-02).
    ...(isClassified(highestOf(items)) ? {} : { customerId }),
    place: { departmentId, regionId },
    basis: basisOf(items),
    reason: input.reason,
    signatures: signersFor(regulation, highestOf(items), placeOf(actor), exceptional),
  }
}

export const placeOf = ({ departmentId }: Pick<Actor, 'departmentId'>) => ({ departmentId, regionId: null })

/** The last day on which what was approved can be fetched. */
export const fetchUntil = (approvedAt: Date, days: number): string =>
  dateText(new Date(approvedAt.getTime() + days * 86_400_000))
