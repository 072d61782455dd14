// Parts of a form that depend on another answer of it: shown only when it fits (data-when="relation=cooperating", several answers with |), or worded
// for it (data-words="kind" with the words "label|hint" for each answer). Without a script everything shows, worded for all.
export default function when(form) {
  const parts = [...form.querySelectorAll('[data-when]')]
  const worded = [...form.querySelectorAll('[data-words]')]
  const answer = (name) => new FormData(form).get(name)

  function show() {
    for (const part of parts) {
      const [name, wanted] = part.dataset.when.split('=')
      part.hidden = !wanted.split('|').includes(answer(name))
    }
    for (const part of worded) {
      const words = part.dataset[answer(part.dataset.words)]
      if (!words) continue
      const [label, hint] = words.split('|')
      part.querySelector('label > span').firstChild.data = label
      part.querySelector('.hint').textContent = hint
    }
  }
  form.addEventListener('change', show)
  show()
}
