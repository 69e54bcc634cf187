import { createHash } from "node:crypto";
import { googleError } from "../google-api/error-form.ts";

/** How instances of a revision behave. */
export interface Behaviour {
  /** Whether it ever gets ready. @default true */
  readonly ready?: boolean;
  /** Share of its answers that are errors, where it has so many percent. @default 0 */
  readonly errors?: (percent: number, now: number) => number;
  /** Share of its answers that are slow. @default 0 */
  readonly slow?: (percent: number, now: number) => number;
  /** What is wrong with its contract. @default nothing */
  readonly contract?: string;
  /** Whether the services that call it break, where it has so many percent. @default false */
  readonly breaksConsumers?: (percent: number) => boolean;
  /** Who is at fault for it. @default "application" */
  readonly fault?: "application" | "infrastructure";
  /** Whether an upgrade at the tag URL, and one through the load balancer, becomes a WebSocket. @default true */
  readonly webSocket?: boolean;
  readonly balancerWebSocket?: boolean;
}

export interface Entry {
  readonly type: string;
  readonly revision?: string;
  readonly percent?: number;
  readonly tag?: string;
}

interface Revision {
  readonly name: string;
  readonly template: Template;
  readonly readyAt: number;
  readonly behaviour: Behaviour;
}

export type Template = Readonly<Record<string, unknown>> & {
  readonly containers: readonly { readonly image: string; readonly env?: readonly object[] }[];
};

interface Shares {
  readonly from: number;
  /** Percent by revision. */
  readonly shares: ReadonlyMap<string, number>;
}

/** What Google says to a request that it refuses. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: object;

  /**
   * @param code @default the name that Google gives to the status
   * @param body @default Google's form
   */
  constructor(
    status: number,
    code: string | undefined,
    message: string,
    body = googleError(status, message, code),
  ) {
    super(message);
    this.status = status;
    this.body = body;
  }
}

const LATEST = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST";

/** One Cloud Run service with the semantics of the v2 API, in time that the test gives. */
export class FakeService {
  readonly name: string;
  readonly revisions: Revision[] = [];
  readonly #now: () => number;
  readonly #short: string;
  #written: { traffic: readonly Entry[]; inForceAt: number };
  #template: Template;
  #rest: Readonly<Record<string, unknown>> = {};
  #version = 1;
  #history: Shares[] = [];
  #message = "";
  /** How the next revisions behave, the first one first. */
  readonly coming: Behaviour[];
  /** Milliseconds until a revision is ready, and until traffic is where it was sent. */
  readyAfter = 5_000;
  propagation = 3_000;
  lastModifier = "terraform@example.com";

  constructor(
    name: string,
    now: () => number,
    template: Template,
    traffic: readonly Entry[] | undefined,
    coming: readonly Behaviour[] = [],
  ) {
    this.coming = [...coming];
    this.name = name;
    this.#short = name.slice(name.lastIndexOf("/") + 1);
    this.#now = now;
    this.#template = template;
    this.#written = { traffic: [], inForceAt: 0 };
    this.#addRevision(template);
    this.#write(traffic ?? [{ type: LATEST, percent: 100 }]);
  }

