import { describe, expect, test } from "@jest/globals";
import { type CheckedStack, findDrift, hasDrift } from "../../../review/drift/find-drift.ts";
import { driftEntries } from "../../../review/drift/log-entries.ts";
import { driftMarkdown } from "../../../review/drift/markdown.ts";
import { type DriftReport, driftExitCode } from "../../../review/drift/report.ts";
import { driftText } from "../../../review/drift/text.ts";
import { TODAY } from "../../support/environments.ts";
import { plan } from "../../support/plans.ts";

type Plan = {
  resource_drift: { address: string; type: string; change: Change }[];
  resource_changes: { address: string; change: Change }[];
  prior_state: { values: { root_module: { resources: { address: string; values: Values }[] } } };
};
type Values = Record<string, unknown>;
type Change = {
  actions: string[];
  before: Values;
  after: Values | null;
  before_sensitive: Values;
  after_sensitive: Values;
};

/** Connector max set from 6 to 10, and the timeout of a service from 300 s to 60 s, behind the code. */
const refreshed = (): Plan => plan("18-drift-refresh-only") as Plan;
const deployment = (): Plan => plan("19-drift-normal-plan") as Plan;

const environment = { name: "dev", acknowledgements: [], waivers: [] };

function drift(
  refreshed: unknown,
  normal: Plan | undefined = deployment(),
  more: CheckedStack[] = [],
): DriftReport {
  const stack = { name: "dev-service-api", refreshed, plan: normal };
  return findDrift({ environment, stacks: [stack, ...more], failed: [], today: TODAY });
}

/** The plan where the attributes of one resource drifted otherwise. */
function changed(address: string, after: Values, change: (plan: Plan) => void = () => {}): Plan {
  const plan = refreshed();
  const stored = plan.prior_state.values.root_module.resources.find(
    (resource) => resource.address === address,
  );
  const found = plan.resource_drift.find((resource) => resource.address === address);
  if (found === undefined || stored === undefined) throw new Error(`${address} did not drift`);
  plan.resource_drift = [found];
  found.change.after = { ...found.change.before, ...after };
  stored.values = { ...stored.values, ...after };
  change(plan);
  return plan;
}

const CONNECTOR = "google_vpc_access_connector.main";
const API = "google_cloud_run_v2_service.api";

