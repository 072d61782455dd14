import { readFileSync } from 'node:fs'

/**
 * Ends, as if told to, when npm ends: it passes no SIGTERM on to what it started, and killed it cannot, so that the
 * server would go on unseen and hold its port.
 */
export function endWithNpm() {
  if (!process.env.npm_execpath?.endsWith('npm-cli.js')) return
  const before = starters()
  const watch = setInterval(() => {
    if (starters() === before) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 200)
  watch.unref()
}

/** Our parent, and npm above it when that is only npm's shell. */
function starters() {
  const [shell, npm] = factsOf(process.ppid)
  return /^(sh|dash|bash)$/.test(shell) ? `${process.ppid} ${npm}` : String(process.ppid)
}

function factsOf(pid) {
  try {
    const [, name, parent] = /\((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))
    return [name, parent]
  } catch {
    return []
  }
}
