import { isSourceError, type SourceFault } from '@/lib/errors'
import { type Finding, missing, ok, toMessage, warn } from './finding'

/** What one HEAD of an order's own file said. */
type Tried = {
  readonly state: 'there' | 'absent' | 'forbidden' | 'unclear'
  readonly proven: boolean
  readonly bucket: string
}

const CURES: Readonly<Record<SourceFault, string>> = {
  unreachable: 'is S3_ENDPOINT right, port included? An own CA goes into S3_CA_FILE',
  timeout: 'does a firewall swallow it? curl -m 2 -I "$S3_ENDPOINT"',
  rejected: 'S3_REGION is not the region of the bucket, or S3_ENDPOINT wants S3_PATH_STYLE=0',
  malformed: 'S3_ENDPOINT is no file storage: a proxy or a console answers there',
  'too-large': 'a proxy answers in its place: see what it sends',
  busy: 'it wants to be left alone: run the doctor again',
  open: 'run the doctor again',
}

/**
 * Whether the newest order's file can be looked at. `look` is null where no storage is configured; it gives null
 * where no order has a file.
 */
export async function checkFiles(look: (() => Promise<Tried | null>) | null): Promise<Finding[]> {
  if (!look)
    return [
      warn(
        's3',
        'not configured: whether an order’s file is there is not known',
        'S3_ENDPOINT=https://…, or S3_REGION=… for AWS',
      ),
    ]
  try {
    const tried = await look()
    return [tried ? judge(tried) : ok('s3', 'configured; no order names a file to try it with')]
  } catch (error) {
    const cure = isSourceError(error) ? CURES[error.fault] : 'look at the S3_ variables'
    return [missing('s3', toMessage(error), cure)]
  }
}

function judge({ state, proven, bucket }: Tried): Finding {
  const resource = `"arn:aws:s3:::${bucket}"`
  if (state === 'there') return ok('s3', `an order's file is found in ${bucket}`)
  if (state === 'absent')
    return proven
      ? ok('s3', `answers for ${bucket}`)
      : missing(
          's3',
          `says "not found" to the newest files of ${bucket}`,
          'is this the storage that the orders’ file_bucket and file_key mean? S3_ENDPOINT, S3_REGION',
        )
  if (state === 'forbidden')
    return missing(
      's3',
      `does not let us look at files of ${bucket}: a wrong key, a missing right or a wrong clock`,
      [
        'S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY; the clock of this machine; and, for that user:',
        `{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": ${resource.replace(/"$/, '/*"')} }`,
        `{ "Effect": "Allow", "Action": "s3:ListBucket", "Resource": ${resource} }`,
      ].join('\n'),
    )
  return warn('s3', 'answered in a way that says nothing of a file', 'what stands between?')
}
