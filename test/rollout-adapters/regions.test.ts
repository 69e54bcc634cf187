import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { googleContext } from "../../commands/google-context.ts";
import { rolloutUnits } from "../../platform/workloads/rollout-units.ts";
import { chosenServices } from "../../rollout/chosen-services.ts";
import { gatewayWithoutTerraform, observeServices } from "../../rollout-adapters/observe-services.ts";
import { stableVariables, withVariables } from "../../rollout-adapters/stable-variables.ts";
import { changedShape } from "../support/changed-shape.ts";
import { type Cloud, startCloud } from "../support/cloud/cloud.ts";
import { template } from "../support/cloud/world.ts";

/** The kind: a service of one region is taken for that of the same name in another. */
const plan = changedShape("two").plan((draft) => {
  delete draft.state;
});
const services = (region: string) => `projects/acme-web/locations/${region}/services`;
const before = { ...process.env };

let cloud: Cloud;
let folder: string;
let now = Date.UTC(2026, 10, 21);
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "regions-"));
  cloud = await startCloud(() => now);
  process.env.GOOGLE_API_ENDPOINT = cloud.endpoint;
  process.env.GOOGLE_OAUTH_ACCESS_TOKEN = "token";
});
afterEach(async () => {
  process.env = { ...before };
  await cloud.stop();
  rmSync(folder, { recursive: true, force: true });
});

const output = () => path.join(folder, "cdktf.out");
const client = () =>
  gatewayWithoutTerraform(plan, googleContext(plan), output(), new AbortController().signal);

test("each region's service is read, and its traffic written, in that region", async () => {
  const here = cloud.add(`${services("europe-west1")}/two-api`, template("api", "a"));
  const there = cloud.add(`${services("us-central1")}/two-api`, template("api", "b"));
  now += 600_000;
  const observed = await observeServices(plan, client());
  expect([...observed].map(([name, found]) => [name, found?.latestReady ?? null])).toEqual([
    ["web", null],
    ["api", here.latestReady()],
    ["audit", null],
    ["web-us-central1", null],
    ["api-us-central1", there.latestReady()],
  ]);
  const stable = there.latestReady() ?? "";
  const written = await client().shift({
    service: "api-us-central1",
    etag: observed.get("api-us-central1")?.etag ?? "",
    split: { stable, candidate: null, percent: 0 },
  });
  expect(written).toEqual({ kind: "written" });
  now += 600_000;
  const after = await observeServices(plan, client());
  expect(after.get("api-us-central1")?.asked[0]).toEqual({ revision: stable, percent: 100 });
  expect(after.get("api")).toEqual(observed.get("api"));
  expect(after.get("api-us-central1")?.service).toBe("api-us-central1");
});

test("plans take the revision of each region from the ledger, or from what serves there", async () => {
  mkdirSync(path.join(folder, "rollout.two"), { recursive: true });
  writeFileSync(
    path.join(folder, "rollout.two", "1.json"),
    JSON.stringify({
      version: 2,
      environment: "two",
      services: { api: { stable: "api-1", image: null, blocked: [] } },
    }),
  );
  const there = cloud.add(`${services("us-central1")}/two-api`, template("api", "b"));
  now += 600_000;
  const { values } = await stableVariables(plan, googleContext(plan), output());
  expect(Object.fromEntries(values)).toEqual({
    stable_web: "none",
    stable_api: "api-1",
    stable_audit: "none",
    stable_web_us_central1: "none",
    stable_api_us_central1: there.latestReady(),
  });
  const stack = (name: string) => ({ name, folder: "/x", dependencies: [], hash: "" });
  expect(
    withVariables(plan, ["two-service-api", "two-service-api-us-central1"].map(stack), values).map(
      ({ variables }) => variables,
    ),
  ).toEqual([{ stable_api: "api-1" }, { stable_api_us_central1: there.latestReady() }]);
});

test("a name means the service in all of its regions, and one with the region only that one", () => {
  const units = rolloutUnits(plan);
  expect(chosenServices("two", units, ["api"])).toEqual(["api", "api-us-central1"]);
  expect(chosenServices("two", units, ["api-us-central1", "api"])).toEqual(["api-us-central1", "api"]);
  expect(() => chosenServices("two", units, ["audit-us-central1"])).toThrow(
    'two has no service "audit-us-central1": its services are web, api, audit, web-us-central1, api-us-central1.',
  );
});
