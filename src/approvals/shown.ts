import type { Actor } from '../access/actor.ts'
import { ask, db, reads, type Tx } from '../db.ts'
import { NotFound } from '../lib/refused.ts'
import type { Card } from './contract.ts'
import { handlers } from './handlers.ts'
import { kindOf } from './kinds.ts'
import { requestFor, stepsOf, type SeenRequest, type StepRow } from './reading.ts'
import { signersOf, standingOf, type Standing } from './standing.ts'

/** Whose turn it is, and whether that is this reader's. */
export type Turn = { stepId: bigint; standing: Standing; names: string[]; people: number }
/** All that one screen needs about a request (APR-03). */
export type Shown = { request: SeenRequest; card: Card; steps: StepRow[]; turn: Turn | null }

export async function shownFor(actor: Actor, request: SeenRequest, now: Date): Promise<Shown> {
  const steps = stepsOf(request.id)
  const [card, turn] = await Promise.all([
    handlers[request.kind].card(actor, request, now),
    steps.then((all) => turnAmong(actor, all, now)),
  ])
  return { request, card, steps: await steps, turn }
}

/** So many are named; of the rest the number. */
const namesShown = 3

// What decides and what is shown ask the same questions, there of a transaction and here of the reading connection.
const reading = () =>
  ({ ...reads, staff: db.staff, approvalStep: db.approvalStep, delegation: db.delegation }) as unknown as Tx

/** Null where nobody's turn has come, or nobody's will. */
export const turnFor = async (actor: Actor, { id }: SeenRequest, now: Date): Promise<Turn | null> =>
  turnAmong(actor, await stepsOf(id), now)

async function turnAmong(actor: Actor, steps: readonly StepRow[], now: Date): Promise<Turn | null> {
  const step = steps.find(({ state }) => state === 'open')
  if (!step) return null
  const known = signersOf(reading(), step)
  const [standing, signers] = await Promise.all([standingOf(reading(), actor, step, now, known), known])
  const people = signers.filter((id) => !step.excluded.includes(id))
  const named = await ask<{ name: string }>`
    select name from staff where id = any(${people}::bigint[]) order by pinyin, id limit ${namesShown}`
  return { stepId: step.id, standing, names: named.map(({ name }) => name), people: people.length }
}

/** Those of the ticked that wait for this reader and can be decided together; others are left out. */
export async function shownTicked(actor: Actor, numbers: readonly string[], now: Date): Promise<Shown[]> {
  const found: Shown[] = []
  for (const number of numbers) {
    const request = await requestFor(actor, number, now).catch(ifThere)
    if (!request || !kindOf(request.kind).together) continue
    const shown = await shownFor(actor, request, now)
    if (shown.turn && shown.turn.standing.by !== 'none') found.push(shown)
  }
  return found
}

function ifThere(error: unknown): null {
  if (error instanceof NotFound) return null
  throw error
}
