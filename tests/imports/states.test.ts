import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ImportState } from '../../prisma/client/enums.ts'
import { storedReading } from '../../src/imports/reading.ts'
import { importStates, isMoving, type ImportAct } from '../../src/imports/states.ts'
import { Refused } from '../../src/lib/refused.ts'

const states = Object.values(ImportState)
const acts: ImportAct[] = ['start', 'cancel', 'run', 'finish', 'fail', 'resume', 'undo', 'finish_undo']

it.each`
  from         | act              | to
  ${'mapping'} | ${'start'}       | ${'waiting'}
  ${'mapping'} | ${'cancel'}      | ${'cancelled'}
  ${'running'} | ${'cancel'}      | ${'cancelled'}
  ${'running'} | ${'fail'}        | ${'failed'}
  ${'failed'}  | ${'resume'}      | ${'waiting'}
  ${'done'}    | ${'undo'}        | ${'undoing'}
  ${'undoing'} | ${'finish_undo'} | ${'undone'}
  ${'undoing'} | ${'fail'}        | ${'failed'}
  ${'failed'}  | ${'undo'}        | ${'undoing'}
`('CUS-15: $act leads from $from to $to', ({ from, act, to }) => expect(importStates.next(from, act)).toBe(to))

it.each([
  ['running', 'undo'],
  ['mapping', 'undo'],
  ['undoing', 'cancel'],
  ['done', 'resume'],
  ['waiting', 'start'],
] as const)('CUS-15: from %s nobody can %s', (from, act) => expect(() => importStates.next(from, act)).toThrow(Refused))

it('CUS-15: undone is final, and whatever moves comes to rest', () => {
  expect(importStates.acts('undone')).toEqual([])
  const step = fc.constantFrom(...acts)
  fc.assert(
    fc.property(fc.constantFrom(...states), fc.array(step, { maxLength: 12 }), (start, tried) => {
      let state = start
      for (const act of tried) if (importStates.acts(state).includes(act)) state = importStates.next(state, act)
      if (isMoving(state)) expect(importStates.acts(state).length).toBeGreaterThan(0)
      if (start === 'undone') expect(state).toBe('undone')
    }),
  )
})

it('an import of an earlier release is read with what it lacks', () => {
  expect(storedReading({ columns: ['name'], kind: 'person' })).toMatchObject({
    columns: ['name'],
    kind: 'person',
    noChineseName: false,
    source: 'existing',
    purpose: 'service',
    sheet: null,
  })
})
