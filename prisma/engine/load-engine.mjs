import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** The same engine as Prisma's own binary, compiled to WebAssembly. */
export async function loadEngine() {
  // Where the engine leaves its last words when it breaks.
  globalThis.PRISMA_WASM_PANIC_REGISTRY ??= {
    set_message(message) {
      this.message = message
    },
  }
  const { resolve } = createRequire(import.meta.url)
  const folder = path.dirname(resolve('@prisma/schema-engine-wasm/schema_engine_bg'))
  const engine = await import(path.join(folder, 'schema_engine_bg.js'))
  const wasm = new WebAssembly.Module(fs.readFileSync(path.join(folder, 'schema_engine_bg.wasm')))
  const { exports } = new WebAssembly.Instance(wasm, { './schema_engine_bg.js': engine })
  engine.__wbg_set_wasm(exports)
  exports.__wbindgen_start()
  return engine
}
