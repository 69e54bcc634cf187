import type {
  LedgerStore,
  RolloutClient,
  ShiftResult,
  StoredLedger,
  TrafficWrite,
} from "../../rollout/client.ts";
import type { Ledger } from "../../rollout/ledger.ts";
import type { ObservedService, Target } from "../../rollout/observed.ts";
import type { Settings } from "../../rollout/settings.ts";
import { entries } from "../../rollout/traffic.ts";

/** A service of the world: what Cloud Run would hold. */
export interface WorldService {
  /** What the environment declares: applied, it becomes a revision. */
  template: string;
  image: string;
  etag: number;
  revisions: Record<string, { ready: boolean; image: string; template: string }>;
  latestCreated: string;
  latestReady: string | null;
  terminal: "succeeded" | "failed";
  asked: readonly Target[];
  /** In force from this moment on; before it, `before`. */
  effectiveAt: number;
  before: readonly Target[];
}

/** What one call of the client meets; everything left out goes well. */
export interface Luck {
  /** It throws, and nothing was done. */
  readonly fails?: boolean;
  /** It throws, and it was done. */
  readonly lost?: boolean;
  /** The process dies before it is done. */
  readonly diesBefore?: boolean;
  /** The process dies after it was done. */
  readonly diesAfter?: boolean;
  readonly verdict?: "bad" | "unclear";
}

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;

export const SETTINGS: Omit<Settings, "images"> = {
  mode: "rollout",
  holder: "first",
  soak: 5 * MINUTE,
  lag: 4 * MINUTE,
  inconclusive: 10 * MINUTE,
  ready: 5 * MINUTE,
  effective: 2 * MINUTE,
  lease: 3 * MINUTE,
  apply: 20 * MINUTE,
  gate: 5 * MINUTE,
  interval: 10 * SECOND,
};

/** Cloud Run, Terraform, the probe and the bucket in one object, with a clock of its own. */
export class World implements LedgerStore {
  time = Date.UTC(2026, 10, 21);
  readonly services: Record<string, WorldService> = {};
  /** Declared and not yet created. */
  readonly #absent: Record<string, WorldService> = {};
  readonly calls: { kind: string; service?: string; write?: TrafficWrite; result?: string }[] = [];
  /** How long a written split takes to be in force. */
  propagation = 3 * SECOND;
  luck: (kind: string, service: string) => Luck = () => ({});
  #stored: Ledger | null = null;
  #generation = 0;

  /** A service that serves one revision, as Terraform declares it. */
  serve(name: string, template: string): void {
    const revision = `${name}-00001`;
    this.services[name] = {
      template,
      image: imageOf(template),
      etag: 1,
      revisions: { [revision]: { ready: true, image: imageOf(template), template } },
      latestCreated: revision,
      latestReady: revision,
      terminal: "succeeded",
      asked: entries({ stable: revision, candidate: null, percent: 0 }, []),
      effectiveAt: 0,
      before: [],
    };
  }

  /** A service that the environment declares and nobody has applied. */
  absent(name: string, template: string): void {
    this.serve(name, template);
    const { [name]: service } = this.services;
    if (service === undefined) return;
    service.asked = entries({ stable: null, candidate: null, percent: 0 }, []);
    this.#absent[name] = service;
    delete this.services[name];
  }

  get ledger(): Ledger | null {
    return this.#stored;
  }

  set ledger(ledger: Ledger | null) {
    this.#stored = frozen(ledger);
    this.#generation += 1;
  }

