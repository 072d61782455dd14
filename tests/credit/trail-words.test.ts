import { expect, it } from 'vitest'
import { auditActions, actionSentence, featureOfAction } from '../../src/audit/actions.ts'
import { translateIfKnown } from '../../src/i18n.ts'

const features = [
  'credit',
  'ledger',
  'contracts',
  'releases',
  'releaseList',
  'overrides',
  'guarantees',
  'creditTerms',
  'repayment',
  'liabilities',
  'ageing',
  'shipping',
  'tokens',
]
const acts = auditActions.filter((action) => features.includes(featureOfAction(action)!))

it('AUD-03: an act of credit is a whole sentence also where the trail names no document', () => {
  expect(acts.length).toBeGreaterThan(50)
  for (const language of ['zh', 'en'] as const)
    for (const action of acts) {
      const said = translateIfKnown(language, `${featureOfAction(action)}:history.${action}`)!
      expect(said.replace(/(?: \{\w+\})+$/, ''), action).toBe(actionSentence(language, action))
      expect(actionSentence(language, action), action).not.toMatch(/\s(?:for|by|of|to|against)$|[:：，]$|^[A-Z](?!PI)/)
    }
})
