// A button that goes back, where there is somewhere to go back to.
export default function back(button) {
  button.hidden = window.history.length < 2
  button.addEventListener('click', () => window.history.back())
}
