import { expect } from 'vitest'
import { signIn } from '../support/browser.ts'
import type { Person } from '../support/cast.ts'
import { textOf } from '../support/pdf.ts'
import { allSecrets, type makeCanary } from './canary.ts'

type Canary = Awaited<ReturnType<typeof makeCanary>>

export const leaked = (text: string): string[] => allSecrets.filter((secret) => text.includes(secret))

/** Every way to the canary that is a page or a file of lines. */
function addressesOf({ number, contact }: Canary): string[] {
  const here = `/customers/${number}`
  const found = ['金丝雀', 'jsq', '9876', '8765', '5432', number, '陆小鹿', 'lxl']
  return [
    '/',
    '/customers',
    ...found.flatMap((q) => [`/customers?q=${encodeURIComponent(q)}`, `/search?q=${encodeURIComponent(q)}`]),
    `/search?q=lxl&group=contacts`,
    `/customers/export?q=${encodeURIComponent('金丝雀')}`,
    `/customers/export/file?format=csv&q=${encodeURIComponent('金丝雀')}`,
    here,
    `${here}?in=`,
    `${here}/history`,
    ...['record', 'contacts', 'copies', 'reads'].map((kind) => `${here}/history?kind=${kind}`),
    ...['identity', 'reach', 'background', 'life', 'assignment', 'print'].map((part) => `${here}/${part}`),
    ...['contacts/new', `contacts/${contact}`, `contacts/${contact}/removal`].map((part) => `${here}/${part}`),
    ...['phone', 'morePhones', 'email', 'wechat', 'code', 'creditNote'].map((field) => `${here}/unmaskings/${field}`),
    ...['phones', 'email', 'wechat'].map((field) => `${here}/contacts/${contact}/unmaskings/${field}`),
    '/audit',
    `/audit?subject=${number}`,
    '/imports',
  ]
}

/** PRV-02: no page, list, search, form, history or audit shows this person what is masked. */
export async function expectMasked(canary: Canary, person: Person, blind: boolean): Promise<void> {
  const browser = await signIn(person)
  const out: string[] = []
  let opened = 0
  for (const url of addressesOf(canary)) {
    const { response, status } = await browser.visit(url)
    if (status === 200) opened++
    out.push(...leaked(response.text ?? '').map((secret) => `${url}: ${secret}`))
  }
  expect(out).toEqual([])
  expect(opened).toBeGreaterThan(blind ? 0 : 12)
}

/** PRV-02: nor does the printed file. */
export async function expectMaskedFile({ number }: Canary, person: Person): Promise<void> {
  const browser = await signIn(person)
  const response = await browser.agent.get(`/customers/${number}/file.pdf`).buffer(true)
  if (response.status !== 200) return expect([403, 404]).toContain(response.status)
  const text = textOf(response.body as Buffer)
  expect(text).toContain('186****9876')
  expect(leaked(text.replaceAll(/[\s|]/g, ''))).toEqual([])
}
