/** The address of an order's page. */
export const toOrderPath = (orderId: string): string => `/orders/${encodeURIComponent(orderId)}`