  /** A PATCH; without a mask everything that is not sent is gone. */
  patch(body: Readonly<Record<string, unknown>>, mask: readonly string[] | undefined): void {
    if (body.etag !== undefined && body.etag !== this.etag())
      throw new Refusal(409, "ABORTED", `Conflict for resource '${this.#short}': version differs`);
    const traffic = (body.traffic ?? [{ type: LATEST, percent: 100 }]) as readonly Entry[];
    const template = (body.template ?? { containers: [] }) as Template;
    if (mask === undefined || mask.includes("traffic")) this.#check(traffic);
    if (mask === undefined || mask.includes("template")) {
      if (JSON.stringify(template) !== JSON.stringify(this.#template)) this.#addRevision(template);
      this.#template = template;
    }
    if (mask === undefined) {
      const { traffic: _, template: __, etag: ___, name: ____, ...rest } = body;
      this.#rest = rest;
    }
    if (mask === undefined || mask.includes("traffic")) this.#write(traffic);
    this.#version += 1;
  }

  /** Deletes a revision, as a person or Google's clean-up does. */
  remove(revision: string): void {
    const index = this.revisions.findIndex(({ name }) => name === revision);
    if (index >= 0) this.revisions.splice(index, 1);
  }

  etag(): string {
    const settled = [this.#isReconciling(), this.latestReady()].join("/");
    return `"${createHash("sha1").update(`${this.#version}/${settled}`).digest("hex").slice(0, 12)}"`;
  }

  json(): object {
    const ready = this.latestReady();
    const full = (revision: string): string => `${this.name}/revisions/${revision}`;
    const latest = this.revisions.at(-1);
    const failed = latest !== undefined && latest.behaviour.ready === false && latest.readyAt <= this.#now();
    const reconciling = this.#isReconciling();
    return {
      ...this.#rest,
      name: this.name,
      etag: this.etag(),
      generation: String(this.#version),
      observedGeneration: String(this.#version),
      ...(reconciling ? { reconciling } : {}),
      terminalCondition: reconciling
        ? { type: "Ready", state: "CONDITION_RECONCILING" }
        : failed
          ? {
              type: "Ready",
              state: "CONDITION_FAILED",
              message: `Revision '${latest.name}' is not ready: the user-provided container failed to start.`,
            }
          : { type: "Ready", state: "CONDITION_SUCCEEDED", message: this.#message },
      ...(latest === undefined ? {} : { latestCreatedRevision: full(latest.name) }),
      ...(ready === undefined ? {} : { latestReadyRevision: full(ready) }),
      uri: this.#uri(),
      template: this.#template,
      traffic: this.#written.traffic.map(withoutZero),
      trafficStatuses: this.#inForce().map((entry) => ({
        ...withoutZero(entry),
        ...(entry.tag === undefined ? {} : { uri: this.#uri(entry.tag) }),
      })),
      lastModifier: this.lastModifier,
    };
  }

  revisionJson(name: string): object | undefined {
    const revision = this.revisions.find((one) => one.name === name);
    if (revision === undefined) return undefined;
    return {
      ...revision.template,
      name: `${this.name}/revisions/${name}`,
      conditions: [
        {
          type: "Ready",
          state: this.isReady(revision) ? "CONDITION_SUCCEEDED" : "CONDITION_FAILED",
          ...(this.isReady(revision) ? {} : { message: "The container failed to start." }),
        },
      ],
    };
  }

  latestReady(): string | undefined {
    return this.revisions.filter((revision) => this.isReady(revision)).at(-1)?.name;
  }

  isReady({ behaviour, readyAt }: Revision): boolean {
    return behaviour.ready !== false && readyAt <= this.#now();
  }

  /** What a revision's instances do; a revision that is gone does nothing. */
  behaviour(revision: string): Behaviour | undefined {
    return this.revisions.find(({ name }) => name === revision)?.behaviour;
  }

  /** The revision that answers at a tag URL, or at the service's own URL by its share. */
  answering(url: string): string | undefined {
    const entry = this.#inForce().find(({ tag }) => tag !== undefined && url.startsWith(this.#uri(tag)));
    if (entry !== undefined) return entry.revision ?? this.latestReady();
    return [...this.shares(this.#now())].sort(([, a], [, b]) => b - a)[0]?.[0];
  }

  /** Percent by revision that were in force at a moment. */
  shares(at: number): ReadonlyMap<string, number> {
    this.#record();
    return this.#history.filter(({ from }) => from <= at).at(-1)?.shares ?? new Map();
  }

  #addRevision(template: Template): void {
    const number = String(this.#version).padStart(5, "0");
    const name = `${this.#short}-${number}-${"abcdefghijklmnopqrstuvwxyz"[this.revisions.length % 26]}`;
    const behaviour = this.coming.shift() ?? {};
    // The first revision of a test stands there since long ago.
    const readyAt = this.revisions.length === 0 ? 0 : this.#now() + this.readyAfter;
    this.revisions.push({ name, template, readyAt, behaviour });
  }

  #check(traffic: readonly Entry[]): void {
    const sum = traffic.reduce((total, { percent = 0 }) => total + percent, 0);
    if (sum !== 100)
      throw new Refusal(400, "INVALID_ARGUMENT", `Traffic percents must add up to 100, got ${sum}`);
    const tags = traffic.flatMap(({ tag }) => tag ?? []);
    if (new Set(tags).size !== tags.length) throw new Refusal(400, "INVALID_ARGUMENT", "Tags must be unique");
    for (const { revision, type } of traffic) {
      if (type === LATEST) continue;
      if (!this.revisions.some(({ name }) => name === revision))
        throw new Refusal(400, "INVALID_ARGUMENT", `Revision '${revision}' does not exist or is deleted`);
    }
  }

  #write(traffic: readonly Entry[]): void {
    this.#check(traffic);
    this.#record();
    // What was in force stays so until the change has got around.
    const before = this.#inForce();
    const now = this.#now();
    const first = this.#history.length === 0;
    this.#before = first ? traffic : before;
    this.#written = { traffic, inForceAt: first ? now : now + this.propagation };
    this.#record();
  }
  #before: readonly Entry[] = [];

  #inForce(): readonly Entry[] {
    return this.#now() >= this.#written.inForceAt ? this.#written.traffic : this.#before;
  }

  /** Writes down what is in force, with the moment at which it came into force. */
  #record(): void {
    const add = (from: number, entries: readonly Entry[]): void => {
      const shares = new Map<string, number>();
      for (const { type, revision, percent = 0 } of entries) {
        const name = type === LATEST ? (this.latestReady() ?? "") : (revision ?? "");
        if (percent > 0) shares.set(name, (shares.get(name) ?? 0) + percent);
      }
      const last = this.#history.at(-1);
      if (last !== undefined && JSON.stringify([...last.shares]) === JSON.stringify([...shares])) return;
      this.#history.push({ from, shares });
    };
    if (this.#history.length === 0) add(0, this.#inForce());
    else if (this.#now() >= this.#written.inForceAt) add(this.#written.inForceAt, this.#written.traffic);
  }

  #isReconciling(): boolean {
    const latest = this.revisions.at(-1);
    return this.#now() < this.#written.inForceAt || (latest !== undefined && latest.readyAt > this.#now());
  }

  #uri(tag?: string): string {
    return `https://${tag === undefined ? "" : `${tag}---`}${this.#short}-fake.a.run.app`;
  }
}

/** Google does not return what is 0. */
function withoutZero({ percent, ...entry }: Entry): Entry {
  return percent ? { ...entry, percent } : entry;
}
