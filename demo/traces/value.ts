import type { AnyValue, KeyValue, Value } from './span'

/** The text a search compares, and the one that stands for arrays and maps in the legacy dialect. */
export function toText(value: Value): string {
  if (typeof value === 'string') return value
  if (value.arrayValue || value.kvlistValue) return toJson(value)
  return toPlain(value)
}

/** The JSON of a nested value, with the keys of maps in order. */
export function toJson(value: AnyValue): string {
  if (value.arrayValue) return `[${(value.arrayValue.values ?? []).map(toJson).join(',')}]`
  if (value.kvlistValue) {
    const fields = [...(value.kvlistValue.values ?? [])].sort(byKey).map(toField)
    return `{${fields.join(',')}}`
  }
  if (value.stringValue !== undefined || value.bytesValue !== undefined)
    return JSON.stringify(toPlain(value))
  return toPlain(value) || 'null'
}

const toPlain = (value: AnyValue): string =>
  String(
    value.stringValue ??
      value.intValue ??
      value.doubleValue ??
      value.boolValue ??
      value.bytesValue ??
      '',
  )

const toField = ({ key, value }: KeyValue) => `${JSON.stringify(key)}:${toJson(value)}`
const byKey = (a: KeyValue, b: KeyValue) => (a.key < b.key ? -1 : 1)
