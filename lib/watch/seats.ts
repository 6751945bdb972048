import type { Viewer } from '@/lib/access/viewer'
import { TooManyError } from '@/lib/errors'

type Limits = { readonly perPerson: number; readonly perProcess: number }

type Person = Pick<Viewer, 'issuer' | 'subject'>

export type Seats = {
  /** Takes a place and answers how to give it back, which may be done twice. Throws `too-many`. */
  take(person: Person): () => void
  readonly taken: () => number
}

/** The places for open streams: a person is the same in every browser. */
export function createSeats({ perPerson, perProcess }: Limits): Seats {
  const held = new Map<string, number>()
  let taken = 0

  return {
    taken: () => taken,
    take({ issuer, subject }) {
      const key = JSON.stringify([issuer, subject])
      const own = held.get(key) ?? 0
      if (own >= perPerson)
        throw new TooManyError(`At most ${perPerson} orders are followed at once by one person`)
      if (taken >= perProcess) throw new TooManyError('Too many orders are being followed')
      held.set(key, own + 1)
      taken += 1
      let given = false
      return () => {
        if (given) return
        given = true
        taken -= 1
        const left = (held.get(key) ?? 1) - 1
        if (left > 0) held.set(key, left)
        else held.delete(key)
      }
    },
  }
}
