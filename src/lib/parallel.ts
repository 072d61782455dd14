/** Waits for all of them at once; the answers under the names of the questions. */
export async function inParallel<T extends Record<string, unknown>>(
  questions: T,
): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
  const answers = await Promise.all(Object.values(questions))
  return Object.fromEntries(Object.keys(questions).map((name, at) => [name, answers[at]])) as {
    [K in keyof T]: Awaited<T[K]>
  }
}
