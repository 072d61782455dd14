/** What may be stored. Archives, SVG, HTML, programs and papers of old formats, which may hide macros, may not. */
export const kinds = {
  pdf: { type: 'application/pdf', extensions: ['pdf'], icon: 'document' },
  png: { type: 'image/png', extensions: ['png'], icon: 'photo' },
  jpeg: { type: 'image/jpeg', extensions: ['jpg', 'jpeg'], icon: 'photo' },
  webp: { type: 'image/webp', extensions: ['webp'], icon: 'photo' },
  tiff: { type: 'image/tiff', extensions: ['tif', 'tiff'], icon: 'photo' },
  docx: {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extensions: ['docx'],
    icon: 'document',
  },
  xlsx: {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extensions: ['xlsx'],
    icon: 'table',
  },
  pptx: {
    type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    extensions: ['pptx'],
    icon: 'document',
  },
  // GB/T 33190: electronic invoices and official papers come in it.
  ofd: { type: 'application/ofd', extensions: ['ofd'], icon: 'document' },
  text: { type: 'text/plain', extensions: ['txt', 'csv'], icon: 'file' },
} as const satisfies Record<string, { type: string; extensions: readonly string[]; icon: string }>

export type Kind = keyof typeof kinds

export const pictures: readonly Kind[] = ['png', 'jpeg', 'webp', 'tiff']
export const packages = ['docx', 'xlsx', 'pptx', 'ofd'] as const
export type Package = (typeof packages)[number]

const names = Object.keys(kinds) as Kind[]

export function kindByExtension(extension: string): Kind | null {
  return names.find((name) => (kinds[name].extensions as readonly string[]).includes(extension)) ?? null
}

export function kindByType(type: string): Kind | null {
  return names.find((name) => kinds[name].type === type) ?? null
}

/** For the file field: .pdf,.png,… */
export const accepted = names.flatMap((name) => kinds[name].extensions.map((one) => `.${one}`)).join(',')
