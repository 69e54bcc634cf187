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

/** A part of a run of base64: an expression for 20 MB of it runs out of stack. */
const BASE64_PART = /[A-Za-z0-9+/_-]{1,100000}={0,2}/g;
const MIN_RUN_LENGTH = 8;

/** Where runs of base64 are in the text. */
function runsIn(text: string): { readonly from: number; readonly to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (const { 0: part, index } of text.matchAll(BASE64_PART)) {
    const last = runs.at(-1);
    if (last?.to === index && text[index - 1] !== "=") last.to = index + part.length;
    else runs.push({ from: index, to: index + part.length });
  }
  return runs.filter(({ from, to }) => to - from >= MIN_RUN_LENGTH);
}

/** Puts `mask` in place of each run of base64 that holds one of the texts, also next to others, as in `user:password`. */
export function withoutBase64Of(texts: readonly string[], mask: string): (text: string) => string {
  if (texts.length === 0) return (text) => text;
  const inBytes = texts.map((each) => Buffer.from(each).toString("latin1"));
  return (text) => {
    let shown = "";
    let done = 0;
    for (const { from, to } of runsIn(text)) {
      if (!holds(text.slice(from, to), inBytes)) continue;
      shown += text.slice(done, from) + mask;
      done = to;
    }
    return done === 0 ? text : shown + text.slice(done);
  };
}

/** Base64 within base64, as of a file in a Secret that was encoded already. */
const MAX_NESTING = 2;

/** Its beginning may be no base64. */
function holds(run: string, texts: readonly string[], depth = 1): boolean {
  return [0, 1, 2, 3].some((start) => {
    // PowerShell encodes UTF-16, of which every second byte is empty.
    const decoded = Buffer.from(run.slice(start), "base64").toString("latin1").replaceAll("\0", "");
    if (texts.some((text) => decoded.includes(text))) return true;
    return (
      depth < MAX_NESTING &&
      runsIn(decoded).some(({ from, to }) => holds(decoded.slice(from, to), texts, depth + 1))
    );
  });
}
