// How hard a password is to guess, in words. It is advice: the one rule the desk enforces is ten
// characters, because the data on a stolen machine is as safe as the weakest password.

export const minPassword = 10

export interface Strength {
  level: 0 | 1 | 2 | 3
  word: string
  advice: string
}

const runs = ['0123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm']
const common = ['password', 'admin', '123456', 'woaini', '1qaz2wsx', 'iloveyou', 'aa123456']

/** strength judges a password; known holds names an attacker would try first. */
export function strength(password: string, known: string[] = []): Strength {
  const chars = [...password]
  if (chars.length === 0) return { level: 0, word: '', advice: `至少 ${minPassword} 个字符` }
  if (chars.length < minPassword) {
    return { level: 0, word: '太短', advice: `还差 ${minPassword - chars.length} 个字符` }
  }
  const low = password.toLowerCase()
  const named = known.find((k) => [...k].length >= 2 && low.includes(k.toLowerCase()))
  if (named) return { level: 1, word: '弱', advice: '含有单位或本人的名称，容易被猜到' }
  if (common.some((c) => low.includes(c)) || hasRun(low, 5)) {
    return { level: 1, word: '弱', advice: '含有常见密码或连续字符，容易被猜到' }
  }
  if (new Set(chars).size < 6) return { level: 1, word: '弱', advice: '重复的字符太多' }
  if (chars.length >= 16 || (chars.length >= 12 && kinds(password) >= 3)) {
    return { level: 3, word: '强', advice: '' }
  }
  return { level: 2, word: '可用', advice: '再长一些更好，一句话就很好记' }
}

function kinds(text: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((r) => r.test(text)).length
}

function hasRun(text: string, length: number): boolean {
  const both = runs.flatMap((r) => [r, [...r].reverse().join('')])
  for (let i = 0; i + length <= text.length; i++) {
    const piece = text.slice(i, i + length)
    if (both.some((r) => r.includes(piece))) return true
  }
  return false
}
