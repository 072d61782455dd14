import { actorFor } from '../../src/access/queries.ts'
import type { Actor } from '../../src/access/actor.ts'
import { addContact } from '../../src/contacts/commands.ts'
import { createCustomer } from '../../src/customers/commands.ts'
import { db, pool } from '../../src/db.ts'
import { factsWith, theCast } from '../support/make.ts'

/** Values that stand nowhere else in the world: wherever one turns up, something has let it out. */
export const secrets = {
  phone: '18612349876',
  morePhones: '0571-87654321',
  email: 'canary.secret@penglai.example',
  wechat: 'canary_wx_9876',
  code: withCheckDigit('33010619900307987'),
  creditNote: '金丝雀信用甲乙丙',
  tradeNote: '金丝雀交易丁戊己',
}
export const contactSecrets = {
  phones: '18712348765',
  email: 'lu.canary@penglai.example',
  wechat: 'lu_canary_8765',
}
export const allSecrets = [...Object.values(secrets), ...Object.values(contactSecrets)]

export async function actorOf({ id }: { id: bigint }): Promise<Actor> {
  const { epoch } = await db.staff.findUniqueOrThrow({ where: { id } })
  return (await actorFor(String(id), epoch, { ip: null, requestId: null }))!
}

/** A person with everything that is sensitive, of the sales person in 城东营业部, and a contact of that kind. */
export async function makeCanary(place: { department: string; region: string; own: boolean }) {
  const cast = await theCast()
  const director = await actorOf(cast.sales_director)
  const now = new Date()
  const number = await createCustomer(
    director,
    factsWith({
      kind: 'person',
      name: '金丝雀',
      phone: `${secrets.phone}、${secrets.morePhones}`,
      email: secrets.email,
      wechat: secrets.wechat,
      code: secrets.code,
      creditNote: secrets.creditNote,
      tradeNote: secrets.tradeNote,
    }),
    now,
  )
  const { id } = await db.customer.findUniqueOrThrow({ where: { number } })
  const contact = { name: '陆小鹿', post: '助理', ...contactSecrets, birthCalendar: null, birthday: null, note: null }
  await addContact(director, id, { ...contact, main: true, distinction: null }, now)
  await pool.query(
    `update customer set owner_id = $2, department_id = (select id from department where name = $3),
       region_id = (select id from region where name = $4) where id = $1`,
    [id, place.own ? cast.sales.id : null, place.department, place.region],
  )
  const { id: contactId } = await db.contact.findFirstOrThrow({ where: { customerId: id } })
  return { id, number, contact: contactId }
}

/** Gives its numbers back, so that the next canary may have them. */
export async function letGo({ id }: { id: bigint }): Promise<void> {
  await pool.query(`update customer set withdrawn_at = now(), phone_digits = null where id = $1`, [id])
  await pool.query(`update contact set removed_at = now(), main = false where customer_id = $1`, [id])
}

function withCheckDigit(digits: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  return digits + '10X98765432'[sum % 11]
}
