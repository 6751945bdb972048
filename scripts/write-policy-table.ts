import fs from 'node:fs'
import { toPolicyTable } from '@/lib/access/to-policy-table'

// The table in the documents is printed from the table that decides; a test holds them against each other.
const FILE = 'docs/security.md'
const BETWEEN = /(?<=<!-- policy:begin -->\n)[\s\S]*(?=\n<!-- policy:end -->)/

const text = fs.readFileSync(FILE, 'utf8')
if (!BETWEEN.test(text)) throw new Error(`${FILE} has no marks policy:begin and policy:end`)
fs.writeFileSync(
  FILE,
  text.replace(BETWEEN, () => toPolicyTable()),
)
