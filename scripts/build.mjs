// `npm run build`: the production build, where the sources have changed since the last one.
import path from 'node:path'
import { build, bundleDemo, installPackages } from './prepare.mjs'

process.chdir(path.resolve(import.meta.dirname, '..'))
await installPackages()
await bundleDemo()
await build({ types: !process.argv.includes('--without-types') })
