import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { ruleTexts } from "../../rules/texts.ts";
import { rulesDocument } from "../../verification/report/rules-document.ts";

test("docs/RULES.md is what the rules say today (npm run docs writes it)", () => {
  expect(readFileSync("docs/RULES.md", "utf8")).toBe(rulesDocument(ruleTexts));
});

test("every rule has its own heading", () => {
  const headings = [...rulesDocument(ruleTexts).matchAll(/^### (.+)$/gm)].map(([, id]) => id);
  expect([...headings].sort()).toEqual(ruleTexts.map(({ id }) => id));
});
