type Pace = { passed: number; wait: number }

/**
 * When a count is worth asking for: not at every step, for the figure cannot be passed sooner than by as many steps as
 * are missing to it. Each process knows its own steps alone, so it also asks after `most` of them.
 */
export function pacer(most: number) {
  const paces = new Map<string, Pace>()
  return {
    /** One more step; how many there were since the last asking when it is time to ask, else nought. */
    step(key: string): number {
      const { passed, wait } = paces.get(key) ?? { passed: 0, wait: 1 }
      const due = passed + 1 >= wait
      paces.set(key, due ? { passed: 0, wait: 1 } : { passed: passed + 1, wait })
      return due ? passed + 1 : 0
    },
    /** The answer: so many steps stay below the figure. */
    rest(key: string, below: number): void {
      const { passed } = paces.get(key) ?? { passed: 0 }
      paces.set(key, { passed, wait: Math.max(1, Math.min(most, below + 1)) })
    },
    forget: () => paces.clear(),
  }
}
