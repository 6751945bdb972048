const FUNCTION = /^[A-Za-z_<$][A-Za-z0-9_.$:<>/+`-]{0,199}$/
const FILE = /^[A-Za-z0-9_][A-Za-z0-9_.+-]{0,119}$/
const MAX_FRAMES = 30

/** JavaScript and Java, JavaScript without a name, Python, .NET: the more exact form first, for `(File.java:12)` reads as arguments too. */
const FORMS: readonly RegExp[] = [
  /^\s*at (?:async )?(?:new )?(?<fn>[^\s(]+) ?\((?<file>[^()]+?):(?<line>\d{1,7})(?::\d{1,7})?\)\s*$/,
  /^\s*at (?<fn>)(?<file>[^\s()]+):(?<line>\d{1,7}):\d{1,7}\s*$/,
  /^\s*File "(?<file>[^"]+)", line (?<line>\d{1,7}), in (?<fn>\S+)\s*$/,
  /^\s*at (?<fn>[^\s(]+)(?:\(.*\))?(?: in (?<file>.+):line (?<line>\d{1,7}))?\s*$/,
]

/** Function, base name and line of each frame; every other text of a stack trace is discarded. null: no frame in it. */
export function stackFrames(text: string): string | null {
  const frames = text
    .split('\n')
    .slice(0, 500)
    .flatMap((line) => toFrame(line) ?? [])
  return frames.length === 0 ? null : frames.slice(0, MAX_FRAMES).join('\n')
}

function toFrame(line: string): string | null {
  if (line.length > 1_000) return null
  for (const pattern of FORMS) {
    const groups = pattern.exec(line)?.groups
    if (!groups) continue
    const fn = FUNCTION.test(groups.fn ?? '') ? groups.fn : '?'
    const file = groups.file?.split(/[\\/]/).at(-1) ?? ''
    const place = FILE.test(file) ? ` (${file}:${groups.line})` : ''
    return fn === '?' && place === '' ? null : `at ${fn}${place}`
  }
  return null
}
