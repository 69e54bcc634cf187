import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { platformPlan } from "../../platform/plan.ts";
import { environmentPage } from "../../runbook/environment-page.ts";
import { meshPage } from "../../runbook/mesh-page.ts";
import { environment, meshEnvironment, production } from "../support/environments.ts";
import { ROOT } from "../support/project.ts";

test.each([environment(), production()])(
  "docs/environments/$name.md is what the code says (npm run docs)",
  (subject) => {
    const page = readFileSync(path.join(ROOT, "docs/environments", `${subject.name}.md`), "utf8");
    expect(page).toBe(environmentPage(platformPlan(subject)));
  },
);

test("docs/environments/meta-studio.md is what the code says (npm run docs)", () => {
  const page = readFileSync(path.join(ROOT, "docs/environments/meta-studio.md"), "utf8");
  expect(page).toBe(meshPage(meshEnvironment()));
});
