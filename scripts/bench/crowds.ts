import { openHouse } from '@/e2e/http/house'
import { readyCaller, refusalsOf, reportOf } from '@/e2e/http/hurt'
import { atMost, type Figure, note } from './figure'

const CROWD = 300
const IN_FLIGHT = 8
/** For its turn at the source, with some room for the way there. */
const WAIT_MS = 2_100

/** Three hundred look-ups of different orders at once, while the trace store takes half a second for each call. */
export async function* measureCrowds(): AsyncGenerator<Figure> {
  const caller = await readyCaller()
  const house = await openHouse({ name: 'bench-crowd', severity: { slowMs: 500 } })
  try {
    for (const id of caller.takeIds(8)) await caller.open(house, id)
    house.jaeger.set('slow')
    house.calls.reset()
    const answers = await Promise.all(
      caller.takeIds(CROWD).map((id, at) => caller.open(house, id, `127.4.0.${(at % 20) + 1}`)),
    )
    const reports = answers
      .filter(({ status }) => status === 200)
      .map((answer) => reportOf(answer, 'jaeger'))
    const busy = reports.filter((report) => report?.reason === 'busy')
    for (const refusal of refusalsOf(answers)) note(refusal)
    note(`${CROWD} at once: ${busy.length} were told "busy"`)
    const broken = answers.filter(({ status }) => status >= 500).length
    yield atMost(`${CROWD} at once: answers that failed (5xx)`, broken, 0, 'failures')
    yield atMost(`${CROWD} at once: most in flight`, house.calls.seen.most, IN_FLIGHT, 'calls')
    const waited = Math.max(0, ...busy.map((report) => report?.tookMs ?? 0))
    yield atMost(`${CROWD} at once: longest wait for "busy"`, waited, WAIT_MS, 'ms')
  } finally {
    await house.close()
  }
}
