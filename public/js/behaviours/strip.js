// A row that scrolls sideways: the current one comes into sight, and an edge that hides more fades.
export default function strip(row) {
  const mark = () => {
    const after = row.scrollWidth - row.clientWidth - row.scrollLeft
    row.dataset.more = [row.scrollLeft > 1 && 'before', after > 1 && 'after'].filter(Boolean).join(' ')
  }
  const current = row.querySelector(':scope > [aria-current]')
  if (current) {
    const [at, of] = [current.getBoundingClientRect(), row.getBoundingClientRect()]
    row.scrollLeft += at.left + at.width / 2 - (of.left + of.width / 2)
  }
  mark()
  row.addEventListener('scroll', mark, { passive: true })
  const sizes = new ResizeObserver(mark)
  sizes.observe(row)
  return () => sizes.disconnect()
}
