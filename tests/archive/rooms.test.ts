import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/db.ts'
import { acknowledged, anItem } from '../support/archive.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { make, theCast } from '../support/make.ts'
import { aRoom, rulesOn } from './desk.ts'

let desk: Browser
let keeper: { id: bigint; number: string; name: string }
beforeAll(async () => {
  const { archivist, cs_manager } = await theCast()
  keeper = cs_manager
  await acknowledged(archivist, cs_manager)
  desk = await signIn(archivist)
})

const nameOf = (word: string) => `${word}${Math.random()}`

describe('rooms and places', () => {
  it('ARC-01: a room, then its places in one form: those that are there are not doubled', async () => {
    const name = nameOf('蓬莱库房')
    const made = await desk.submit('/archive/rooms/new', { name })
    expect(made.$('h1').text()).toBe(name)
    const home = made.url
    const four = { cabinetFrom: '1', cabinetTo: '2', shelves: '3', positions: '4' }
    const placed = await desk.submit(`${home}/places`, four)
    expect(placed.$('#notice').text()).toContain('新生成 24 个柜位')
    expect(placed.$('.cabinet tbody tr')).toHaveLength(3)
    expect(placed.$('.cabinet tbody tr').first().find('td')).toHaveLength(4)
    expect(placed.$('.cabinets a')).toHaveLength(2)
    const more = await desk.submit(`${home}/places`, { ...four, cabinetTo: '3' })
    expect(more.$('#notice').text()).toContain('新生成 12 个柜位')
    const again = await desk.submit(`${home}/places`, four)
    expect([again.status, rulesOn(again)]).toEqual([422, ['ARC-01']])
  })

  it('ARC-01: a place shows what lies there; what lies in it keeps the room from being closed', async () => {
    const { id, name } = await aRoom()
    const place = await db.archivePlace.findFirstOrThrow({ where: { roomId: BigInt(id), shelf: 1, position: 2 } })
    const item = await anItem(await make.customer(), { placeId: place.id })
    const room = await desk.visit(`/archive/rooms/${id}`)
    expect(room.$('.lede').text()).toContain('1 / 6 格')
    const there = await desk.visit(`/archive/rooms/${id}/places/${place.id}`)
    expect(there.$('h1').text()).toBe(`${name} 1 柜 1 层 2 格`)
    expect(there.$('tbody').text()).toContain(item.title)
    const closing = await desk.submit(`/archive/rooms/${id}/closing`)
    expect([closing.status, rulesOn(closing)]).toEqual([422, ['ARC-04']])
    expect((await desk.visit(`/archive/rooms/${id}/places/999999999`)).status).toBe(404)
  })

  it('an empty room is closed, and nothing is put into it after', async () => {
    const { id } = await aRoom()
    const list = await desk.submit(`/archive/rooms/${id}/closing`)
    expect(list.url).toBe('/archive/rooms')
    const late = await desk.post(`/archive/rooms/${id}/places`, {
      ...(await desk.fieldsOf('/language', '/profile')),
      cabinetFrom: '9',
      cabinetTo: '9',
      shelves: '1',
      positions: '1',
    })
    expect(late.status).toBeGreaterThanOrEqual(400)
    expect(await db.archivePlace.count({ where: { roomId: BigInt(id), cabinet: 9 } })).toBe(0)
  })

  it('ARC-02: a separate room has a keeper, and stays separate while something classified lies in it', async () => {
    const name = nameOf('机要室')
    const without = await desk.submit('/archive/rooms/new', { name, separate: 'on' })
    expect([without.status, rulesOn(without)]).toEqual([422, ['ARC-02']])
    expect(without.$('[name=name]').val()).toBe(name)
    const made = await desk.submit('/archive/rooms/new', { name, separate: 'on', keeper: keeper.number })
    await desk.submit(`${made.url}/places`, { cabinetFrom: '1', cabinetTo: '1', shelves: '1', positions: '1' })
    const roomId = BigInt(made.url.split('/').at(-1)!)
    const place = await db.archivePlace.findFirstOrThrow({ where: { roomId } })
    const item = await anItem(await make.customer(), { secrecy: 'top_secret', placeId: place.id, keeperId: keeper.id })
    const opened = await desk.submit(`${made.url}/correction`, { separate: '' })
    expect([opened.status, rulesOn(opened)]).toEqual([422, ['ARC-02']])
    const there = await desk.visit(`${made.url}/places/${place.id}`)
    expect(there.$('main').text()).toContain('另有 1 份没有向你开放')
    for (const secret of [item.title, item.number, item.customer.name])
      expect(there.$('main').text()).not.toContain(secret)
  })

  it('two with the same name: the second is told', async () => {
    const name = nameOf('云外库房')
    await desk.submit('/archive/rooms/new', { name })
    const second = await desk.submit('/archive/rooms/new', { name })
    expect([second.status, rulesOn(second)]).toEqual([422, ['ARC-01']])
  })
})
