/** What a route answers. */
export type Reply = {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

const TEXT = 'text/plain; charset=utf-8'

export const asJson = (json: unknown): Reply => ({
  status: 200,
  contentType: 'application/json',
  body: JSON.stringify(json),
})

/** JSON that says it is text: how v1 writes all of v3, and every version its errors. */
export const asPlainJson = (status: number, json: unknown): Reply => ({
  status,
  contentType: TEXT,
  body: `${JSON.stringify(json)}\n`,
})

export const asText = (status: number, body: string): Reply => ({ status, contentType: TEXT, body })

export const asHtml = (body: string): Reply => ({
  status: 200,
  contentType: 'text/html; charset=utf-8',
  body,
})

export const NOT_FOUND = asText(404, '404 page not found\n')
