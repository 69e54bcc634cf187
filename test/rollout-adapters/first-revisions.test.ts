import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { googleContext } from "../../commands/google-context.ts";
import { declaredTraffic } from "../../constructs/declared-traffic.ts";
import { NO_STABLE } from "../../platform/workloads/rollout.ts";
import { type RolloutState, rolloutState } from "../../rollout-adapters/rollout-state.ts";
import { type Cloud, startCloud } from "../support/cloud/cloud.ts";
import { template } from "../support/cloud/world.ts";
import { environment } from "../support/environments.ts";

// The kind of fault: what Terraform states of a service that it has just created is not what it states in the next plan.

const staging = environment();
const NAME = "projects/netra-staging/locations/us-central1/services/staging-auth";
const before = { ...process.env };

let cloud: Cloud;
let folder: string;
let now = Date.UTC(2026, 10, 21);
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "first-"));
  cloud = await startCloud(() => now);
  process.env.GOOGLE_API_ENDPOINT = cloud.endpoint;
  process.env.GOOGLE_OAUTH_ACCESS_TOKEN = "token";
});
afterEach(async () => {
  process.env = { ...before };
  await cloud.stop();
  rmSync(folder, { recursive: true, force: true });
});

const state = (): Promise<RolloutState> =>
  rolloutState(staging, googleContext(staging), path.join(folder, "cdktf.out"));
const create = () => cloud.add(NAME, template("auth", "a"), declaredTraffic(NO_STABLE));
const written = () => cloud.asked.filter(({ method }) => method !== "GET");

test("the first revision is named as the next plan states it, and its traffic stays", async () => {
  const planned = await state();
  const service = create();
  now += 600_000;
  const revision = service.latestReady() ?? "";
  expect(await planned.nameCreated()).toEqual([`auth: ${revision}, its first revision, keeps the traffic.`]);
  now += 600_000;
  const next = await state();
  expect(next.values.get("stable_auth")).toBe(revision);
  // As Google answers: 0 percent is left out.
  expect((service.json() as { traffic: unknown }).traffic).toEqual(
    declaredTraffic(revision).map(({ percent, ...entry }) => (percent === 0 ? entry : { ...entry, percent })),
  );
  expect(await next.nameCreated()).toEqual([]);
});

test("a service that was there before, or was not created, is left alone", async () => {
  create();
  now += 600_000;
  expect(await (await state()).nameCreated()).toEqual([]);
  expect(written()).toEqual([]);
});

test("a service that is not ready keeps what it has, and the deployment says so", async () => {
  const planned = await state();
  create();
  expect(await planned.nameCreated()).toEqual(["auth: its first revision does not have all traffic yet."]);
  expect(written()).toEqual([]);
});

test("where Cloud Run rejects it, the deployment says what the next plan does", async () => {
  const planned = await state();
  create();
  now += 600_000;
  cloud.faults.push({ when: ({ method }) => method === "PATCH", trouble: 403 });
  const [sentence] = await planned.nameCreated();
  expect(sentence).toMatch(/^auth: the next plan names its first revision, staging-auth-\S+: .*403/);
});