  async readLedger(): Promise<StoredLedger> {
    return { ledger: this.ledger, generation: String(this.#generation) };
  }

  async writeLedger(ledger: Ledger, generation: string): Promise<string | null> {
    if (generation !== String(this.#generation)) return null;
    this.ledger = ledger;
    return String(this.#generation);
  }

  service(name: string): WorldService {
    const found = this.services[name];
    if (found === undefined) throw new Error(`no ${name}`);
    return found;
  }

  /** Percent that is asked for, by revision; the newest by its name. */
  asked(name: string): Record<string, number> {
    const { asked, latestReady } = this.service(name);
    return byRevision(asked, latestReady);
  }

  observe(name: string): ObservedService | null {
    const found = this.services[name];
    if (found === undefined) return null;
    const { asked, before, effectiveAt, latestReady, latestCreated, terminal, revisions, etag } = found;
    const serving = this.time >= effectiveAt ? asked : before;
    return {
      service: name,
      etag: String(etag),
      reconciling: false,
      terminal,
      message: terminal === "failed" ? "the container did not start" : "",
      latestCreated,
      latestReady,
      asked,
      serving: serving.map((target) =>
        target.revision === "LATEST" ? { ...target, revision: latestReady ?? "" } : target,
      ),
      revisions: { ...revisions },
    };
  }

  /** A whole PATCH as Terraform sends it: template and traffic. */
  deploy(name: string, stable: string | null, ready = true): "applied" | "no changes" {
    const created = this.#absent[name];
    if (created !== undefined && this.services[name] === undefined) {
      this.services[name] = created;
      return "applied";
    }
    const declared = entries({ stable, candidate: null, percent: 0 }, []);
    const found = this.services[name];
    if (found === undefined) throw new Error(`declare ${name} first`);
    const latest = found.revisions[found.latestCreated];
    const same = latest?.template === found.template;
    if (same && JSON.stringify(found.asked) === JSON.stringify(declared)) return "no changes";
    if (!same) this.#newRevision(name, found, ready);
    this.route(name, declared);
    return "applied";
  }

  /** A new revision that Terraform knows nothing of; the traffic stays. */
  foreignTemplate(name: string): void {
    const found = this.service(name);
    found.template = `${found.template}'`;
    this.#newRevision(name, found, true);
    found.etag += 1;
  }

  #newRevision(name: string, found: WorldService, ready: boolean): void {
    const count = Number(found.latestCreated.split("-").at(-1)) + 1;
    const revision = `${name}-${String(count).padStart(5, "0")}`;
    found.revisions[revision] = { ready, image: imageOf(found.template), template: found.template };
    found.latestCreated = revision;
    found.terminal = ready ? "succeeded" : "failed";
    if (ready) found.latestReady = revision;
  }

  route(name: string, asked: readonly Target[]): void {
    const found = this.service(name);
    found.before = this.time >= found.effectiveAt ? found.asked : found.before;
    found.asked = asked;
    found.effectiveAt = this.time + this.propagation;
    found.etag += 1;
  }

  patch({ service, etag, split }: TrafficWrite): ShiftResult {
    const found = this.service(service);
    if (etag !== String(found.etag)) return { kind: "conflict" };
    this.route(service, entries(split, found.asked));
    return { kind: "written" };
  }

  /** The client of one process; those of a dead process never answer again. */
  client(): { client: RolloutClient; died: Promise<"died"> } {
    let die: () => void = () => {};
    const died = new Promise<"died">((resolve) => {
      die = () => resolve("died");
    });
    let dead = false;
    const call = async <T>(
      kind: string,
      service: string,
      work: (luck: Luck) => T | Promise<T>,
    ): Promise<T> => {
      const luck = dead ? { diesBefore: true } : this.luck(kind, service);
      const record: (typeof this.calls)[number] = { kind, service };
      if (!dead) this.calls.push(record);
      if (luck.diesBefore) {
        dead = true;
        die();
        return new Promise<T>(() => {});
      }
      if (luck.fails) throw new Error(`${kind} of ${service} does not answer`);
      const result = await work(luck);
      record.result = verdictOf(result);
      if (luck.diesAfter) {
        dead = true;
        die();
        return new Promise<T>(() => {});
      }
      if (luck.lost) throw new Error(`the answer to ${kind} of ${service} was lost`);
      return result;
    };
    const client: RolloutClient = {
      readLedger: () => call("readLedger", "", () => this.readLedger()),
      writeLedger: (ledger, generation) =>
        call("writeLedger", "", () => this.writeLedger(ledger, generation)),
      observe: (service) => call("observe", service, () => this.observe(service)),
      check: ({ service }) =>
        call("check", service, () => {
          const found = this.services[service];
          const latest = found?.revisions[found.latestCreated];
          return { kind: "check", service, problems: [], changes: latest?.template !== found?.template };
        }),
      apply: ({ service, stable }) =>
        call("apply", service, ({ verdict }) => {
          this.time += 30 * SECOND;
          const done = this.deploy(service, stable, verdict !== "bad");
          const failed = this.service(service).terminal === "failed" && done === "applied";
          return {
            kind: "apply",
            service,
            outcome: failed ? "failed" : done,
            why: failed ? "not ready" : done,
          };
        }),
      gate: ({ service, candidate }) =>
        call("gate", service, ({ verdict }) => {
          this.time += 20 * SECOND;
          const said = verdict === "bad" ? "failed" : verdict === "unclear" ? "inconclusive" : "passed";
          return { kind: "gate", service, candidate, verdict: said, why: said };
        }),
      shift: (write) =>
        call("shift", write.service, () => {
          const result = this.patch(write);
          this.wrote(write, result);
          return result;
        }),
      measure: ({ service, candidate, percent }) =>
        call("measure", service, ({ verdict }) => {
          const said = verdict === "bad" ? "breach" : verdict === "unclear" ? "inconclusive" : "pass";
          return { kind: "soak", service, candidate, percent, verdict: said, why: said };
        }),
      prove: ({ service, stable }) =>
        call("prove", service, ({ verdict }) => {
          const declared = entries({ stable, candidate: null, percent: 0 }, []);
          const same = JSON.stringify(this.service(service).asked) === JSON.stringify(declared);
          const plan = verdict === "unclear" ? "failed" : same && verdict !== "bad" ? "empty" : "changes";
          return { kind: "proof", service, plan, why: plan };
        }),
    };
    return { client, died };
  }

  /** Told of every write of traffic that arrived; tests look here. */
  wrote: (write: TrafficWrite, result: ShiftResult) => void = () => {};
}

/** Nobody may change what is stored; parts that were stored before are frozen already. */
function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

export function imageOf(template: string): string {
  return `registry/app@sha256:${template}`;
}

export function byRevision(targets: readonly Target[], latest: string | null): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { revision, percent } of targets) {
    const name = revision === "LATEST" ? (latest ?? "LATEST") : revision;
    if (percent > 0) found[name] = (found[name] ?? 0) + percent;
  }
  return found;
}

function verdictOf(result: unknown): string {
  const { verdict, kind, outcome, plan } = (result ?? {}) as Record<string, unknown>;
  return String(verdict ?? outcome ?? plan ?? kind ?? "");
}
