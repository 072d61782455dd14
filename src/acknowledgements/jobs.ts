import { tellEnding } from './commands.ts'

/** Every morning: who must read the three prohibitions again within thirty days is told. */
export async function remindOfEnding(now: Date): Promise<{ told: number }> {
  return { told: await tellEnding(now) }
}
