import { tellEnding } from './telling.ts'

/** Every morning: what ends within thirty days is told of. */
export async function remindOfAgreements(now: Date): Promise<{ told: number }> {
  return { told: await tellEnding(now) }
}
