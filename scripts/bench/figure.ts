/** One measured value beside what it should be. */
export type Figure = {
  readonly name: string
  readonly value: number
  readonly unit: '' | 'ms' | 's' | 'kB' | 'MB/min' | '%' | 'calls' | 'failures'
  readonly goal: number
  /** Which side of the goal is good. */
  readonly good: 'at most' | 'at least'
}

export const atMost = (
  name: string,
  value: number,
  goal: number,
  unit: Figure['unit'] = '',
): Figure => ({ name, value, unit, goal, good: 'at most' })

export const atLeast = (
  name: string,
  value: number,
  goal: number,
  unit: Figure['unit'] = '',
): Figure => ({ name, value, unit, goal, good: 'at least' })

/** A value that nothing could be measured for falls short. */
export const isShort = ({ value, goal, good }: Figure): boolean =>
  good === 'at most' ? !(value <= goal) : !(value >= goal)

/** `name  figure  goal  ok|short`, one line; any figure that falls short makes the exit code 1. */
export function print(figure: Figure): void {
  const { name, value, unit, goal, good } = figure
  const verdict = isShort(figure) ? 'short' : 'ok'
  process.stdout.write(
    `${name.padEnd(64)}  ${show(value, unit).padStart(12)}  ${good === 'at most' ? '≤' : '≥'} ${show(goal, unit).padEnd(10)}  ${verdict}\n`,
  )
  if (verdict === 'short') process.exitCode = 1
}

const show = (value: number, unit: Figure['unit']): string =>
  `${Number.isInteger(value) ? value : value.toFixed(value < 10 ? 2 : 1)}${unit && ` ${unit}`}`

/** What explains a figure, and is none. */
export const note = (text: string): void => void process.stdout.write(`  ${text}\n`)

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
