import { describe, expect, test } from 'vitest'
import { metricNames } from '../metric-names'
import { candidates, chooseNames } from './names'

const choose = (...there: readonly string[]) => chooseNames(new Set(there), {}, 'mes-api')

describe('metrics of spans', () => {
  test.each([
    [
      'OpenTelemetry, ms',
      'traces_span_metrics_calls_total',
      'traces_span_metrics_duration_milliseconds_bucket',
      'ms',
      'span_name',
    ],
    [
      'OpenTelemetry, s',
      'traces_span_metrics_calls_total',
      'traces_span_metrics_duration_seconds_bucket',
      's',
      'span_name',
    ],
    ['no namespace', 'calls_total', 'duration_milliseconds_bucket', 'ms', 'span_name'],
    ['the old processor', 'calls_total', 'latency_bucket', 'ms', 'operation'],
    [
      'Tempo',
      'traces_spanmetrics_calls_total',
      'traces_spanmetrics_latency_bucket',
      's',
      'span_name',
    ],
    [
      'a graph of services',
      'traces_service_graph_request_total',
      'traces_service_graph_request_server_seconds_bucket',
      's',
      null,
    ],
  ])('%s', (_, calls, duration, unit, operation) => {
    expect(choose(duration, calls).spans).toMatchObject({
      calls,
      duration: { metric: duration, unit },
      operation,
    })
  })

  test('have no durations where their unit is nowhere said', () => {
    expect(choose('calls', 'duration_bucket').spans).toMatchObject({
      calls: 'calls',
      duration: null,
    })
    expect(choose('calls_total').spans).toMatchObject({ calls: 'calls_total', duration: null })
  })

  test('are taken in the order of their families', () => {
    const both = choose(
      'calls_total',
      'duration_milliseconds_bucket',
      'traces_span_metrics_calls_total',
      'traces_span_metrics_duration_seconds_bucket',
    )
    expect(both.spans?.calls).toBe('traces_span_metrics_calls_total')
    expect(choose().spans).toBeNull()
  })

  test('may have names of their own', () => {
    const own = metricNames.parse({
      spans: {
        calls: 'rpc_calls_total',
        duration: { metric: 'rpc_seconds_bucket', unit: 's' },
        service: 'app',
        operation: null,
        kind: null,
        failed: { label: 'code', value: '5xx' },
      },
    })
    expect(candidates(own)).toContain('rpc_calls_total')
    expect(candidates(own)).not.toContain('calls_total')
    expect(
      chooseNames(new Set(['rpc_calls_total', 'rpc_seconds_bucket']), own, null).spans,
    ).toEqual(own.spans)
  })

  test.each(['a"b', 'up or vector(1)', 'x{y="z"}', ''])('have no name like %j', (calls) => {
    expect(metricNames.safeParse({ spans: { calls } }).success).toBe(false)
    expect(
      metricNames.safeParse({
        inProgress: [{ metric: calls, label: null, service: 'a', operation: null }],
      }).success,
    ).toBe(false)
  })
})

describe('metrics of the broker', () => {
  test('are the detailed ones before those of every object', () => {
    const both = ['rabbitmq_queue_messages_ready', 'rabbitmq_detailed_queue_messages_ready']
    expect(choose(...both).gauges).toEqual({ ready: 'rabbitmq_detailed_queue_messages_ready' })
    expect(
      choose('rabbitmq_queue_messages_ready', 'rabbitmq_channel_messages_acked_total'),
    ).toMatchObject({
      gauges: { ready: 'rabbitmq_queue_messages_ready' },
      totals: { acked: 'rabbitmq_channel_messages_acked_total' },
    })
  })

  test('are never counted twice', () => {
    expect(choose('rabbitmq_global_messages_dead_lettered_confirmed_total').counters).toEqual([])
  })
})
