import type { ComingStage } from './journey'
import type { Course } from './to-course'
import type { Status } from './types'

/** The statuses still ahead on the channel's path; none where the order ended or stands beside the path. */
export function toComingStages(current: Status, course: Course): readonly ComingStage[] {
  const path = course.pipeline.channels.find(({ id }) => id === course.channel)?.path ?? []
  const place = path.indexOf(current)
  if (place < 0 || course.terminal(current)) return []

  return path.slice(place + 1).flatMap((status) => {
    const system = course.owner(status)
    return system === null ? [] : [{ status, system }]
  })
}
