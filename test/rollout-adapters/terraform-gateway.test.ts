import { describe, expect, test } from "@jest/globals";
import { changesTemplate } from "../../rollout-adapters/terraform-gateway.ts";

const template = (image: string) => [{ containers: [{ image }] }];
const plan = (change: object, type = "google_cloud_run_v2_service") => ({
  resource_changes: [{ address: `${type}.auth`, type, change }],
});

describe("whether a plan makes a revision", () => {
  test("another template does, and so does a new service", () => {
    const before = { template: template("a"), traffic: [] };
    expect(changesTemplate(plan({ actions: ["update"], before, after: { template: template("b") } }))).toBe(
      true,
    );
    expect(
      changesTemplate(plan({ actions: ["create"], before: null, after: { template: template("a") } })),
    ).toBe(true);
    expect(
      changesTemplate(
        plan({
          actions: ["update"],
          before,
          after: before,
          after_unknown: { template: [{ containers: [{ env: [{ value: true }] }] }] },
        }),
      ),
    ).toBe(true);
  });

  test("traffic, labels, nothing and other resources do not", () => {
    const before = { template: template("a"), traffic: [] };
    const after = { template: template("a"), traffic: [{ percent: 100 }] };
    expect(changesTemplate(plan({ actions: ["update"], before, after }))).toBe(false);
    expect(changesTemplate(plan({ actions: ["no-op"], before, after: before }))).toBe(false);
    expect(
      changesTemplate(plan({ actions: ["create"], before: null, after }, "google_service_account")),
    ).toBe(false);
    expect(changesTemplate({})).toBe(false);
  });
});
