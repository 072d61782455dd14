// A value that may be seen for a minute is masked again when it is over, also after the computer slept.
export default function remask(part) {
  const over = Date.now() + Number(part.dataset.seconds) * 1000
  const left = part.querySelector('[data-left]')
  const show = () => {
    const seconds = Math.ceil((over - Date.now()) / 1000)
    if (seconds > 0) return void (left.textContent = left.dataset.left.replace('{n}', seconds))
    clearInterval(clock)
    const value = part.querySelector('.copy')
    value.replaceWith(Object.assign(document.createElement('span'), { className: 'masked', textContent: part.dataset.masked }))
    left.hidden = true
    part.querySelector('[data-over]').hidden = false
  }
  const clock = setInterval(show, 1000)
  document.addEventListener('visibilitychange', show)
  return () => {
    clearInterval(clock)
    document.removeEventListener('visibilitychange', show)
  }
}
