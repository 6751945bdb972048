export const dynamic = 'force-dynamic'

/** The process lives; it says nothing about anything else. */
export const GET = () => new Response('ok', { headers: { 'cache-control': 'no-store' } })
