// Old syntax on purpose, here and in start.mjs: an old Node must get this far to say its sentence.
var found = process.versions.node.split('.').map(Number)

if (found[0] < 20 || (found[0] === 20 && found[1] < 19)) {
  console.error('需要 Node.js 20.19 或更新的版本，当前是 ' + process.version + '，请从 https://nodejs.org 安装。')
  console.error('Node.js 20.19 or newer is needed, this is ' + process.version + ': install it from https://nodejs.org')
  process.exit(1)
}
