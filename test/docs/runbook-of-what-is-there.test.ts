import { expect, test } from "@jest/globals";
import { parseEnvironment } from "../../platform/environment.ts";
import { formatIssue } from "../../platform/issue.ts";
import { platformPlan } from "../../platform/plan.ts";
import { environmentPage } from "../../runbook/environment-page.ts";
import { runbook } from "../../runbook/runbook.ts";
import { shapes } from "../fixtures/shapes.ts";
import { TODAY } from "../support/environments.ts";

const plans = Object.entries(shapes).map(([name, input]) => {
  const parsed = parseEnvironment(name, input, TODAY);
  if (!parsed.ok) throw new Error(parsed.issues.map(formatIssue).join("\n"));
  return platformPlan(parsed.environment);
});

test.each(plans.map((plan) => [plan.name, plan] as const))(
  "the runbook of %s speaks of nothing that the environment lacks",
  (_, plan) => {
    const places = [plan, ...plan.furtherRegions];
    const engines = plan.cacheInstances.map(({ engine }) => engine.id);
    const absent: readonly (readonly [isThere: boolean, words: RegExp])[] = [
      [plan.databaseInstances.length > 0, /\bdatabase|connection slots/i],
      [engines.includes("redis"), /\bredis (error|is full)|\(redis|database and redis/i],
      [places.some(({ network }) => network.connector !== undefined), /\bthe connector\b|, connector\b/i],
      [plan.preflight !== undefined, /\bpreflight\b/i],
      [plan.edge !== undefined, /load balancer/i],
    ];
    // Addresses of rules are no sentences.
    const lines = runbook(plan)
      .split("\n")
      .filter((line) => !line.startsWith("**Refused before it is applied by**"));
    for (const [isThere, words] of absent)
      if (!isThere) expect(lines.filter((line) => words.test(line))).toEqual([]);
  },
);

test("a page says where alerts of a severity without notifications go", () => {
  const [name, input] = Object.entries(shapes)[0] ?? [];
  const parsed = parseEnvironment(
    name ?? "",
    { ...input, notifications: [{ name: "on-call", severity: "page", email: "on-call@acme.example" }] },
    TODAY,
  );
  if (!parsed.ok) throw new Error(parsed.issues.map(formatIssue).join("\n"));
  expect(environmentPage(platformPlan(parsed.environment))).toContain(
    'There are no notifications of severity "ticket": a ticket goes to the others.',
  );
});
