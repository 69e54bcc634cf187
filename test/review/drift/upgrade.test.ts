import { describe, expect, test } from "@jest/globals";
import { findDrift, hasDrift } from "../../../review/drift/find-drift.ts";
import { driftMarkdown } from "../../../review/drift/markdown.ts";
import { type DriftReport, driftExitCode } from "../../../review/drift/report.ts";
import { driftText } from "../../../review/drift/text.ts";
import { environment, TODAY } from "../../support/environments.ts";
import { plan, resourceChange } from "../../support/plans.ts";
import { type Json, synthesized } from "../../support/synthesized.ts";
import { driftOf, upgradedPlan, upgradedStack } from "../../support/upgraded-plan.ts";

const CONNECTOR = "google_vpc_access_connector.main";
const API = "google_cloud_run_v2_service.api";
const RANGE = "google_compute_global_address.psa";
const DATABASE = "google_sql_database_instance.orders";

function drift(refreshed: Json, normal: Json = plan("02-no-change")): DriftReport {
  const dev = { name: "dev", acknowledgements: [], waivers: [] };
  const stacks = [{ name: "dev-platform", refreshed, plan: normal }];
  return findDrift({ environment: dev, stacks, failed: [], today: TODAY });
}

/** The upgraded plan in which one attribute of a resource was also changed in the console. */
function changed(address: string, after: Json, change: (plan: Json) => void = () => {}): Json {
  return upgradedPlan("02-no-change", (whole) => {
    Object.assign(driftOf(whole, address).change.after, after);
    change(whole);
  });
}

/** A deployment that puts back what was changed in a resource. */
function puttingBack(address: string): Json {
  return plan("02-no-change", (whole) => {
    resourceChange(whole, address).change.actions = ["update"];
  });
}

const read = (report: DriftReport) =>
  [...report.drifted, ...report.noticed].map(({ address, attributes }) => [
    address,
    attributes.map(({ path, after }) => `${path} ${after}`),
  ]);

describe("what only a newer provider has read is no drift", () => {
  const report = drift(upgradedPlan());

  test("after an upgrade from 6.50.0 to 8.0.0 nothing has drifted, and nothing is noticed every day", () => {
    expect(read(report)).toEqual([]);
    expect(driftExitCode(report, 1)).toBe(0);
    expect(hasDrift("dev-platform", upgradedPlan())).toBe(false);
  });

  test("nor in any stack of this platform", () => {
    const platform = environment();
    const stacks = Object.entries(synthesized(platform)).map(([name, json]) => ({
      name,
      refreshed: upgradedStack(json),
    }));
    const found = findDrift({ environment: platform, stacks, failed: [], today: TODAY });
    expect(read(found)).toEqual([]);
    expect(stacks.filter(({ name, refreshed }) => hasDrift(name, refreshed))).toEqual([]);
    const [first] = found.firstReads;
    expect(first?.attribute).toBe("deletion_policy");
    expect(first?.resources).toBeGreaterThan(150);
  });

  test("nor a resource to which the upgrade adds something at the next deployment", () => {
    // Since 7.3 the labels of the provider reach Cloud Armor policies.
    const report = drift(upgradedPlan(), puttingBack(CONNECTOR));
    expect(read(report)).toEqual([]);
    expect(driftExitCode(report, 1)).toBe(0);
  });

  test("it is said in one line", () => {
    expect(report.firstReads[0]).toEqual({ attribute: "deletion_policy", resources: 22 });
    const line =
      /^Read for the first time by a newer provider, no drift: deletion_policy of 22 resources, .* and \d+ more attributes\.$/;
    expect(driftText(report)).toContainEqual(expect.stringMatching(line));
    expect(driftText(report).at(-1)).toBe("No drift found in dev.");
    expect(driftMarkdown(report).split("\n")).toContainEqual(
      expect.stringMatching("^Read for the first time"),
    );
  });

  test("without an upgrade there is no such line", () => {
    const quiet = drift(plan("18-drift-refresh-only"), plan("19-drift-normal-plan"));
    expect(quiet.firstReads).toEqual([]);
    expect(driftText(quiet).join("\n")).not.toContain("first time");
  });
});

