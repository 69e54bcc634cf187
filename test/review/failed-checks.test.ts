import { expect, test } from "@jest/globals";
import { reviewMarkdown } from "../../review/report/markdown.ts";
import { reviewText } from "../../review/report/text.ts";
import { reviewPlans } from "../../review/review-plans.ts";
import { TODAY } from "../support/environments.ts";
import { plan } from "../support/plans.ts";
import type { Json } from "../support/synthesized.ts";

const reviewOf = (checks: Json) =>
  reviewPlans({
    environment: { name: "dev", acknowledgements: [], waivers: [] },
    stacks: [
      { name: "dev-platform", plan: plan("02-no-change", (whole) => Object.assign(whole, { checks })) },
    ],
    today: TODAY,
  });

/** As Terraform 1.11.4 writes them. */
const check = (name: string, status: string) => ({
  address: { kind: "check", name, to_display: `check.${name}` },
  status,
  instances: [
    { address: { to_display: `check.${name}` }, status, problems: [{ message: "the password is hunter2" }] },
  ],
});

test("checks that do not hold, or could not be evaluated, are named, and their messages are not", () => {
  const review = reviewOf([
    check("health", "fail"),
    check("later", "unknown"),
    check("odd", "error"),
    check("ok", "pass"),
  ]);
  expect(review.verdict).toBe("safe");
  expect(review.failedChecks).toEqual([
    "dev-platform: check.health does not hold, and Terraform applies the plan all the same; its plan says why.",
    "dev-platform: check.odd could not be evaluated, and Terraform applies the plan all the same; its plan says why.",
  ]);
  for (const report of [reviewText(review).join("\n"), reviewMarkdown(review)]) {
    expect(report).toContain("check.health does not hold");
    expect(report).not.toMatch(/hunter2|check\.later|check\.ok/);
  }
});

test.each([[undefined], [5], [{ a: 1 }], [[null, "x", { status: "pass" }]]])(
  "%j in their place is none",
  (checks) => {
    expect(reviewOf(checks).failedChecks).toEqual([]);
  },
);

test("an address of a stranger stays text", () => {
  const hostile = [
    { address: { to_display: "check.a\n## @everyone <b>" }, status: "fail" },
    { status: "fail" },
  ];
  const report = reviewMarkdown(reviewOf(hostile));
  expect(report).not.toMatch(/^## @everyone/m);
  expect(report).not.toContain("<b>");
  expect(report).toContain("a check without an address does not hold");
});
