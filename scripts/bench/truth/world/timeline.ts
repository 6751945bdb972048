/** Things that happen one after the other; what happens may arrange what happens later. */
export type Timeline = {
  readonly now: () => number
  /** Arranges something. What is arranged for the same moment happens in the order in which it was arranged. */
  readonly at: (moment: number, happen: () => void) => void
  /** Lets everything happen that was arranged up to that moment. */
  readonly run: (until: number) => void
}

type Arranged = { readonly moment: number; readonly happen: () => void }

export function createTimeline(): Timeline {
  const arranged: Arranged[] = []
  let now = Number.NEGATIVE_INFINITY

  return {
    now: () => now,
    at(moment, happen) {
      const when = Math.max(moment, now)
      let [low, high] = [0, arranged.length]
      while (low < high) {
        const middle = (low + high) >> 1
        if ((arranged[middle]?.moment ?? 0) <= when) low = middle + 1
        else high = middle
      }
      arranged.splice(low, 0, { moment: when, happen })
    },
    run(until) {
      for (let next = arranged[0]; next && next.moment <= until; next = arranged[0]) {
        arranged.shift()
        now = next.moment
        next.happen()
      }
      now = until
    },
  }
}
