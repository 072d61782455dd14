/** What keeps the product from starting, in one sentence a person can act on; start.mjs prints it without a stack. */
export class StartProblem extends Error {
  override name = 'StartProblem'
  constructor(zh: string, en: string, options?: ErrorOptions) {
    super(`${zh}\n${en}`, options)
  }
}
