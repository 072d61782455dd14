/** The address when it lies on this site, else home: `//x`, `/\x`, `https:x` and encoded tricks lead nowhere else. */
export function ownPath(address: string | undefined): string {
  if (!address || !address.startsWith('/') || /[\\\s]|[^ -~]/.test(address)) return '/'
  const base = 'http://own.invalid'
  if (!URL.canParse(address, base)) return '/'
  const url = new URL(address, base)
  if (url.origin !== base || url.pathname.startsWith('//') || /^\/(%2f|%5c)/i.test(url.pathname)) return '/'
  return url.pathname + url.search
}
