import type { Refusal } from '../../lib/refused.ts'
import { isClassified } from '../levels.ts'
import { mostLabels } from './forms.ts'
import type { Labelled } from './queries.ts'

/** What is refused: nothing chosen, or more than fits on ten sheets. */
export function labelProblems(found: readonly unknown[]): Refusal[] {
  if (found.length === 0) return [{ rule: 'ARC-02', reason: 'archiveList:labelling.refused.none' }]
  return found.length > mostLabels
    ? [{ rule: 'ARC-02', reason: 'archiveList:labelling.refused.tooMany', params: { most: mostLabels } }]
    : []
}

/** ARC-02: from 机密 up no label names the customer, and no title, which may name it. */
export const namesOn = ({ secrecy, customer, title }: Pick<Labelled, 'secrecy' | 'customer' | 'title'>): string[] =>
  isClassified(secrecy) ? [] : [customer, title].filter((one): one is string => Boolean(one))
