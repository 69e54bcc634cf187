import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { googleContext } from "../../commands/google-context.ts";
import { platformPlan } from "../../platform/plan.ts";
import { UserError } from "../../platform/user-error.ts";
import { rolloutState } from "../../rollout-adapters/rollout-state.ts";
import { stableVariables, withVariables } from "../../rollout-adapters/stable-variables.ts";
import { type Cloud, startCloud } from "../support/cloud/cloud.ts";
import { template } from "../support/cloud/world.ts";
import { environment } from "../support/environments.ts";

const staging = environment();
const LOCATION = "projects/netra-staging/locations/us-central1/services";
const before = { ...process.env };

let cloud: Cloud;
let folder: string;
let now = Date.UTC(2026, 10, 21);
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "stable-"));
  cloud = await startCloud(() => now);
  process.env.GOOGLE_API_ENDPOINT = cloud.endpoint;
  process.env.GOOGLE_OAUTH_ACCESS_TOKEN = "token";
});
afterEach(async () => {
  process.env = { ...before };
  await cloud.stop();
  rmSync(folder, { recursive: true, force: true });
});

const variables = async () =>
  stableVariables(platformPlan(staging), googleContext(staging), path.join(folder, "cdktf.out"));

function writeLedger(services: object, version = 1): void {
  mkdirSync(path.join(folder, "rollout.staging"), { recursive: true });
  writeFileSync(
    path.join(folder, "rollout.staging", `${version}.json`),
    JSON.stringify({ version: 2, environment: "staging", services }),
  );
}

describe("what the services' stacks are planned with", () => {
  test("is none before anything was deployed", async () => {
    const { values, notes } = await variables();
    expect(Object.fromEntries(values)).toEqual({
      stable_auth: "none",
      stable_backend: "none",
      stable_frontend: "none",
    });
    expect(notes).toEqual([]);
  });

  test("is what serves, said so, where a fresh checkout has no ledger: never the newest", async () => {
    const service = cloud.add(`${LOCATION}/staging-auth`, template("auth", "a"));
    now += 600_000;
    const stable = service.latestReady() ?? "";
    service.patch(
      { traffic: [{ type: "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", revision: stable, percent: 100 }] },
      ["traffic"],
    );
    service.patch({ template: template("auth", "b") }, ["template"]);
    now += 600_000;
    const { values, notes } = await variables();
    expect(service.latestReady()).not.toBe(stable);
    expect(values.get("stable_auth")).toBe(stable);
    expect(notes).toEqual([`auth: not in the ledger yet; ${stable}, which serves now, keeps the traffic.`]);
  });

  test("is what stable is, and Cloud Run is not asked", async () => {
    const record = (stable: string) => ({ stable, image: null, blocked: [] });
    writeLedger({ auth: record("a-1"), backend: record("b-1"), frontend: record("f-1") });
    const { values } = await variables();
    expect([...values.values()]).toEqual(["a-1", "b-1", "f-1"]);
    expect(cloud.asked).toEqual([]);
  });

  test("is outdated by a rollout, also where the deployment itself has created a service before", async () => {
    const record = (stable: string) => ({ stable, image: null, blocked: [] });
    writeLedger({ backend: record("b-1"), frontend: record("f-1") });
    const { values, outdated } = await rolloutState(
      staging,
      googleContext(staging),
      path.join(folder, "cdktf.out"),
    );
    expect(values.get("stable_auth")).toBe("none");
    cloud.add(`${LOCATION}/staging-auth`, template("auth", "a"));
    now += 600_000;
    expect(await outdated()).toBeUndefined();
    writeLedger({ backend: record("b-2"), frontend: record("f-1") }, 2);
    expect(await outdated()).toContain("the plan was made for stable_backend = b-1, and it is b-2 now");
  });

  test("is refused where traffic is divided and nobody wrote down which is good", async () => {
    const service = cloud.add(`${LOCATION}/staging-auth`, template("auth", "a"));
    now += 600_000;
    const first = service.latestReady() ?? "";
    service.patch({ template: template("auth", "b") }, ["template"]);
    now += 600_000;
    const second = service.latestReady() ?? "";
    const share = (revision: string, percent: number) => ({
      type: "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION",
      revision,
      percent,
    });
    service.patch({ traffic: [share(first, 75), share(second, 25)] }, ["traffic"]);
    now += 600_000;
    const refused = await variables().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UserError);
    expect((refused as Error).message).toContain(
      `auth: its traffic is split (${first} 75 %, ${second} 25 %)`,
    );
    expect((refused as Error).message).toContain('"npm run rollout -- adopt staging"');
  });
});

test("each service's stack gets its own variable, and no other stack any", () => {
  const stack = (name: string) => ({ name, folder: "/x", dependencies: [], hash: "" });
  const values = new Map([["stable_auth", "a-1"]]);
  const stacks = ["staging-network", "staging-service-auth", "staging-service-other"].map(stack);
  expect(withVariables(staging, stacks, values).map(({ variables }) => variables)).toEqual([
    undefined,
    { stable_auth: "a-1" },
    undefined,
  ]);
});
