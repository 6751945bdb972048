export type AppErrorCode =
  | 'not-found'
  | 'unauthenticated'
  | 'forbidden'
  | 'invalid-input'
  | 'unavailable'
  | 'too-many'
  | 'source'

const foreseen = Symbol.for('order-journey.foreseen')

/** A failure we foresaw. Its message is safe to show; its `cause` is for the log. */
export abstract class AppError extends Error {
  abstract readonly code: AppErrorCode
  readonly [foreseen] = true
}

/** Not `instanceof`: a production build holds several copies of a class, and one process shares what they throw. */
export const isAppError = (error: unknown): error is AppError =>
  error instanceof Error && foreseen in error

/** Unknown, or outside the viewer's scope: nobody can tell the two apart. */
export class NotFoundError extends AppError {
  override readonly name = 'NotFoundError'
  readonly code = 'not-found'
  /** Sources that could not be asked, so that the page can name them. */
  readonly silent: readonly string[]

  constructor(message = 'No such order', silent: readonly string[] = []) {
    super(message)
    this.silent = silent
  }
}

export class UnauthenticatedError extends AppError {
  override readonly name = 'UnauthenticatedError'
  readonly code = 'unauthenticated'
}

/** The message names the missing capability. */
export class ForbiddenError extends AppError {
  override readonly name = 'ForbiddenError'
  readonly code = 'forbidden'
  readonly capability: string

  constructor(capability: string, message = `Missing right: ${capability}`) {
    super(message)
    this.capability = capability
  }
}

/** `field` is the input that was wrong, as its sender named it. */
export class InvalidInputError extends AppError {
  override readonly name = 'InvalidInputError'
  readonly code = 'invalid-input'
  readonly field: string

  constructor(field: string, message: string) {
    super(message)
    this.field = field
  }
}

/** Something without which there is no answer: our store, the audit, every order database at once. */
export class UnavailableError extends AppError {
  override readonly name = 'UnavailableError'
  readonly code = 'unavailable'
  readonly missing: readonly string[]

  constructor(message: string, missing: readonly string[] = [], cause?: unknown) {
    super(message, { cause })
    this.missing = missing
  }
}

/** One more than a person, or this process, may hold open. */
export class TooManyError extends AppError {
  override readonly name = 'TooManyError'
  readonly code = 'too-many'
}

/** `timeout` no answer in time · `unreachable` no connection · `rejected` refused us (401, 403, 5xx) ·
 *  `malformed` an answer that cannot be read · `too-large` more bytes than we take · `busy` our own bulkhead
 *  refused · `open` our breaker is open after repeated failures. */
export type SourceFault =
  | 'timeout'
  | 'unreachable'
  | 'rejected'
  | 'malformed'
  | 'too-large'
  | 'busy'
  | 'open'

/** An outside system did not answer, or answered with something we cannot read. */
export class SourceError extends AppError {
  override readonly name = 'SourceError'
  readonly code = 'source'
  /** As in `SourceReport.source`: `jaeger`, or `orders:<database>`. */
  readonly source: string
  readonly fault: SourceFault

  constructor(source: string, fault: SourceFault, cause?: unknown) {
    super(`${source}: ${fault}`, { cause })
    this.source = source
    this.fault = fault
  }
}

export const isSourceError = (error: unknown): error is SourceError =>
  isAppError(error) && error.code === 'source'
