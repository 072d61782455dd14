import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { addAddress, correctAddress, removeAddress } from '../../src/addresses/commands.ts'
import type { NewAddress } from '../../src/addresses/forms.ts'
import { addressesFor, addressFor } from '../../src/addresses/queries.ts'
import { addressesSection } from '../../src/addresses/section.ts'
import { customerFor } from '../../src/customers/queries.ts'
import { db } from '../../src/db.ts'
import { Forbidden, NotFound, Refused, Stale } from '../../src/lib/refused.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { actorOf, make, theCast, known, bySource } from '../support/make.ts'

const now = new Date('2026-11-24T06:05:00Z')
let director: Actor
let manager: Actor
let desk: Browser

beforeAll(async () => {
  const cast = await theCast()
  director = await actorOf(cast.sales_director)
  manager = await actorOf(cast.general_manager)
  desk = await signIn(await make.staff([{ role: 'front_desk' }]))
})

const input = (more: Partial<NewAddress> = {}): NewAddress => ({
  use: 'delivery',
  province: null,
  city: null,
  district: null,
  address: '云外路 18 号 3 号库',
  note: null,
  ...more,
})
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) =>
      error instanceof Refused ? error.refusals.map(({ rule, reason, field }) => `${rule} ${reason} ${field}`) : error,
  )
const rowsOf = (customerId: bigint) => db.customerAddress.findMany({ where: { customerId }, orderBy: { id: 'asc' } })
const trailOf = async (id: bigint) =>
  db.auditEntry.findMany({ where: { subject: `customer:${id}`, kind: 'change' }, orderBy: { id: 'asc' } })

const added = async (more: Partial<NewAddress> = {}) => {
  const customer = await make.customer()
  await addAddress(director, customer.id, input(more), now)
  const [{ id: addressId } = { id: 0n }] = await rowsOf(customer.id)
  return { ...customer, url: `/customers/${customer.number}`, ids: { customerId: customer.id, addressId } }
}

describe('CUS-10: divisions of GB/T 2260', () => {
  it('are completed and kept with their code', async () => {
    const { id } = await added({ province: '浙江', city: '杭州', district: '滨江' })
    expect((await rowsOf(id))[0]).toMatchObject({
      province: '浙江省',
      city: '杭州市',
      district: '滨江区',
      divisionCode: '330108',
    })
    const [line] = await trailOf(id)
    expect(line).toMatchObject({ action: 'address.added', after: { use: 'delivery', district: '滨江区' } })
  })

  it('are filled in from the smaller one, and may be left open', async () => {
    const county = await added({ district: '淳安县' })
    expect((await rowsOf(county.id))[0]).toMatchObject({ province: '浙江省', city: '杭州市', divisionCode: '330127' })
    const none = await added()
    expect((await rowsOf(none.id))[0]).toMatchObject({ province: null, city: null, district: null, divisionCode: null })
  })

  it.each<[Partial<NewAddress>, string]>([
    [{ province: '蓬莱省' }, 'province'],
    [{ province: '浙江', city: '苏州' }, 'city'],
    [{ province: '浙江', city: '杭州', district: '姑苏区' }, 'district'],
    [{ district: '朝阳区' }, 'district'],
  ])('%j is refused for its %s', async (wrong, field) => {
    const customer = await make.customer()
    expect(await refusalOf(addAddress(director, customer.id, input(wrong), now))).toEqual([
      `CUS-10 addresses:refused.${field} ${field}`,
    ])
    expect(await rowsOf(customer.id)).toEqual([])
    expect(await trailOf(customer.id)).toEqual([])
  })
})

