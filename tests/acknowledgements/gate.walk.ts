import { it } from 'vitest'
import { cast } from '../support/cast.ts'
import { expectGate } from './gated.ts'

it.each(cast.map(({ role }) => role))(
  'ARC-19: %s, who has not acknowledged, is sent to read first from every route and form of such an act',
  expectGate,
)
