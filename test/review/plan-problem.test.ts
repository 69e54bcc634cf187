import { expect, test } from "@jest/globals";
import { planProblem } from "../../review/plan/plan-problem.ts";

const PLAN = { format_version: "1.2", planned_values: { root_module: {} }, resource_changes: [] };

test("a whole plan can be reviewed", () => {
  expect(planProblem(PLAN)).toBeUndefined();
  expect(
    planProblem({ ...PLAN, complete: true, deferred_changes: [], action_invocations: [] }),
  ).toBeUndefined();
});

/** The kind: an apply would do more than the changes in the plan say. */
test.each([
  ["that failed halfway", { errored: true }, "failed halfway"],
  ["of a part", { complete: false }, "covers a part of the stack only"],
  ["with deferred changes", { deferred_changes: [{ reason: "unknown" }] }, "covers a part of the stack only"],
  ["with actions", { action_invocations: [{ address: "action.google_x.a" }] }, "runs actions of a provider"],
  ["with deferred actions", { deferred_action_invocations: [{}] }, "runs actions of a provider"],
  [
    "with actions in a shape that is not known",
    { action_invocations: { a: 1 } },
    "runs actions of a provider",
  ],
  [
    "with deferred changes in a shape that is not known",
    { deferred_changes: "x" },
    "covers a part of the stack",
  ],
  ["of a later format", { format_version: "2.0" }, "is of format 2.0"],
])("a plan %s is refused", (_, part, sentence) => {
  expect(planProblem({ ...PLAN, ...part })).toContain(sentence);
});
