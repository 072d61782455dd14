// A button that opens the browser's own way to print.
export default function printPage(button) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
