import { config } from '../config.ts'
import { folderStore } from './folder-store.ts'
import type { Store } from './shelf.ts'

let store: Promise<Store> | undefined

export function theStore(): Promise<Store> {
  store ??= open()
  // What failed is tried again, not remembered.
  store.catch(() => (store = undefined))
  return store
}

async function open(): Promise<Store> {
  const { filesS3, filesDir } = config
  if (!filesS3) return folderStore(filesDir)
  // Its libraries cost 15 MB of memory: only who uses them loads them.
  const { s3Store } = await import('./s3-store.ts')
  return s3Store(filesS3)
}
