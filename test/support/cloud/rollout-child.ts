/** A process that runs a rollout against the fake, in the fake's time; tests end it in the middle. */
import process from "node:process";
import { platformPlan } from "../../../platform/plan.ts";
import { run } from "../../../rollout/run.ts";
import type { Settings } from "../../../rollout/settings.ts";
import { cloudRunGateway } from "../../../rollout-adapters/gateway.ts";
import { ledgerStore } from "../../../rollout-adapters/ledger-store.ts";
import { environment } from "../environments.ts";
import { terraform } from "./terraform.ts";
import { placeOf, settingsOf, template } from "./world.ts";

const [endpoint = "", bucket = "", given = "{}"] = process.argv.slice(2);
const staging = platformPlan(
  environment((draft) => {
    draft.state = { bucket };
  }),
);
const clock = async (passed: number): Promise<number> => {
  const response = await fetch(`${endpoint}/clock?pass=${passed}`, { method: "POST" });
  return ((await response.json()) as { now: number }).now;
};
let current = await clock(0);
const now = (): number => current;
const sleep = async (milliseconds: number): Promise<void> => {
  current = await clock(milliseconds);
};
const google = placeOf(staging, endpoint, now, sleep);
const { names } = staging;
const location = `projects/${staging.project}/locations/${staging.region}`;
const configured = terraform(
  endpoint,
  location,
  (name) => names.service(name),
  (name) => template(name, "b"),
  () => sleep(1000),
);
const client = cloudRunGateway({
  platform: staging,
  google,
  signal: new AbortController().signal,
  ledger: ledgerStore(staging, { ...google, output: "" }),
  soak: staging.deadlines.soak,
  terraform: configured.client,
});
const settings = { ...settingsOf(staging), holder: "killed", ...(JSON.parse(given) as Partial<Settings>) };
const { outcome } = await run(client, settings, { now, sleep, emit: () => {} });
console.log(outcome);
