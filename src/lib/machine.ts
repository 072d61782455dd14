import { Refused, type Refusal } from './refused.ts'
import type { Key } from '../i18n.ts'

type Transitions<State extends string, Act extends string> = Readonly<
  Record<State, Readonly<Partial<Record<Act, State>>>>
>

/** A life in states: which act leads from which state to which; every other act is refused with this rule and reason. */
export function machine<State extends string, Act extends string>(
  rule: string,
  reason: Key,
  transitions: Transitions<State, Act>,
) {
  return {
    /** The acts that are open in this state. */
    acts: (state: State) => Object.keys(transitions[state]) as Act[],
    /** Where the act leads, or throws Refused. */
    next(state: State, act: Act): State {
      const to = transitions[state][act]
      if (to === undefined) throw new Refused([{ rule, reason }])
      return to
    },
    /** What stands against the act in this state, before anything was typed. */
    problems: (state: State, act: Act): Refusal[] => (transitions[state][act] === undefined ? [{ rule, reason }] : []),
  }
}
