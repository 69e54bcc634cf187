import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { resourceTypes } from "../../resources/index.ts";
import { ruleBook } from "../../rules/index.ts";
import { registryFiles } from "../../tools/registry.ts";

/** The kind: a rule or a resource type whose file exists and that nothing reads. */
describe("a rule or resource type is registered by existing", () => {
  test.each([...registryFiles()])("%s is what the files say (npm run docs writes it)", (file, content) => {
    expect(readFileSync(file, "utf8")).toBe(content);
  });

  test("every id is there once, and a rule stands in the file of its id", () => {
    const ids = ruleBook.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
    const files = globSync("rules/*/*.ts").filter((file) =>
      /^export const \w+: Rule =/m.test(readFileSync(file, "utf8")),
    );
    const misplaced = files.filter((file) => {
      const [, id] = /^ {2}id: "(.+)",$/m.exec(readFileSync(file, "utf8")) ?? [];
      return `rules/${id}.ts` !== file;
    });
    expect(misplaced).toEqual([]);
  });

  test("every resource type is there once", () => {
    const types = resourceTypes.map(({ type }) => type);
    expect(types).toEqual([...new Set(types)]);
  });
});
