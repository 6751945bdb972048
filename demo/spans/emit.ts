import type { Problem } from '@/demo/company/order'
import type { AnyValue, KeyValue, OtlpSpan } from './otlp'

export type Service = 'shop-api' | 'crm-api' | 'mes-api'

/** A finished span on its way out; `end` is epoch milliseconds. */
export type Emitted = {
  readonly service: Service
  readonly scope: string
  readonly end: number
  readonly span: OtlpSpan
}

export type Values = Readonly<
  Record<string, string | number | boolean | readonly string[] | null | undefined>
>

export type Context = { readonly traceId: string; readonly spanId: string }

export type Made = {
  readonly service: Service
  readonly scope: string
  readonly name: string
  readonly kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer'
  readonly at: number
  readonly ms: number
  readonly traceId: string
  readonly spanId: string
  readonly parentId?: string | null | undefined
  readonly links?: readonly Context[]
  readonly values: Values
  readonly error?: Problem | null
}

const KIND = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const

/** One span as its library would write it. Infinite ones never end, so they are never sent. */
export function emit(out: Emitted[], made: Made): Context {
  const context = { traceId: made.traceId, spanId: made.spanId }
  if (!Number.isFinite(made.at) || !Number.isFinite(made.ms)) return context
  const end = made.at + made.ms
  const { error } = made
  out.push({
    service: made.service,
    scope: made.scope,
    end,
    span: {
      ...context,
      ...(made.parentId && { parentSpanId: made.parentId }),
      name: made.name,
      kind: KIND[made.kind],
      startTimeUnixNano: nanos(made.at),
      endTimeUnixNano: nanos(end),
      attributes: toAttributes({ ...made.values, ...(error && { 'error.type': error.type }) }),
      ...(error && {
        events: [
          {
            timeUnixNano: nanos(end),
            name: 'exception',
            attributes: toAttributes({
              'exception.type': error.type,
              'exception.message': error.message,
              'exception.stacktrace': stack(error, made.service),
            }),
          },
        ],
        status: { code: 2, message: error.message },
      }),
      ...(made.links?.length && { links: made.links }),
    },
  })
  return context
}

const nanos = (at: number): string => {
  const whole = Math.floor(at)
  return `${whole}${String(Math.floor((at - whole) * 1e6)).padStart(6, '0')}`
}

const stack = ({ type, message }: Problem, service: Service): string =>
  service === 'mes-api'
    ? `${type}: ${message}\n   at Mes.Orders.OrderHandler.Handle(Message m) in /src/Mes/OrderHandler.cs:line 118`
    : `${type}: ${message}\n\tat ru.alexandrite.orders.OrderService.save(OrderService.java:214)\n\tat java.base/java.lang.Thread.run(Thread.java:1583)`

export function toAttributes(values: Values): KeyValue[] {
  const list: KeyValue[] = []
  for (const key in values) {
    const value = values[key]
    if (value !== null && value !== undefined) list.push({ key, value: toValue(value) })
  }
  return list
}

function toValue(value: string | number | boolean | readonly string[]): AnyValue {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number')
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
  return { arrayValue: { values: value.map((stringValue) => ({ stringValue })) } }
}
