/** The ways in which a text is written: plain, in JSON, in JSON within JSON, as Go writes JSON, in a URL, in hexadecimal. */
export function spellings(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const go = json.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  // Half a character, which JSON may hold, cannot stand in a URL.
  const url = encodeURIComponent(text.replace(/\p{Surrogate}/gu, ""));
  const form = url.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const hex = Buffer.from(text).toString("hex");
  return [
    text,
    ...[json, go].flatMap((written) => [written, JSON.stringify(written).slice(1, -1)]),
    ...[url, form].flatMap((written) => [
      written,
      written.replaceAll("%20", "+"),
      written.replace(/%../g, (code) => code.toLowerCase()),
    ]),
    hex,
    hex.toUpperCase(),
  ];
}

const BASE64 = /[A-Za-z0-9+/_-]{8,}={0,2}/g;

/** Puts `mask` in place of each run of base64 that holds one of the texts, also next to others, as in `user:password`. */
export function withoutBase64Of(texts: readonly string[], mask: string): (text: string) => string {
  if (texts.length === 0) return (text) => text;
  const inBytes = texts.map((each) => Buffer.from(each).toString("latin1"));
  return (text) => text.replace(BASE64, (run) => (holds(run, inBytes) ? mask : run));
}

/** Base64 within base64, as of a file in a Secret that was encoded already. */
const MAX_NESTING = 2;

/** Its beginning may be no base64. */
function holds(run: string, texts: readonly string[], depth = 1): boolean {
  return [0, 1, 2, 3].some((start) => {
    const decoded = Buffer.from(run.slice(start), "base64").toString("latin1");
    if (texts.some((text) => decoded.includes(text))) return true;
    return (
      depth < MAX_NESTING && [...decoded.matchAll(BASE64)].some(([inner]) => holds(inner, texts, depth + 1))
    );
  });
}
