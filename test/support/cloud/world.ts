import { googleApi } from "../../../google/api.ts";
import { GoogleClock } from "../../../google/clock.ts";
import { type PlatformPlan, platformPlan } from "../../../platform/plan.ts";
import type { Environment } from "../../../platform/schema/environment.ts";
import type { RolloutClient } from "../../../rollout/client.ts";
import type { Ledger, Rollout } from "../../../rollout/ledger.ts";
import { startRollout } from "../../../rollout/lifecycle.ts";
import type { RolloutEvent } from "../../../rollout/report/events.ts";
import { type RunResult, run } from "../../../rollout/run.ts";
import type { Settings } from "../../../rollout/settings.ts";
import type { GoogleContext } from "../../../rollout-adapters/context.ts";
import { cloudRunGateway } from "../../../rollout-adapters/gateway.ts";
import { ledgerStore } from "../../../rollout-adapters/ledger-store.ts";
import { type Draft, environment } from "../environments.ts";
import { type Cloud, startCloud } from "./cloud.ts";
import type { Behaviour, Entry, FakeService, Template } from "./cloud-run.ts";
import { type Configuration, terraform } from "./terraform.ts";

/** A whole minute, as Cloud Monitoring samples them. */
const START = Date.parse("2026-11-21T12:00:00Z");
const BUCKET = "netra-staging-state";
export const ORDER = ["auth", "backend", "frontend"];
const STEPS = [5, 25, 50, 100];
const HOUR = 3_600_000;
/** Milliseconds. */
const SELDOM = 120_000;

export interface World {
  readonly cloud: Cloud;
  readonly environment: PlatformPlan;
  readonly clock: { now: number };
  readonly events: RolloutEvent[];
  readonly google: GoogleContext;
  readonly terraform: ReturnType<typeof terraform>;
  service(name: string): FakeService;
  stable(name: string): string;
  ledger(): Ledger;
  rollout(): Rollout;
  /** Starts a rollout of these services and reconciles until it ends. */
  roll(order?: readonly string[], more?: Partial<Departed>): Promise<RunResult>;
  /** Continues from the ledger: another process. */
  resume(
    more?: Partial<Settings>,
    wrap?: (client: RolloutClient) => RolloutClient,
    skew?: number,
  ): Promise<RunResult>;
  /**
   * One run of the watchdog in the project.
   *
   * @param skew milliseconds by which the clock of its machine is ahead @default 0
   */
  watchdog(skew?: number): Promise<RunResult>;
  /** Percent by revision that are in force now. */
  shares(name: string): Record<string, number>;
  /** Percent of the traffic that each write of a rollout gave to anything but stable. */
  moves(name: string): number[];
  /** Writes new images into the configuration. */
  configure(digest: string): void;
  /** Lets a person write the traffic of a service. */
  person(name: string, traffic: readonly Entry[]): void;
  stop(): Promise<void>;
}

interface Departed {
  readonly steps: readonly number[];
  readonly again: boolean;
  readonly wrap: (client: RolloutClient) => RolloutClient;
  /** Milliseconds by which the clock of its machine is ahead. */
  readonly skew: number;
}

/** The template of a service whose image has this digest. */
export function template(name: string, digest: string): Template {
  const env = [{ name: "KEY", valueSource: { secretKeyRef: { secret: "jwt-signing-key", version: "1" } } }];
  return { containers: [{ image: imageOf(name, digest), env }] };
}

function imageOf(name: string, digest: string): string {
  return `us-central1-docker.pkg.dev/netra-staging/staging-services/${name}@sha256:${digest.repeat(64)}`;
}

interface WorldOptions {
  readonly change?: (draft: Draft) => void;
  /** Services that do not exist yet. @default none */
  readonly absent?: readonly string[];
  /** What is written. @default new images */
  readonly configuration?: Configuration;
  /**
   * Milliseconds between two looks. Whoever measures how long something takes gives a shorter one.
   *
   * @default two minutes, so that a soak has few of them
   */
  readonly interval?: number;
}

/**
 * Staging on a fake Google: three services that serve since long ago, the ledger that knows them, and new images that
 * Terraform has not applied yet. Time passes only where somebody waits.
 *
 * @param behaviours of the revisions to come, by service
 */
