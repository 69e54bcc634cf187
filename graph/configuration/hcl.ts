import { InputError } from "../input-error.ts";

/** Characters; longer files are generated, and cost the parser more than they are worth. */
const maxFileLength = 5_000_000;

/** Milliseconds after which the parser counts as stopped: it takes one second per megabyte. */
const parserTimeoutMs = 60_000;

/** The file at which the parser stopped. WebAssembly that has run out of stack does not recover. */
let stoppedAt: string | undefined;

/** Parses HCL to the Terraform JSON that means the same; expressions stay text in `${...}`. */
export async function parseHcl(path: string, text: string): Promise<unknown> {
  if (text.trim() === "") return {};
  if (text.length > maxFileLength)
    throw new InputError(`${path} is longer than ${maxFileLength / 1e6} million characters.`);
  if (stoppedAt !== undefined)
    throw new InputError(`${path} was not read, because the parser stopped at ${stoppedAt}.`);
  // Loaded only here: its WebAssembly takes a fifth of a second, which a plan need not wait for.
  const { parse } = await import("@cdktf/hcl2json");
  try {
    return await withTimeout(parse("input.tf", text));
  } catch (error) {
    if (error instanceof RangeError || error instanceof InputError) {
      stoppedAt = path;
      const why = error instanceof RangeError ? "is nested too deeply" : "was not parsed within a minute";
      throw new InputError(`${path} ${why}.`);
    }
    const message = error instanceof Error ? error.message : String(error);
    const [, line, detail = message] =
      /input\.tf:(\d+),[^ ]*: (.*?)(?:\s+input\.tf:|\]?$)/s.exec(message) ?? [];
    throw new InputError(
      `${path}${line === undefined ? "" : `, line ${line},`} is not Terraform: ${firstSentence(detail)}`,
    );
  }
}

async function withTimeout<T>(result: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new InputError("the parser did not return")), parserTimeoutMs);
  });
  try {
    return await Promise.race([result, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function firstSentence(detail: string): string {
  const [sentence = ""] = detail
    .replace(/\s+/g, " ")
    .slice(0, 300)
    .split(/(?<=\.) /);
  return `${sentence.replace(/[\].]+$/, "")}.`;
}

/** Lines on which resources begin, by "type.name". */
export function resourceLines(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  let line = 1;
  let last = 0;
  for (const match of text.matchAll(/^[ \t]*(?:resource|data)[ \t]+"?([\w-]+)"?[ \t]+"?([\w-]+)"?/gm)) {
    for (let at = text.indexOf("\n", last); at >= 0 && at < match.index; at = text.indexOf("\n", at + 1))
      line++;
    last = match.index;
    const key = `${match[1]}.${match[2]}`;
    if (!lines.has(key)) lines.set(key, line);
  }
  return lines;
}
