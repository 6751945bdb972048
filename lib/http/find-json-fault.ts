const DEPTH = 32
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g

type Level = { readonly keys: Set<string> | null; expectsKey: boolean }

/** Why valid JSON is still refused: nested deeper than 32, or a key said twice. Null where it is fine. */
export function findJsonFault(text: string): string | null {
  const levels: Level[] = []
  for (const [token] of text.matchAll(TOKENS)) {
    const level = levels.at(-1)
    if (token === '{') levels.push({ keys: new Set(), expectsKey: true })
    else if (token === '[') levels.push({ keys: null, expectsKey: false })
    else if (token === '}' || token === ']') levels.pop()
    else if (token === ',' && level?.keys) level.expectsKey = true
    else if (token.startsWith('"') && level?.keys && level.expectsKey) {
      const key: string = JSON.parse(token)
      if (level.keys.has(key)) return `the key ${key.slice(0, 40)} is there twice`
      level.keys.add(key)
      level.expectsKey = false
    }
    if (levels.length > DEPTH) return `nested deeper than ${DEPTH}`
  }
  return null
}
