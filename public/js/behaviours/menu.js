// A <details> menu closes like a menu: Esc, a press elsewhere, the focus leaving; arrows walk through it.
export default function menu(details) {
  const items = () => [...details.querySelectorAll('.menu-list :is(a, button)')]
  const close = () => (details.open = false)
  const elsewhere = (event) => details.open && !details.contains(event.target) && close()

  details.addEventListener('keydown', (event) => {
    if (!details.open) return
    if (event.key === 'Escape') {
      event.stopPropagation()
      close()
      details.querySelector('summary').focus()
    }
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!by) return
    event.preventDefault()
    const all = items()
    const at = all.indexOf(document.activeElement)
    all[at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length].focus()
  })
  details.addEventListener(
    'focusout',
    ({ relatedTarget }) => relatedTarget && !details.contains(relatedTarget) && close(),
  )
  details.addEventListener('click', (event) => event.target.closest('.menu-list a') && close())
  document.addEventListener('click', elsewhere)
  return () => document.removeEventListener('click', elsewhere)
}
