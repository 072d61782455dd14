const mega = 1024 * 1024

/** As the limit counts: 20 MB are 20 × 1024 × 1024. */
export const megabytes = (bytes: number) => `${Number((bytes / mega).toFixed(1)).toLocaleString('en-US')} MB`

/** What is nearly full does not look free. */
export const roundUp = (bytes: number) => megabytes(Math.ceil((bytes / mega) * 10) * (mega / 10))

/** 3 B, 48 KB, 1.8 MB */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < mega) return `${Math.round(bytes / 1024).toLocaleString('en-US')} KB`
  return megabytes(bytes)
}
