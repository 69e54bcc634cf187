import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { existingKinds, typeOf } from "../../platform/existing/kinds.ts";
import { importIdForm, importSource } from "../../resources/import-id.ts";
import { issues } from "../support/environments.ts";

const text = readFileSync(path.join(__dirname, "../../docs/adoption.md"), "utf8");

test("the declarations of the example are accepted", () => {
  const example = /```ts\n([\s\S]*?)```/.exec(text)?.[1] ?? "";
  const { existing } = new Function(`return { ${example} };`)();
  expect(existing.cache).toBe("netra-redis-staging");
  expect(
    issues((draft) => {
      draft.existing = existing;
    }),
  ).toEqual([]);
});

test("every slot is listed with its id and where the provider documents it", () => {
  const rows = existingKinds.map((slot) => {
    const type = typeOf(slot);
    return `| \`${slot}\` | [\`${type}\`](${importSource(type)}) | \`${importIdForm(type)}\` |`;
  });
  for (const row of rows) expect(text).toContain(row);
});
