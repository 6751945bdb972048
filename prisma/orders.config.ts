import { defineConfig } from 'prisma/config'

export default defineConfig({ schema: 'orders/schema.prisma' })
