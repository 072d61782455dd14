import { word } from '../words.js'

const usual = 10

// Leaves after ten seconds, or as many as the page says; waits while one points at it, is in it, or looks elsewhere. What can be taken back does not
// wait: the server counts, too.
export default function notice(part) {
  const left = part.querySelector('.left')
  let rest = Number(part.dataset.seconds ?? usual)
  const waits = () => !left && (document.hidden || part.matches(':hover, :focus-within'))
  const tell = () => left && (left.textContent = word('seconds', { n: rest }))
  const clock = setInterval(() => {
    if (waits()) return
    rest -= 1
    tell()
    if (rest <= 0) leave()
  }, 1000)
  tell()
  const leave = () => {
    clearInterval(clock)
    part.dataset.leaving = ''
    setTimeout(() => part.remove(), 150)
  }
  part.querySelector('.close').addEventListener('click', leave)
  return () => clearInterval(clock)
}

/** Says a sentence where the notices are. An alert stays until it is closed. */
export function say(sentence, role) {
  const part = document.createElement('div')
  part.className = 'notice'
  part.setAttribute('role', role)
  const text = document.createElement('span')
  text.textContent = sentence
  const close = document.createElement('button')
  close.type = 'button'
  close.className = 'btn-link close'
  close.setAttribute('aria-label', word('close'))
  close.textContent = '×'
  close.addEventListener('click', () => part.remove())
  part.append(text, close)
  document.getElementById('notice')?.replaceChildren(part)
}