describe("a real drift is found in the middle of an upgrade", () => {
  test("of an attribute that both providers know", () => {
    const report = drift(upgradedPlan("18-drift-refresh-only"), plan("19-drift-normal-plan"));
    expect(read(report)).toEqual([
      [API, ['template.0.timeout "60s"']],
      [CONNECTOR, ["max_instances 10"]],
    ]);
    expect(driftExitCode(report, 1)).toBe(1);
  });

  test("of a new attribute that a deployment puts back", () => {
    const report = drift(changed(API, { iap_enabled: true }), puttingBack(API));
    expect(read(report)).toEqual([[API, ["iap_enabled true"]]]);
    expect(driftExitCode(report, 1)).toBe(1);
  });

  test("of a new attribute that the old provider's state says otherwise", () => {
    const report = drift(
      changed(CONNECTOR, { deletion_policy: "ABANDON" }, (whole) => {
        driftOf(whole, CONNECTOR).change.before.deletion_policy = "DELETE";
      }),
      puttingBack(CONNECTOR),
    );
    expect(report.drifted.map(({ address }) => address)).toEqual([CONNECTOR]);
  });

  test("of a resource that is gone", () => {
    const report = drift(
      upgradedPlan("02-no-change", (whole) => {
        driftOf(whole, API).change.actions = ["delete"];
        driftOf(whole, API).change.after = null;
      }),
    );
    expect(report.drifted).toMatchObject([{ address: API, isDeleted: true }]);
  });

  test("of what breaks a rule, although a deployment would leave it alone", () => {
    const report = drift(
      upgradedPlan("02-no-change", (whole) => {
        const { before, after } = driftOf(whole, RANGE).change;
        before.address_type = null;
        after.address_type = "EXTERNAL"; // the default of the provider
        whole.planned_values = structuredClone(whole.prior_state.values);
        whole.resource_changes = undefined;
      }),
    );
    expect(report.drifted.map(({ address, breaks }) => [address, breaks.map(({ rule }) => rule)])).toEqual([
      [RANGE, ["address/private-services-shape"]],
    ]);
  });
});

describe("once the newer provider has written the state, a difference is a change again", () => {
  /** One resource of the stack says so: an apply writes all of them. */
  const written = (whole: Json): void => {
    driftOf(whole, CONNECTOR).change.before.deletion_policy = "DELETE";
  };

  test("of an attribute that it knew", () => {
    const report = drift(
      upgradedPlan("02-no-change", (whole) => {
        written(whole);
        whole.resource_drift = whole.resource_drift.filter(({ address }: Json) => address === DATABASE);
        const { before, after } = driftOf(whole, DATABASE).change;
        before.settings[0].data_api_access = null;
        after.settings = [{ ...before.settings[0], data_api_access: "ALLOW_DATA_API" }];
        whole.prior_state.values.root_module.resources.find(
          ({ address }: Json) => address === CONNECTOR,
        ).values.deletion_policy = "DELETE";
      }),
    );
    expect(
      report.noticed.map(({ address, attributes }) => [address, attributes.map(({ path }) => path)]),
    ).toEqual([[DATABASE, expect.arrayContaining(["settings.0.data_api_access"])]]);
    expect(report.firstReads.map(({ attribute }) => attribute)).not.toContain("settings.data_api_access");
  });

  test("but not of an attribute that only a release after it has brought", () => {
    const { firstReads } = drift(upgradedPlan("02-no-change", written));
    expect(firstReads.map(({ attribute }) => attribute)).toContain("settings.replication_lag_max_seconds");
    expect(firstReads.map(({ attribute }) => attribute)).not.toContain("settings.data_api_access");
  });
});

test("what a newer provider takes from the API, and the older one did not, is a first read as well", () => {
  const refreshed = (change: (whole: Json) => void = () => {}) =>
    upgradedPlan("02-no-change", (whole) => {
      const { before, after } = driftOf(whole, API).change;
      // Known since 4.46, and taken from the API since 7.44.
      before.template[0].scaling = [{ max_instance_count: null, min_instance_count: 1 }];
      after.template[0].scaling = [{ max_instance_count: 100, min_instance_count: 1 }];
      change(whole);
    });
  const older = drift(refreshed());
  expect(older.firstReads).toContainEqual({ attribute: "template.scaling.max_instance_count", resources: 1 });
  expect(read(older)).toEqual([]);
  const written = drift(
    refreshed((whole) => {
      driftOf(whole, DATABASE).change.before.settings[0].replication_lag_max_seconds = 7;
    }),
  );
  expect(written.noticed.map(({ address }) => address)).toContain(API);
});
