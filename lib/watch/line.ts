/** One open stream, seen from the side that speaks. */
export type Line = {
  readonly body: ReadableStream<Uint8Array>
  /** False: it did not fit, because the reader is slow or the piece is big. Nothing was sent. */
  send(bytes: Uint8Array): boolean
  /** Sends what there is room for, and hangs up. */
  close(last?: Uint8Array): void
}

/** What waits for a slow reader, at most; bytes. */
const BUFFER_BYTES = 256 * 1024

/** A stream that buffers no more than so much; `onGone` is called when the reader goes away. */
export function openLine(onGone: () => void, bufferBytes = BUFFER_BYTES): Line {
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null
  const body = new ReadableStream<Uint8Array>(
    {
      start(begun) {
        controller = begun
      },
      cancel() {
        controller = null
        onGone()
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: bufferBytes }),
  )

  function send(bytes: Uint8Array): boolean {
    if (!controller || (controller.desiredSize ?? 0) < bytes.byteLength) return false
    controller.enqueue(bytes)
    return true
  }

  return {
    body,
    send,
    close(last) {
      if (last) send(last)
      controller?.close()
      controller = null
    },
  }
}