describe("what was changed behind the code", () => {
  test("is told by attribute, with the number that states it and what a deployment would do", () => {
    const { drifted, noticed } = drift(refreshed());
    expect(drifted.map(({ address, attributes, putBack }) => ({ address, attributes, putBack }))).toEqual([
      {
        address: API,
        attributes: [
          {
            path: "template.0.timeout",
            before: '"300s"',
            after: '"60s"',
            statedBy: "services.api.requestTimeout",
            isFirstRead: false,
          },
        ],
        putBack: "update",
      },
      {
        address: CONNECTOR,
        attributes: [
          {
            path: "max_instances",
            before: "6",
            after: "10",
            statedBy: "network.connector.maxInstances",
            isFirstRead: false,
          },
        ],
        putBack: "replace",
      },
    ]);
    // Eleven more resources differ in null against empty, which is how the provider reads them back.
    expect(noticed).toEqual([]);
  });

  test("warns where putting it back replaces the resource, and says how to keep it", () => {
    expect(drift(refreshed()).drifted[1]?.remedies).toEqual([
      "Careful: npm run deploy -- dev would revert it by REPLACING the resource (max_instances); the review shows the impact and asks for an acknowledgement.",
      "To keep it: set in environments/dev.ts network.connector.maxInstances (now 10).",
    ]);
  });

  test.each([
    ["a job that the code keeps running", false],
    ["a job whose code says nothing of it", null],
  ])("a schedule that somebody paused by hand is told, of %s", (_, before) => {
    const address = "google_cloud_scheduler_job.nightly";
    const paused = changed(CONNECTOR, { paused: true, state: "PAUSED" }, (plan) => {
      const [found] = plan.resource_drift;
      if (found === undefined) throw new Error("no drift");
      Object.assign(found, { address, type: "google_cloud_scheduler_job", name: "nightly" });
      Object.assign(found.change.before, { paused: before, state: "ENABLED" });
    });
    expect(hasDrift("s", paused)).toBe(true);
    const { drifted, noticed } = drift(paused);
    const told = [...drifted, ...noticed].filter((resource) => resource.address === address);
    expect(told.flatMap(({ attributes }) => attributes.map(({ path, after }) => [path, after]))).toEqual([
      ["paused", "true"],
    ]);
  });

  test("is told without a plan of a deployment too", () => {
    const { drifted } = drift(refreshed(), undefined);
    expect(
      findDrift({ environment, stacks: [{ name: "s", refreshed: refreshed() }], failed: [], today: TODAY })
        .drifted[0]?.putBack,
    ).toBe("unknown");
    expect(drifted).toHaveLength(2);
  });

  test("breaks a rule that the platform as it was made did not break", () => {
    const api = refreshed().resource_drift.find(({ address }) => address === API);
    const [template] = (api?.change.before.template ?? []) as Values[];
    const scaled = [{ ...template, scaling: [{ min_instance_count: 1, max_instance_count: 90 }] }];
    const [found] = drift(changed(API, { template: scaled })).drifted;
    expect(found?.attributes.map(({ path, statedBy }) => [path, statedBy])).toEqual([
      ["template.0.scaling.0.max_instance_count", "services.api.instances.max"],
    ]);
    const errors = found?.breaks.filter(({ severity }) => severity === "error");
    expect(errors?.map(({ rule }) => rule)).toContain("capacity/database-connections");
    expect(errors?.[0]?.message).toContain("90 instances x 2 revisions x 10");
    expect(found?.remedies.at(-1)).toMatch(
      /^It cannot be kept: .*capacity\/database-connections.* would reject services\.api\.instances\.max \(now 90\)\.$/,
    );
  });

  test("may be a resource that is gone", () => {
    const gone = changed(CONNECTOR, {}, (plan) => {
      plan.resource_drift.forEach(({ change }) => {
        change.actions = ["delete"];
        change.after = null;
      });
      const root = plan.prior_state.values.root_module;
      root.resources = root.resources.filter(({ address }) => address !== CONNECTOR);
    });
    const plan = deployment();
    for (const { address, change } of plan.resource_changes)
      if (address === CONNECTOR) change.actions = ["create"];
    const report = drift(gone, plan);
    expect(report.drifted).toMatchObject([
      { address: CONNECTOR, isDeleted: true, attributes: [], putBack: "create" },
    ]);
    expect(report.drifted[0]?.remedies[0]).toMatch(/^It is gone: npm run deploy -- dev recreates it\./);
    expect(driftEntries(report)[0]).toMatchObject({
      message: `${CONNECTOR} of dev is gone.`,
      drift: { status: "deleted", attribute: null, putBack: "create" },
    });
  });
});

describe("what is no drift", () => {
  test("Google's own writing", () => {
    const plan = changed(CONNECTOR, { state: "UPDATING" });
    expect(hasDrift("s", plan)).toBe(false);
    const revision = changed(API, {
      etag: '"new"',
      generation: "8",
      observed_generation: "8",
      update_time: "2026-11-21T00:00:00Z",
      client: "gcloud",
      client_version: "1",
      latest_ready_revision: "projects/p/revisions/api-00008-abc",
      conditions: [{ type: "RoutesReady", state: "CONDITION_SUCCEEDED" }],
      terminal_condition: [{ type: "Ready", state: "CONDITION_SUCCEEDED" }],
    });
    expect(drift(revision)).toMatchObject({ drifted: [], noticed: [] });
  });

  test("an attribute that a newer provider reads for the first time, and nobody has set", () => {
    const plan = changed(CONNECTOR, { deletion_lock: false, standby_instances: 0 });
    expect(hasDrift("s", plan)).toBe(false);
    expect(hasDrift("s", changed(CONNECTOR, { deletion_lock: true }))).toBe(true);
  });

  test("an id that comes back as a self link", () => {
    const network = "projects/acme-dev/global/networks/dev-vpc";
    const plan = changed(
      CONNECTOR,
      { network: `https://www.googleapis.com/compute/v1/${network}` },
      (plan) => {
        for (const { change } of plan.resource_drift) change.before.network = network;
      },
    );
    expect(hasDrift("s", plan)).toBe(false);
  });

  test("a difference that a deployment leaves alone, unless it breaks a rule", () => {
    const plan = deployment();
    for (const { change } of plan.resource_changes) change.actions = ["no-op"];
    const report = drift(refreshed(), plan);
    expect(report.drifted.filter(({ breaks }) => breaks.length === 0)).toEqual([]);
    expect(report.noticed.map(({ address }) => address)).toContain(CONNECTOR);
    expect(driftText(report)).toContain("Differences outside the code (no drift)");
    expect(report.noticed[0]?.remedies[0]).toBe(
      "npm run deploy -- dev leaves it as it is, because the code does not set it: revert it where it was changed.",
    );
  });
});

