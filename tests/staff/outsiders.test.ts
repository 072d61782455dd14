import { describe, expect, it } from 'vitest'
import type { Role } from '../../prisma/client/enums.ts'
import { db } from '../../src/db.ts'
import { roles } from '../../src/staff/forms.ts'
import { routes } from '../../src/routes.ts'
import { signIn, visitor } from '../support/browser.ts'
import { theCast } from '../support/make.ts'

describe('PPL-03: outsiders never get an account', () => {
  it('no form open to everybody makes one, whatever it is sent', async () => {
    const open = routes.filter(({ kind, allow }) => kind === 'form' && allow.act.startsWith('public.'))
    expect(open.length).toBeGreaterThan(1)
    const before = await db.staff.count()
    const guest = visitor()
    const { _csrf } = await guest.fieldsOf('/sign-in')
    const told = {
      name: '门外人',
      account: 'C90001',
      password: '一句谁也想不到的话',
      email: 'a@waibu.example',
      role: 'sales',
    }
    for (const { path } of open) await guest.post(path, { _csrf: _csrf!, ...told })
    expect(await db.staff.count()).toBe(before)
    expect((await guest.visit('/staff/new')).url).toContain('/sign-in')
  })

  it.each(roles.filter((role: Role) => role !== 'system_admin'))('%s opens none', async (role) => {
    const browser = await signIn((await theCast())[role])
    expect((await browser.visit('/staff/new')).status).toBe(403)
  })
})
