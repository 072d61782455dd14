/** What kind of error it was; its text may hold data of customers and stays in the log. */
export function failureOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Error'
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name
}
