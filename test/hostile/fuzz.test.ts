import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { InputError, readGraph } from "../../graph/index.ts";
import { parseEnvironment } from "../../platform/environment.ts";
import { formatIssue } from "../../platform/issue.ts";
import { UserError } from "../../platform/user-error.ts";
import { parseLedger } from "../../rollout/parse-ledger.ts";
import { rolloutStatus, statusLines } from "../../rollout/report/status.ts";
import { runRules } from "../../rules/run.ts";
import { folderOf } from "../graph/support.ts";
import { stagingDraft, TODAY } from "../support/environments.ts";

/** Seeds that are tried every time; more runs with `FUZZ_RUNS=5000 npm run fuzz`, and another seed with `FUZZ_SEED`. */
const seed = Number(process.env.FUZZ_SEED ?? 20261130);
const numRuns = Number(process.env.FUZZ_RUNS ?? 30);

/** One whole input of each kind, of which pieces are dropped, doubled and exchanged. */
const CORPUS = path.join(import.meta.dirname, "corpus");
const read = (name: string): string => readFileSync(path.join(CORPUS, name), "utf8");
const INPUTS = ["main.tf", "network.tf.json", "plan.json", "state.json", "web.yaml"];

const edit = fc.record({
  at: fc.nat(),
  length: fc.nat(20),
  text: fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom(
      "${",
      "}",
      "{",
      "[",
      '"',
      "\n",
      "%{",
      "\\",
      "*x",
      "&x",
      "null",
      "-1",
      "1e999",
      "\u0000",
      "..",
    ),
  ),
});

function edited(
  text: string,
  edits: readonly { readonly at: number; readonly length: number; readonly text: string }[],
): string {
  return edits.reduce((current, { at, length, text: piece }) => {
    const start = at % (current.length + 1);
    return current.slice(0, start) + piece + current.slice(start + length);
  }, text);
}

const edits = fc.array(edit, { maxLength: 6 });

describe("an input with damaged pieces is read and judged, or refused in one sentence", () => {
  test.each(INPUTS)("%s", async (name) => {
    const text = read(name);
    const file = path.join(folderOf({ [name]: text }), name);
    await fc.assert(
      fc.asyncProperty(edits, async (damage) => {
        writeFileSync(file, edited(text, damage));
        try {
          const stopped = runRules(await readGraph([file])).filter(({ message }) =>
            / stopped /.test(message),
          );
          expect(stopped).toEqual([]);
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
        }
      }),
      { seed, numRuns },
    );
  });
});

test("a ledger with damaged pieces is read and shown, or refused in sentences", () => {
  const text = read("ledger.json");
  fc.assert(
    fc.property(edits, (damage) => {
      try {
        const ledger = parseLedger(edited(text, damage), "staging");
        const status = rolloutStatus(ledger, new Map([["auth", null]]), 0);
        expect(statusLines(status, ledger, false).join("\n")).not.toContain("\u0000");
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
      }
    }),
    { seed, numRuns: numRuns * 3 },
  );
});

/** Paths of all values within a value. */
function pathsIn(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...at, key]))];
}

/** The value with another one at the path; removed where that is undefined. */
function withValue(value: unknown, [key, ...rest]: readonly string[], other: unknown): unknown {
  if (key === undefined) return other;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  if (rest.length === 0 && other === undefined) delete copy[key];
  else copy[key] = withValue(copy[key], rest, other);
  return copy;
}

const junk = fc.oneof(
  fc.constantFrom(
    undefined,
    null,
    -1,
    0,
    Number.POSITIVE_INFINITY,
    Number.NaN,
    "",
    "\u0000",
    "::error::",
    [],
    {},
    [null],
  ),
  fc.constantFrom("__proto__", "10.0.0.0/33", "999999999999999999s", "a".repeat(5_000)),
  fc.anything({ maxDepth: 2 }),
);

test("an environment with exchanged values is planned, or refused with its issues", () => {
  const input = stagingDraft();
  const paths = pathsIn(input);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(), junk), { minLength: 1, maxLength: 3 }), (changes) => {
      const changed = changes.reduce<unknown>(
        (value, [at, other]) => withValue(value, paths[at % paths.length] ?? [], other),
        input,
      );
      const parsed = parseEnvironment("staging", changed, TODAY);
      const sentences = parsed.ok ? [] : parsed.issues.map(formatIssue);
      expect(parsed.ok || sentences.length > 0).toBe(true);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
      expect(sentences.filter((sentence) => /[\u0000-\u0008\u001b]/.test(sentence))).toEqual([]);
    }),
    { seed, numRuns },
  );
});
