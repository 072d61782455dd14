// The list of requests: what is ticked, of one kind at a time, and the one that is open kept in sight.
// What was ticked stays so while one of them, or another, is decided by itself.
const kept = new Set()

export default function inbox(part) {
  const boxes = [...part.querySelectorAll('.first input')]
  const bar = part.querySelector('.together')
  for (const box of boxes) box.checked ||= kept.has(box.name)
  const show = () => {
    const ticked = boxes.filter((box) => box.checked)
    kept.clear()
    for (const { name } of ticked) kept.add(name)
    for (const box of boxes) box.disabled = ticked.length > 0 && box.dataset.kind !== ticked[0].dataset.kind
    if (!bar) return
    bar.toggleAttribute('data-idle', ticked.length === 0)
    bar.querySelector('[data-plain]').hidden = ticked.length > 0
    bar.querySelector('[data-counted]').hidden = ticked.length === 0
    bar.querySelector('[data-count]').textContent = ticked.length
    bar.querySelector('button').hidden = ticked.length === 0
  }
  part.addEventListener('change', show)
  show()
  part.querySelector('[aria-current=true]')?.closest('li').scrollIntoView({ block: 'nearest' })
}
