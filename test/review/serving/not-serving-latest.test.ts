import { describe, expect, test } from "@jest/globals";
import { findDrift } from "../../../review/drift/find-drift.ts";
import { driftEntries } from "../../../review/drift/log-entries.ts";
import { driftMarkdown } from "../../../review/drift/markdown.ts";
import { driftExitCode } from "../../../review/drift/report.ts";
import { driftText } from "../../../review/drift/text.ts";
import { reviewMarkdown } from "../../../review/report/markdown.ts";
import { reviewText } from "../../../review/report/text.ts";
import { reviewPlans } from "../../../review/review-plans.ts";
import { notServingLatest, type RolloutSummary } from "../../../review/serving/not-serving-latest.ts";
import { TODAY } from "../../support/environments.ts";
import { plan } from "../../support/plans.ts";

const PATH = "projects/p/locations/l/services/auth/revisions/";
const known = (more: Partial<RolloutSummary> = {}): RolloutSummary => ({
  underWay: undefined,
  rolledBack: [],
  ...more,
});

interface Serving {
  readonly traffic: readonly object[];
  readonly created?: string;
  readonly ready?: string;
}

const STABLE = { type: "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", revision: "auth-1", percent: 100 };
const CANDIDATE = {
  type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST",
  revision: "",
  percent: 0,
  tag: "candidate",
};

/** An empty plan of a stack with one service. */
const stack = ({ traffic, created = "auth-2", ready = created }: Serving) => ({
  name: "staging-service-auth",
  plan: {
    format_version: "1.2",
    terraform_version: "1.11.4",
    timestamp: "2026-11-21T13:00:00Z",
    prior_state: {
      format_version: "1.0",
      values: {
        root_module: {
          resources: [
            {
              address: "google_cloud_run_v2_service.auth",
              mode: "managed",
              type: "google_cloud_run_v2_service",
              name: "auth",
              values: {
                name: "auth",
                traffic,
                latest_created_revision: PATH + created,
                latest_ready_revision: PATH + ready,
              },
            },
          ],
        },
      },
    },
    resource_changes: [],
    configuration: { root_module: {} },
  },
});

const whyOf = (serving: Serving, rollouts?: RolloutSummary): string[] =>
  notServingLatest("staging", [stack(serving)], rollouts).map(({ why }) => why);

describe("what is declared and does not serve", () => {
  test("is nothing where the newest revision serves, by name or as the newest", () => {
    expect(whyOf({ traffic: [STABLE, CANDIDATE], created: "auth-1" })).toEqual([]);
    expect(whyOf({ traffic: [{ ...CANDIDATE, percent: 100 }] })).toEqual([]);
  });

  test("is not judged in the middle of a split, which a plan shows by itself", () => {
    expect(
      whyOf({
        traffic: [
          { ...STABLE, percent: 75 },
          { ...STABLE, revision: "auth-2", percent: 25 },
        ],
      }),
    ).toEqual([]);
  });

  test("waits for a rollout", () => {
    expect(whyOf({ traffic: [STABLE, CANDIDATE] })).toEqual([
      'no rollout has moved traffic to it: run "npm run rollout -- staging".',
    ]);
  });

  test("never became ready", () => {
    expect(whyOf({ traffic: [STABLE, CANDIDATE], ready: "auth-1" })[0]).toMatch(/^it never became ready/);
  });

  test("was rolled back, and is not rolled out again by itself", () => {
    const rolledBack = [{ revision: "auth-2", at: "2026-11-21T12:00:00.000Z", why: "2 % errors at 25 %" }];
    expect(whyOf({ traffic: [STABLE, CANDIDATE] }, known({ rolledBack }))).toEqual([
      'it was rolled back at 2026-11-21T12:00:00.000Z (2 % errors at 25 %). It is not rolled out again automatically: fix the cause, or run "npm run rollout -- staging --again".',
    ]);
    expect(whyOf({ traffic: [STABLE, CANDIDATE], created: "auth-3" }, known({ rolledBack }))[0]).toMatch(
      /^no rollout has moved traffic to it/,
    );
  });

  test("is being rolled out", () => {
    expect(whyOf({ traffic: [STABLE, CANDIDATE] }, known({ underWay: "train-7" }))[0]).toMatch(
      /^a rollout is under way \(train-7\)/,
    );
  });
});

const environment = { name: "staging", acknowledgements: [], waivers: [] };
const SENTENCE = "auth-2 is declared but does not serve; auth-1 serves: no rollout has moved traffic to it";

test("a drift of its own: told, alerted on, and exit code 1, although the plan is empty", () => {
  const { name, plan } = stack({ traffic: [STABLE, CANDIDATE] });
  const report = findDrift({ environment, stacks: [{ name, refreshed: plan }], failed: [], today: TODAY });
  expect(report.drifted).toEqual([]);
  expect(driftExitCode(report, 1)).toBe(1);
  expect(driftText(report).join("\n")).toContain(SENTENCE);
  expect(driftText(report).at(-1)).toBe(
    "No drift found in staging; 1 service does not serve what is declared.",
  );
  expect(driftMarkdown(report)).toContain("does not serve what is declared");
  expect(driftEntries(report)).toMatchObject([
    { severity: "WARNING", drift: { status: "not-serving-latest", before: "auth-1", after: "auth-2" } },
  ]);
});

test("a review says it beside a verdict that stays what the plans make it", () => {
  const quiet = plan("02-no-change", ({ prior_state }) => {
    for (const { type, values } of prior_state.values.root_module.resources) {
      if (type !== "google_cloud_run_v2_service") continue;
      values.traffic = [STABLE, CANDIDATE];
      values.latest_created_revision = values.latest_ready_revision = `${PATH}auth-2`;
    }
  });
  const review = reviewPlans({ environment, stacks: [{ name: "dev", plan: quiet }], today: TODAY });
  expect(review.verdict).toBe("safe");
  expect(reviewText(review).join("\n")).toContain(SENTENCE);
  expect(reviewMarkdown(review)).toContain("auth-2 is declared but does not serve");
});