describe('commands', () => {
  it('CUS-14: the customer is found by the address, until it is removed', async () => {
    const { id, ids } = await added({ address: '蜃景巷 7 号' })
    const grams = async () => (await db.customer.findUniqueOrThrow({ where: { id } })).grams
    expect(await grams()).toContain('蜃景')
    await removeAddress(director, ids, { reason: '已搬走', version: 1 }, now)
    expect(await grams()).not.toContain('蜃景')
    expect((await trailOf(id)).at(-1)).toMatchObject({
      action: 'address.removed',
      before: { address: '蜃景巷 7 号' },
      why: '已搬走',
    })
    await expect(addressFor(director, 'K2026999999', String(ids.addressId))).rejects.toThrow(NotFound)
  })

  it('AUD-01: a correction writes what changed, and the next one is warned', async () => {
    const { id, ids } = await added()
    await correctAddress(director, ids, { ...input({ note: '17 点前收货' }), ...known, version: 1 }, now)
    expect((await trailOf(id)).at(-1)).toMatchObject({
      action: 'address.corrected',
      before: { note: '', version: 1 },
      after: { note: '17 点前收货', version: 2 },
    })
    const late = await correctAddress(director, ids, { ...input({ note: '北门' }), ...known, version: 1 }, now).catch(
      (error: unknown) => error,
    )
    expect((late as Stale).conflict).toMatchObject({ before: { note: '' }, theirs: { note: '17 点前收货' } })
    expect(
      await refusalOf(correctAddress(director, ids, { ...input({ note: '17 点前收货' }), ...known, version: 2 }, now)),
    ).toEqual(['CUS-06 customers:refused.nothingChanged undefined'])
    expect(await refusalOf(removeAddress(director, ids, { reason: '已搬走', version: 1 }, now))).toEqual([
      'CUS-06 addresses:refused.changedMeanwhile undefined',
    ])
  })

  it('is not for who may only look, nor by the way of another customer', async () => {
    const [one, other] = [await added(), await added()]
    expect(await refusalOf(addAddress(manager, one.id, input(), now))).toBeInstanceOf(Forbidden)
    const wrong = { customerId: one.id, addressId: other.ids.addressId }
    expect(await refusalOf(correctAddress(director, wrong, { ...input(), ...known, version: 1 }, now))).toBeInstanceOf(
      NotFound,
    )
    await expect(addressFor(director, one.number, String(other.ids.addressId))).rejects.toThrow(NotFound)
  })

  it('the section says the use in words, the place once, and offers only what one may do', async () => {
    const { number } = await added({ city: '杭州', district: '滨江', address: '滨江区云外路 18 号' })
    const customer = await customerFor(director, number)
    const section = addressesSection(director, customer, await addressesFor(director, customer))
    expect(section.rows[0]).toMatchObject({ use: '收货', place: '浙江省 杭州市', address: '滨江区云外路 18 号' })
    expect(addressesSection(manager, customer, await addressesFor(manager, customer)).add).toBeNull()
  })
})

describe('in the browser', () => {
  it('an address is added, corrected and removed', async () => {
    const customer = await make.customer()
    const url = `/customers/${customer.number}`
    const sent = { use: 'service', city: '杭州', district: '西湖', address: '云外路 18 号' }
    const page = await desk.submit(`${url}/addresses/new`, sent)
    expect([page.status, page.url]).toEqual([200, url])
    expect(page.$('#addresses tbody').text()).toContain('浙江省 杭州市 西湖区 云外路 18 号')
    const [row] = await rowsOf(customer.id)
    const address = `${url}/addresses/${row!.id}`
    const opened = await desk.visit(address)
    expect(opened.$('[name=province]').val()).toBe('浙江省')
    expect(opened.$('[name=district]').val()).toBe('西湖区')
    await desk.submit(address, { district: '滨江区', ...bySource })
    expect((await rowsOf(customer.id))[0]).toMatchObject({ divisionCode: '330108', version: 2 })
    expect((await desk.submit(`${address}/removal`, { reason: '已搬走' })).url).toBe(url)
    expect((await desk.visit(address)).status).toBe(404)
  })

  it('CUS-10: a refused form keeps what was typed, by its field', async () => {
    const { url } = await added()
    const page = await desk.submit(`${url}/addresses/new`, {
      use: 'office',
      province: '江苏',
      city: '苏州',
      district: '苏州工业园区',
      address: '云外路 18 号',
    })
    expect(page.status).toBe(422)
    expect(page.$('.errors [data-rule="CUS-10"]').text()).toContain('苏州工业园区')
    expect(page.$('[name=district]').val()).toBe('苏州工业园区')
    expect(page.$('[name=use]').val()).toBe('office')
    expect(page.$('#f-district-e').length).toBe(1)
    const blank = await desk.submit(`${url}/addresses/new`, { address: '' })
    expect(blank.status).toBe(422)
  })

  it('409: somebody saved first', async () => {
    const { url, ids } = await added()
    const address = `${url}/addresses/${ids.addressId}`
    const opened = await desk.fieldsOf(address)
    await desk.submit(address, { use: 'billing', ...bySource })
    const late = await desk.post(address, { ...opened, ...bySource, use: 'home' })
    expect(late.status).toBe(409)
    for (const word of ['用途', '账单', '住址']) expect(late.text).toContain(word)
  })

  it('PPL-01: who may not correct the customer does not reach the forms', async () => {
    const { url, ids } = await added()
    const looker = await signIn((await theCast()).general_manager)
    for (const form of ['new', `${ids.addressId}`, `${ids.addressId}/removal`])
      expect((await looker.visit(`${url}/addresses/${form}`)).status).toBe(403)
  })
})
