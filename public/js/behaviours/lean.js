// A form whose fields become the address leaves out what is empty: the address stays one to read and to keep.
export default function lean(form) {
  const empty = () => [...form.elements].filter((field) => field.name && field.value === '' && !field.disabled)
  form.addEventListener(
    'submit',
    () => {
      const left = empty()
      for (const field of left) field.disabled = true
      setTimeout(() => left.forEach((field) => (field.disabled = false)))
    },
    { capture: true },
  )
}