describe("secrets", () => {
  const SECRET = "hunter2-very-secret";
  const drifted = changed(CONNECTOR, { machine_type: SECRET }, ({ resource_drift }) => {
    for (const { change } of resource_drift) {
      change.before_sensitive = { machine_type: true };
      change.after_sensitive = { machine_type: true };
    }
  });

  test.each([
    ["text", (report: DriftReport) => driftText(report).join("\n")],
    ["Markdown", driftMarkdown],
    ["JSON", JSON.stringify],
    ["log lines", (report: DriftReport) => JSON.stringify(driftEntries(report))],
  ])("do not appear in %s", (_, written) => {
    const text = written(drift(drifted));
    expect(text).toContain("machine_type");
    expect(text).toContain("(sensitive)");
    expect(text).not.toContain(SECRET);
  });
});

describe("reports", () => {
  test("one structured line for each attribute", () => {
    expect(driftEntries(drift(refreshed()))).toEqual([
      expect.objectContaining({ severity: "WARNING" }),
      {
        severity: "WARNING",
        message: `${CONNECTOR} of dev was changed outside the code: max_instances: 6 -> 10`,
        drift: {
          environment: "dev",
          stack: "dev-service-api",
          address: CONNECTOR,
          breaks: [],
          putBack: "replace",
          status: "changed",
          attribute: "max_instances",
          before: "6",
          after: "10",
          statedBy: "network.connector.maxInstances",
        },
      },
    ]);
  });

  test("Markdown carries the marker, and fits an issue however much drifted", () => {
    const report = drift(refreshed());
    const markdown = driftMarkdown(report);
    expect(markdown.split("\n")[0]).toBe("<!-- drift:dev -->");
    expect(markdown).toContain(`### \`${CONNECTOR}\` (dev-service-api)\n\n- \`max_instances: 6 -> 10\`\n`);
    const [first] = report.drifted;
    if (first === undefined) throw new Error("nothing drifted");
    const much = driftMarkdown({ ...report, drifted: Array.from({ length: 2000 }, () => first) });
    expect(much.length).toBeLessThanOrEqual(65_536);
    expect(much).toMatch(/\n\d{4} more: run `npm run drift -- dev`\./);
  });

  test("a value cannot end the code, nor mention anybody", () => {
    const markdown = driftMarkdown({
      ...drift(refreshed()),
      failed: [{ stack: "dev-data", why: "ask @octocat <b>now</b>" }],
    });
    expect(markdown).toContain("ask @\u200boctocat \\<b\\>now\\</b\\>");
  });
});

describe("exit code", () => {
  const none = { ...drift({ prior_state: refreshed().prior_state }), drifted: [] };

  test("0 none", () => {
    expect(driftExitCode(none, 1)).toBe(0);
    expect(driftText(none)).toEqual(["No drift found in dev."]);
  });

  test("1 drift", () => {
    expect(driftExitCode(drift(refreshed()), 1)).toBe(1);
  });

  test("2 where one stack could not be checked, and what drifted elsewhere is told", () => {
    const report = { ...drift(refreshed()), failed: [{ stack: "dev-data", why: "The state is locked." }] };
    expect(driftExitCode(report, 2)).toBe(2);
    expect(driftText(report).slice(-3)).toEqual([
      "Could not check dev-data: The state is locked.",
      "",
      "2 resources of dev drifted; 1 stack could not be checked.",
    ]);
    expect(driftEntries(report).at(-1)).toMatchObject({
      severity: "ERROR",
      drift: { stack: "dev-data", status: "unchecked" },
    });
  });

  test("2 where no stack has a state: never deployed, or the wrong place", () => {
    const report = drift({ planned_values: {} });
    expect(report.withoutState).toEqual(["dev-service-api"]);
    expect(driftExitCode(report, 1)).toBe(2);
  });
});
