/** The ways in which a text is written in others: see `readable`, and in hexadecimal. */
export function spellings(text: string): string[] {
  const hex = Buffer.from(text).toString("hex");
  return [...readable(text), hex, hex.toUpperCase()];
}

/** Plain, in JSON up to three times, as Go and Python write JSON, in HCL, XML, a URL, YAML, SQL and a shell; each once. */
function readable(text: string): string[] {
  const json = quoted(text);
  const go = json.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  const ascii = json.replace(
    /[^\0-\x7f]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const hcl = json.replace(/[$%](?=\{)/g, "$&$&");
  // Half a character, which JSON may hold, cannot stand in a URL.
  const url = encodeURIComponent(text.replace(/\p{Surrogate}/gu, ""));
  const form = url.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return [
    ...new Set([
      text,
      ...[json, go, ascii].flatMap((written) => [written, quoted(written), quoted(quoted(written))]),
      hcl,
      ...[url, form].flatMap((written) => [
        written,
        written.replaceAll("%20", "+"),
        written.replace(/%../g, (code) => code.toLowerCase()),
        encodeURIComponent(written),
      ]),
      ...ENTITIES.map((entities) => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)),
      ...["''", "'\\''", `'"'"'`].map((quote) => text.replaceAll("'", quote)),
    ]),
  ];
}

const quoted = (text: string): string => JSON.stringify(text).slice(1, -1);

/** As text of XML, and as its attribute in the three ways in which libraries write quotes. */
const ENTITIES: readonly Readonly<Record<string, string>>[] = [
  {},
  { '"': "&quot;", "'": "&#39;" },
  { '"': "&quot;", "'": "&apos;" },
  { '"': "&#34;", "'": "&#039;" },
].map((quotes) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", ...quotes }));

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
  const inBytes = texts.flatMap(readable).map((each) => Buffer.from(each).toString("latin1"));
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
