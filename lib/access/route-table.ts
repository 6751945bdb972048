import type { Action } from './policy'

type Wrapped = {
  /** As in the build's manifest. */
  readonly path: string
  readonly methods: readonly ('GET' | 'POST' | 'DELETE')[]
  readonly maker: 'definePage' | 'defineRoute'
  readonly action: Action
}

type Exception = {
  readonly path: string
  readonly methods: readonly ('GET' | 'POST')[]
  readonly maker: 'exception'
  /** Why it is not made by a wrapper that asks the gate. */
  readonly why: string
}

/** Every page and route handler of the product. The build's manifest is held against it, in both directions. */
export const ROUTES: readonly (Wrapped | Exception)[] = [
  { path: '/', methods: ['GET'], maker: 'definePage', action: 'order.lookup' },
  { path: '/orders/[orderId]', methods: ['GET'], maker: 'definePage', action: 'journey.view' },
  {
    path: '/api/orders/[orderId]/journey',
    methods: ['GET'],
    maker: 'defineRoute',
    action: 'journey.json',
  },
  {
    path: '/api/orders/[orderId]/events',
    methods: ['GET'],
    maker: 'defineRoute',
    action: 'journey.stream',
  },
  { path: '/api/systems', methods: ['GET'], maker: 'defineRoute', action: 'sources.status' },
  {
    path: '/api/preferences',
    methods: ['POST'],
    maker: 'defineRoute',
    action: 'preferences.own',
  },
  {
    path: '/signin',
    methods: ['GET'],
    maker: 'exception',
    why: 'Nobody is signed in yet',
  },
  {
    path: '/no-role',
    methods: ['GET'],
    maker: 'exception',
    why: 'Says to a person without a role whom to ask',
  },
  {
    path: '/api/auth/[...nextauth]',
    methods: ['GET', 'POST'],
    maker: 'exception',
    why: 'The OpenID Connect flow of next-auth',
  },
  {
    path: '/api/logout',
    methods: ['POST'],
    maker: 'exception',
    why: 'Ends the session that asks, whatever its rights; checks the Origin itself',
  },
  {
    path: '/api/backchannel-logout',
    methods: ['POST'],
    maker: 'exception',
    why: 'The provider proves itself by a signed token',
  },
  {
    path: '/api/csp-report',
    methods: ['POST'],
    maker: 'exception',
    why: 'Browsers report without a session',
  },
  { path: '/healthz', methods: ['GET'], maker: 'exception', why: 'Says that the process lives' },
  {
    path: '/readyz',
    methods: ['GET'],
    maker: 'exception',
    why: 'Says it to this machine, and whom READYZ_FROM names',
  },
]
