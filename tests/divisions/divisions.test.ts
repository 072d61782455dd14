import { beforeAll, describe, expect, it } from 'vitest'
import { signIn, visitor, type Browser, type Page } from '../support/browser.ts'
import { make } from '../support/make.ts'

let browser: Browser
beforeAll(async () => {
  browser = await signIn(await make.staff([{ role: 'front_desk' }]))
})

const ask = (query: Record<string, string>) => browser.visit(`/divisions?${new URLSearchParams(query).toString()}`)
const offered = ({ $ }: Page, list: string) =>
  $(`[data-list="${list}"] option`)
    .map((_at, option) => $(option).attr('value'))
    .get()

describe('CUS-10: what a form offers while one types', () => {
  it('the provinces at first, and nothing below', async () => {
    const page = await ask({})
    expect(page.status).toBe(200)
    expect(offered(page, 'province')).toHaveLength(34)
    expect(offered(page, 'city')).toEqual([])
    expect(offered(page, 'district')).toEqual([])
  })

  it('the cities of a province, as people write it', async () => {
    const page = await ask({ province: '浙江' })
    expect(offered(page, 'city')).toContain('杭州市')
    expect(offered(page, 'city')).not.toContain('苏州市')
    expect(offered(page, 'district')).toEqual([])
  })

  it('the districts of a city, with or without the province', async () => {
    expect(offered(await ask({ province: '浙江省', city: '杭州' }), 'district')).toContain('西湖区')
    expect(offered(await ask({ city: '杭州市' }), 'district')).toContain('西湖区')
    expect(offered(await ask({ province: '北京' }), 'district')).toContain('朝阳区')
    expect(offered(await ask({ province: '北京市', city: '北京市' }), 'district')).toContain('朝阳区')
    expect(offered(await ask({ province: '湖北' }), 'district')).toContain('仙桃市')
  })

  it('still something where one part is not known', async () => {
    const page = await ask({ province: '浙江', city: '苏州' })
    expect(offered(page, 'city')).toContain('杭州市')
    expect(offered(await ask({ province: '蓬莱' }), 'province')).toHaveLength(34)
  })
})

it('CUS-10: shows the codes to whoever looks one up', async () => {
  const page = await ask({ province: '浙江', city: '杭州' })
  expect(page.$('h1').text()).toBe('杭州市')
  expect(page.$('tr:contains("西湖区") td').text()).toBe('330106')
  const province = await ask({ province: '浙江' })
  expect(province.$('a:contains("杭州市")').attr('href')).toMatch(/^\/divisions\?/)
})

it('is for people who signed in', async () => {
  expect((await visitor().visit('/divisions')).url).toMatch(/^\/sign-in/)
})
