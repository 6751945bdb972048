import { expect, test } from 'vitest'
import { stackFrames } from './stack-frames'

test('keeps functions, base names and lines, and discards all other text', () => {
  const trace = [
    'MeshException: jane@example.com has 3 holes',
    '   at Mes.Price.Run(String id) in /home/jane/src/Price.cs:line 42',
    '   at Mes.Price.<Run>b__0()',
    '\tat com.shop.Order.submit(Order.java:17)',
    '    at submit (/app/jane/order.js:10:5)',
    '    at /app/order.js:11:5',
    '  File "/srv/jane/price.py", line 7, in price',
    'Caused by: token=hunter2',
    '\t... 12 more',
  ].join('\n')
  expect(stackFrames(trace)?.split('\n')).toEqual([
    'at Mes.Price.Run (Price.cs:42)',
    'at Mes.Price.<Run>b__0',
    'at com.shop.Order.submit (Order.java:17)',
    'at submit (order.js:10)',
    'at ? (order.js:11)',
    'at price (price.py:7)',
  ])
})

test('has nothing to say of a text without frames', () => {
  expect(stackFrames('jane@example.com')).toBe(null)
})
