import { word } from '../words.js'

export default function copy(part) {
  const button = part.querySelector('button')
  const label = button.querySelector('span')
  const before = label.textContent
  button.hidden = false
  button.addEventListener('click', async () => {
    await put(part.querySelector('.secret'))
    label.textContent = word('copied')
    setTimeout(() => (label.textContent = before), 2000)
  })
}

// The clipboard is open to https and localhost only; on an intranet over http the old way still works.
async function put(source) {
  if (navigator.clipboard) return navigator.clipboard.writeText(source.textContent)
  window.getSelection().selectAllChildren(source)
  document.execCommand('copy')
}
