import { expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { StartProblem } from '../../src/launch/problem.ts'

const always = { SESSION_SECRET: 'a heron stands on one leg in the rain', PUBLIC_URL: 'https://kehu.guanghan.example' }
const oidc = { OIDC_ISSUER: 'https://login.guanghan.example/realms/staff', OIDC_CLIENT_ID: 'kehu' }

it('ACC-01: the company’s own sign-in is set up whole or not at all', () => {
  expect(readConfig(always).sso).toBeUndefined()
  expect(readConfig({ ...always, ...oidc }).sso).toEqual({
    issuer: oidc.OIDC_ISSUER,
    clientId: 'kehu',
    clientSecret: undefined,
    name: '公司账户',
  })
  expect(() => readConfig({ ...always, OIDC_ISSUER: oidc.OIDC_ISSUER })).toThrow(StartProblem)
  expect(() => readConfig({ ...always, ...oidc, PUBLIC_URL: '' })).toThrow('PUBLIC_URL')
})

it.each([
  ['production', 'http://127.0.0.1:4000', false],
  ['development', 'http://127.0.0.1:4000', true],
  ['test', 'http://localhost:4000', true],
  ['development', 'http://login.guanghan.example', false],
  ['development', 'ftp://127.0.0.1', false],
  ['production', 'https://login.guanghan.example?x=1', false],
])('ACC-01: in %s the issuer %s is taken: %s', (env, issuer, taken) => {
  const read = () => readConfig({ ...always, ...oidc, NODE_ENV: env, OIDC_ISSUER: issuer })
  if (taken) expect(read().sso?.issuer).toBe(issuer)
  else expect(read).toThrow(StartProblem)
})
