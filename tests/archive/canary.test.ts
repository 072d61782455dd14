import { beforeAll, describe, expect, it } from 'vitest'
import { db, pool } from '../../src/db.ts'
import { fetchBytes } from '../attachments/desk.ts'
import { acknowledged, agreed, anItem } from '../support/archive.ts'
import { signIn } from '../support/browser.ts'
import { cast, type Cast } from '../support/cast.ts'
import { make, theCast } from '../support/make.ts'
import { aRoom } from './desk.ts'

// Words that stand nowhere else: where one shows, something told of the item.
const title = '绝密金丝雀乌鹊南飞'
const remark = '金丝雀备注月明星稀'
const name = `金丝雀绕树三匝商行${Math.random().toString(36).slice(2, 8)}`

let people: Cast
let number: string
let addresses: { url: string; ofCustomer: boolean }[]
beforeAll(async () => {
  people = await theCast()
  await acknowledged(...Object.values(people))
  await agreed(...Object.values(people))
  const keeper = await make.staff([{ role: 'cs_manager' }])
  const room = await aRoom(true, keeper.id)
  const place = await db.archivePlace.findFirstOrThrow({ where: { roomId: BigInt(room.id) } })
  const [department, region] = ['城东营业部', '东区一片']
  const customer = await make.customer({ ownerId: people.sales.id, department, region }, name)
  const known = await anItem(customer)
  const item = await anItem(customer, { title, secrecy: 'top_secret', keeperId: keeper.id, placeId: place.id })
  await pool.query('update archive_item set remark = $2 where id = $1', [item.id, remark])
  number = item.number
  const at = `/archive/items/${number}`
  const forms = ['correction', 'place', 'level', 'terms', 'missing', 'found', 'contents/new']
  const ways = ['picture', 'thumbnail', 'pdf', 'file']
  const silent = [
    at,
    `${at}?n=1`,
    ...forms.map((form) => `${at}/${form}`),
    ...ways.map((way) => `${at}/contents/1/${way}`),
    '/archive/rooms',
    `/archive/rooms/${room.id}`,
    `/archive/rooms/${room.id}?cabinet=1`,
    `/archive/rooms/${room.id}/places/${place.id}`,
  ]
  // These are about the customer, whom the reader may know; of the item they tell number, mark and keeper.
  const about = [
    `/archive/files/${known.file.number}`,
    `/archive/files/${known.file.number}/items/new`,
    `/customers/${customer.number}`,
    `/customers/${customer.number}/history`,
    `/customers/${customer.number}/history?kind=archive`,
  ]
  addresses = [...silent.map((url) => ({ url, ofCustomer: false })), ...about.map((url) => ({ url, ofCustomer: true }))]
})

const cleared = ['info_supervisor', 'cs_manager', 'general_manager']

describe('ARC-02: an item above its reader', () => {
  it.each(cast.map(({ role }) => role).filter((role) => !cleared.includes(role)))(
    'tells %s nothing but number, mark and keeper',
    { timeout: 60_000 },
    async (role) => {
      const browser = await signIn(people[role])
      for (const { url, ofCustomer } of addresses) {
        const answer = await fetchBytes(browser, url)
        const told = Buffer.isBuffer(answer.body) ? answer.body.toString() : ''
        for (const canary of [title, remark, ...(ofCustomer ? [] : [name])])
          expect(told.includes(canary), `${role} ${url} ${answer.status}`).toBe(false)
      }
    },
  )

  it.each(cleared)('and %s, who is cleared, what it is', async (role) => {
    const browser = await signIn(people[role as keyof Cast])
    const { $ } = await browser.visit(`/archive/items/${number}`)
    expect($('h1').text()).toContain(title)
    // ARC-06: knowing what it is opens nothing yet.
    expect($('.refusal').attr('data-rule')).toBe('ARC-06')
    expect($('#content')).toHaveLength(0)
  })

  it('what an item was called before it was raised shows no more in the timeline', async () => {
    const customer = await make.customer({ ownerId: people.sales.id })
    const open = await anItem(customer, { title: '升密前的金丝雀' })
    const desk = await signIn(people.archivist)
    await desk.submit(`/archive/items/${open.number}/correction`, { title: '升密前的金丝雀二号', ink: 'printed' })
    const sales = await signIn(people.sales)
    const history = `/customers/${customer.number}/history`
    expect((await sales.visit(history)).$('.history').text()).toContain('金丝雀二号')
    await pool.query(`update archive_item set secrecy = 'confidential', keeper_id = $2 where id = $1`, [
      open.id,
      people.cs_manager.id,
    ])
    for (const url of [history, `/customers/${customer.number}`]) {
      const { $ } = await sales.visit(url)
      expect($('.history').text()).toContain(open.number)
      expect($('main').text()).not.toContain('金丝雀')
    }
  })
})
