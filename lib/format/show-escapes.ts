/** Writes everything but printable ASCII as `\u{…}`: a look-alike letter or a hidden mark becomes visible. */
export const showEscapes = (text: string): string =>
  text.replace(/[^\x20-\x7e]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`)
