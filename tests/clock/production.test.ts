import { expect, it } from 'vitest'
import { config } from '../../src/config.ts'
import { routes } from '../../src/routes.ts'
import { signIn } from '../support/browser.ts'
import { theCast } from '../support/make.ts'

it('CAL-01: the clock cannot be moved where it is not development', async () => {
  expect(config.env).not.toBe('development')
  expect(routes.filter(({ path }) => path.startsWith('/clock'))).toEqual([])
  const browser = await signIn((await theCast()).system_admin)
  const page = await browser.visit('/calendar')
  expect((await browser.visit('/clock')).status).toBe(404)
  for (const path of ['/clock', '/clock/to', '/clock/back'])
    expect(
      (await browser.post(path, { _csrf: String(page.$('[name=_csrf]').val()), n: '1', unit: 'days' })).status,
    ).toBe(404)
})
