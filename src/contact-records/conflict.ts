import type { Actor } from '../access/actor.ts'
import { staleSince } from '../audit/stale.ts'
import type { Tx } from '../db.ts'
import { translate, type Key } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { dayText } from '../lib/days.ts'
import { formFields } from './fields.ts'
import { ways, type RecordCorrection } from './forms.ts'
import { partOf, trailOf, type ContactRecord } from './queries.ts'

/** CUS-19: the conflict screen for whoever corrected the record in two windows. */
export async function staleRecord(tx: Tx, actor: Actor, record: ContactRecord, input: RecordCorrection) {
  const fields = formFields({ ...record, nextOn: record.nextOn && dayText(record.nextOn) })
  const contacts = await tx.contact.findMany({
    where: { customerId: record.customerId },
    select: { id: true, name: true },
  })
  const of = (id: string) => contacts.find((one) => String(one.id) === id)?.name
  const idOf = (name: string) => contacts.find((one) => one.name === name)?.id
  const whomOf = (person: string) => {
    const [first = '', ...others] = person.split('、')
    const id = idOf(first)
    return id === undefined ? { contactId: '', person } : { contactId: String(id), person: others.join('、') }
  }
  const t = translate[actor.language]
  return staleSince(tx, trailOf(record), input.version, {
    version: record.version,
    part: partOf(record),
    fields,
    typed: formFields(input),
    // The trail names whom one spoke to; the form has a contact or a name.
    heldIn: ({ person, at, ...held }) => ({
      ...held,
      ...(typeof at === 'string' ? { at: at.replace(' ', 'T') } : {}),
      ...(typeof person === 'string' ? whomOf(person) : {}),
    }),
    labels: Object.fromEntries(Object.keys(fields).map((name) => [name, t(`contactRecords:field.${name}` as Key)])),
    words: {
      ...Object.fromEntries(ways.map((way) => [`way.${way}`, t(`visits:recordWay.${way}`)])),
      'direction.out': t('contactRecords:direction.out'),
      'direction.in': t('contactRecords:direction.in'),
      'formal.on': t('contactRecords:yes'),
      ...Object.fromEntries(contacts.map(({ id }) => [`contactId.${id}`, of(String(id)) ?? ''])),
      [`at.${fields['at']}`]: dateTimeText(record.at),
    },
  })
}
