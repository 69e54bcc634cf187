import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { readGraph } from "../../graph/index.ts";
import { exampleOf } from "../../rules/examples.ts";
import { ruleBook } from "../../rules/index.ts";
import { runRules } from "../../rules/run.ts";
import { ruleTexts } from "../../rules/texts.ts";

const folder = mkdtempSync(path.join(tmpdir(), "examples-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Each example in a folder of its own, in the language that it is written in. */
async function findingsOf(id: string): Promise<string[]> {
  const own = path.join(folder, id);
  mkdirSync(own, { recursive: true });
  const { file, text } = exampleOf(id);
  writeFileSync(path.join(own, file), text);
  const graph = await readGraph([own]);
  return [...new Set(runRules(graph).map(({ rule, severity }) => `${rule} ${severity}`))];
}

/** The kind: an example in the rule book that its own rule does not report, or that breaks something else as well. */
describe("the example of every rule is reported by that rule, with the severity that it claims, and by no other", () => {
  // What a plan deletes is always reported as deleted as well.
  const also: Readonly<Record<string, readonly string[]>> = {
    "data/name-reused": ["data/deletion warning"],
    // What has no value cannot be checked by other rules either.
    "schema/failing-expression": ["input/unknown unknown"],
    // A secret that is named in the wrong form is not found.
    "service/secret-reference": ["identity/secret-access unknown"],
    // Both are about ALL_TRAFFIC without Cloud NAT.
    "reachability/google-access": ["reachability/nat warning"],
  };
  test.each(ruleBook.map((rule) => [rule.id, rule] as const))(
    "%s",
    async (id, { exampleSeverity = "error" }) => {
      expect(await findingsOf(id)).toEqual([`${id} ${exampleSeverity}`, ...(also[id] ?? [])]);
    },
  );

  test("there is no example without a rule", () => {
    const ids = globSync("rules/examples/**/*.*").map((file) =>
      file.replace(/^rules\/examples\/|\.\w+$/g, ""),
    );
    expect(ids.sort()).toEqual(ruleTexts.map(({ id }) => id));
  });
});
