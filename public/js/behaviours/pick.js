// Check-boxes in rows: one for the whole page, and the count with what can be done to them.
export default function pick(part) {
  const all = part.querySelector('thead .first input')
  const rows = [...part.querySelectorAll('tbody .first input')]
  const bar = part.querySelector('.picked:has([data-count])')
  const plain = bar?.querySelector('[data-plain]')
  const counted = bar?.querySelector('[data-counted]')
  const show = () => {
    const picked = rows.filter((row) => row.checked).length
    if (all)
      Object.assign(all, {
        checked: picked > 0 && picked === rows.length,
        indeterminate: picked > 0 && picked < rows.length,
      })
    if (!bar) return
    bar.hidden = picked === 0
    if (plain) plain.hidden = true
    if (counted) counted.hidden = false
    bar.querySelector('[data-count]').textContent = picked
  }
  part.addEventListener('change', ({ target }) => {
    if (target === all) rows.forEach((row) => (row.checked = all.checked))
    show()
  })
  if (all) all.hidden = false
  show()
}
