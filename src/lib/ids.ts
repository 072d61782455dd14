/** How an id stands in JSON, which knows no bigint. */
export function idText(id: bigint): string
export function idText(id: bigint | null | undefined): string | null
export function idText(id: bigint | null | undefined): string | null {
  return id === null || id === undefined ? null : String(id)
}

/** The way back. */
export const idOf = (text: string | null): bigint | null => (text === null ? null : BigInt(text))
