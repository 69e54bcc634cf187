import { expect, test } from "@jest/globals";
import { providerUpgrade } from "../../review/plan/provider-upgrade.ts";
import { reviewMarkdown } from "../../review/report/markdown.ts";
import { reviewText } from "../../review/report/text.ts";
import { reviewPlans } from "../../review/review-plans.ts";
import { TODAY } from "../support/environments.ts";
import { plan } from "../support/plans.ts";
import type { Json } from "../support/synthesized.ts";
import { driftOf, upgradedPlan } from "../support/upgraded-plan.ts";

const review = (...plans: readonly Json[]) =>
  reviewPlans({
    environment: { name: "dev", acknowledgements: [], waivers: [] },
    stacks: plans.map((plan, index) => ({ name: `dev-${index}`, plan })),
    today: TODAY,
  });

const SENTENCE =
  "The Google provider is upgraded: the states of 1 stack were written before 7.0.0, and these plans are made with 8.0.0, which reads attributes of 22 resources for the first time. That alone changes nothing (docs/provider.md).";

test("the review of an upgrade says that it is one, and from before which release on", () => {
  const found = review(upgradedPlan());
  expect(found.upgrade).toBe(SENTENCE);
  expect(found.verdict).toBe("safe");
  expect(reviewText(found)).toContain(`  ${SENTENCE}`);
  expect(reviewMarkdown(found)).toContain(`> ${SENTENCE}`);
  expect(reviewMarkdown(found)).toContain("## ✅ Safe: dev (no changes)");
});

test("in all stacks together, as far as their states are older", () => {
  const newer = upgradedPlan("02-no-change", (whole) => {
    driftOf(whole, "google_vpc_access_connector.main").change.before.deletion_policy = "DELETE";
  });
  expect(review(newer).upgrade).toMatch(
    /^The Google provider is upgraded: the states of 1 stack were written before (7\.(3[4-9]|4\d)|8\.0)\.0/,
  );
  expect(review(upgradedPlan(), newer).upgrade).toContain("the states of 2 stacks were written before 7.0.0");
});

test("a plan with the provider that wrote the state says nothing of it", () => {
  expect(review(plan("02-no-change")).upgrade).toBeUndefined();
  expect(review(plan("19-drift-normal-plan")).upgrade).toBeUndefined();
  expect(review(plan("01-create")).upgrade).toBeUndefined();
});

test("a plan of a stranger puts nothing into the sentence, and ends nothing", () => {
  const hostile = upgradedPlan("02-no-change", (whole) => {
    whole.configuration.provider_config.google.version_constraint = "8.0.0 @everyone";
  });
  expect(review(hostile).upgrade).toContain("these plans are made with a newer one, which reads");
  const deep = Array.from({ length: 20_000 }).reduce<Json>((child) => ({ child_modules: [child] }), {});
  for (const plan of [
    { prior_state: { values: { root_module: deep } }, configuration: null },
    {
      prior_state: 5,
      resource_drift: [null, "x", { change: null }, { type: "__proto__", change: { after: { a: 1 } } }],
    },
  ])
    expect(providerUpgrade([plan])).toBeUndefined();
});
