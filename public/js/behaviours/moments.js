// Buttons that write a moment into a field of the form: one press instead of typing. Without a script there are none.
export default function moments(part) {
  const input = part.closest('form')?.elements.namedItem(part.dataset.for)
  if (!input) return
  part.hidden = false
  part.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-moment]')
    if (!button) return
    input.value = button.dataset.moment
    input.dispatchEvent(new Event('change', { bubbles: true }))
  })
}