export async function world(
  behaviours: Readonly<Record<string, readonly Behaviour[]>> = {},
  { change = () => {}, absent = [], configuration, interval = SELDOM }: WorldOptions = {},
): Promise<World> {
  let digest = "b";
  const clock = { now: START };
  const now = (): number => clock.now;
  const staging = platformPlan(
    environment((draft) => {
      draft.state = { bucket: BUCKET };
      change(draft);
    }),
  );
  const { names } = staging;
  const cloud = await startCloud(now, (milliseconds) => {
    clock.now += milliseconds;
  });
  const location = `projects/${staging.project}/locations/${staging.region}`;
  const services: Record<string, { stable: string; image: string; blocked: [] }> = {};
  for (const name of absent)
    cloud.unborn.set(`${location}/services/${names.service(name)}`, behaviours[name] ?? []);
  for (const name of ORDER.filter((one) => !absent.includes(one))) {
    const service = cloud.add(`${location}/services/${names.service(name)}`, template(name, "a"));
    const stable = service.latestReady() ?? "";
    service.patch(
      {
        traffic: [
          { type: "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", revision: stable, percent: 100 },
          { type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", tag: "candidate" },
        ],
      },
      ["traffic"],
    );
    service.coming.push(...(behaviours[name] ?? []));
    services[name] = { stable, image: imageOf(name, "a"), blocked: [] };
  }
  clock.now += HOUR;
  const configured = terraform(
    cloud.endpoint,
    location,
    (name) => names.service(name),
    configuration ?? ((name) => template(name, digest)),
    async () => {
      clock.now += 1000;
    },
  );
  const sleep = async (milliseconds: number): Promise<void> => {
    clock.now += milliseconds;
  };
  const google = placeOf(staging, cloud.endpoint, now, sleep);
  const store = ledgerStore(staging, { ...google, output: "" });
  await store.writeLedger({ version: 2, environment: staging.name, services }, "0");

  const events: RolloutEvent[] = [];
  let processes = 0;
  const go = (
    settings: Partial<Settings>,
    wrap: (client: RolloutClient) => RolloutClient = (client) => client,
    skew = 0,
  ): Promise<RunResult> => {
    processes += 1;
    const google = placeOf(staging, cloud.endpoint, () => clock.now + skew, sleep);
    const isWatchdog = settings.mode === "watchdog";
    const client = cloudRunGateway({
      platform: staging,
      google,
      signal: new AbortController().signal,
      ledger: ledgerStore(staging, { ...google, output: "" }),
      soak: staging.deadlines.soak,
      ...(isWatchdog ? {} : { terraform: configured.client }),
    });
    const context = { now: google.now, sleep, emit: (event: RolloutEvent) => void events.push(event) };
    const holder = `${isWatchdog ? "watchdog" : "process"}-${processes}`;
    return run(wrap(client), { ...settingsOf(staging, digest), interval, holder, ...settings }, context);
  };
  const service = (name: string): FakeService => {
    const found = cloud.services.get(`${location}/services/${names.service(name)}`);
    if (found === undefined) throw new Error(`no service ${name}`);
    return found;
  };
  const ledger = (): Ledger =>
    JSON.parse(cloud.storage.text(`rollout/${staging.name}.json`) ?? "null") as Ledger;
  return {
    cloud,
    environment: staging,
    clock,
    events,
    google,
    terraform: configured,
    service,
    stable: (name) => services[name]?.stable ?? "",
    ledger,
    rollout: () => {
      const { rollout } = ledger();
      if (rollout === undefined) throw new Error("no rollout");
      return rollout;
    },
    roll: async (order = ORDER, { steps = STEPS, again = false, wrap, skew } = {}) => {
      const { ledger: found, generation } = await store.readLedger();
      if (found === null) throw new Error("no ledger");
      const holder = `process-${processes + 1}`;
      const { images, lease } = settingsOf(staging, digest);
      const id = `train-${processes + 1}`;
      const departed = startRollout(found, { id, order, steps, again, images, holder, lease }, now());
      await store.writeLedger(departed, generation);
      return go({}, wrap, skew);
    },
    resume: (more = {}, wrap, skew) => go(more, wrap, skew),
    watchdog: (skew) => go({ mode: "watchdog" }, undefined, skew),
    shares: (name) => Object.fromEntries(service(name).shares(now())),
    moves: (name) =>
      cloud.asked
        .filter(({ method, path }) => method === "PATCH" && path.endsWith(`/${names.service(name)}`))
        .filter(({ query }) => query.get("updateMask") === "traffic")
        .map(({ body }) =>
          (body.traffic as readonly Entry[])
            .filter(({ revision }) => revision !== services[name]?.stable)
            .reduce((sum, { percent = 0 }) => sum + percent, 0),
        ),
    configure: (next) => {
      digest = next;
    },
    person: (name, traffic) => {
      service(name).patch({ traffic }, ["traffic"]);
      service(name).lastModifier = "person@example.com";
    },
    stop: cloud.stop,
  };
}

/**
 * Google's APIs at the fake.
 *
 * @param local clock of the machine, in milliseconds since 1970
 */
export function placeOf(
  { project, region }: Environment,
  endpoint: string,
  local: () => number,
  sleep: (milliseconds: number) => Promise<void>,
): GoogleContext {
  const { heard, now } = new GoogleClock(local);
  const api = googleApi({ get: async () => "token", remedy: "" }, sleep, undefined, heard);
  return {
    api,
    project,
    region,
    run: endpoint,
    logging: endpoint,
    monitoring: endpoint,
    storage: endpoint,
    secretManager: endpoint,
    artifactRegistry: endpoint,
    now,
    sleep,
  };
}

/** Milliseconds, as the environment's numbers give them. */
export function settingsOf({ deadlines, rollout }: Environment, digest = "b"): Omit<Settings, "holder"> {
  return {
    mode: "rollout",
    images: Object.fromEntries(ORDER.map((name) => [name, imageOf(name, digest)])),
    soak: deadlines.soak * 1000,
    lag: rollout.metricLag * 1000,
    inconclusive: rollout.inconclusive * 1000,
    lease: rollout.lease * 1000,
    ready: deadlines.startupWindow * 1000,
    effective: 120_000,
    apply: 1_800_000,
    gate: 600_000,
    interval: SELDOM,
  };
}
