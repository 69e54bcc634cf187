import { InputError } from "../input-error.ts";

/** Longer files are not written by people, and cost the parser more than they tell. */
const longestFile = 5_000_000;

/** A parser that has not answered by then has stopped: it takes a second for a megabyte. */
const patience = 60_000;

/** Where the parser stopped for good. WebAssembly that has run out of its stack never answers again. */
let stoppedAt: string | undefined;

/** Parses HCL to the Terraform JSON that means the same; expressions stay text in `${...}`. */
export async function parseHcl(path: string, text: string): Promise<unknown> {
  if (text.trim() === "") return {};
  if (text.length > longestFile)
    throw new InputError(`${path} is longer than ${longestFile / 1e6} million characters.`);
  if (stoppedAt !== undefined)
    throw new InputError(`${path} was not read, because the parser stopped at ${stoppedAt}.`);
  // Loaded only here: its WebAssembly takes a fifth of a second, which a plan need not wait for.
  const { parse } = await import("@cdktf/hcl2json");
  try {
    return await inTime(parse("input.tf", text));
  } catch (problem) {
    if (problem instanceof RangeError || problem instanceof InputError) {
      stoppedAt = path;
      const why = problem instanceof RangeError ? "is nested too deeply" : "was not parsed within a minute";
      throw new InputError(`${path} ${why}.`);
    }
    const message = problem instanceof Error ? problem.message : String(problem);
    const [, line, said = message] =
      /input\.tf:(\d+),[^ ]*: (.*?)(?:\s+input\.tf:|\]?$)/s.exec(message) ?? [];
    throw new InputError(
      `${path}${line === undefined ? "" : `, line ${line},`} is not Terraform: ${firstSentence(said)}`,
    );
  }
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new InputError("the parser did not answer")), patience);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function firstSentence(said: string): string {
  const [sentence = ""] = said
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
