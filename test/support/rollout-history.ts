import fc from "fast-check";
import type { RolloutClient, TrafficWrite } from "../../rollout/client.ts";
import type { Settings } from "../../rollout/settings.ts";
import { entries } from "../../rollout/traffic.ts";
import { board, declareNext, ORDER, type Process, process, STEPS } from "./rollout-process.ts";
import { type Luck, MINUTE, SECOND, SETTINGS, World } from "./rollout-world.ts";

/** What somebody else does in the middle. */
type Foreign = "rolls back" | "shifts" | "deploys" | "applies" | "deletes stable";

export interface History {
  /** Two processes one after the other, or the watchdog beside a living one. */
  readonly processes: readonly {
    readonly watchdog: boolean;
    readonly looks: number;
    readonly pause: number;
  }[];
  /** What befalls the calls: after so many that went well. */
  readonly luck: readonly { readonly after: number; readonly luck: Luck }[];
  readonly foreign: readonly { readonly after: number; readonly what: Foreign }[];
  /** Milliseconds until a split is in force. */
  readonly propagation: number;
  /** frontend does not exist before. */
  readonly creation: boolean;
}

const luck: fc.Arbitrary<Luck> = fc.constantFrom<Luck>(
  { fails: true },
  { lost: true },
  { diesBefore: true },
  { diesAfter: true },
  { verdict: "bad" },
  { verdict: "unclear" },
);

const processes = fc.array(
  fc.record({
    watchdog: fc.boolean(),
    looks: fc.integer({ min: 1, max: 120 }),
    pause: fc.integer({ min: 0, max: 40 * MINUTE }),
  }),
  { minLength: 1, maxLength: 6 },
);

const unlucky = fc.array(fc.record({ after: fc.integer({ min: 0, max: 60 }), luck }), { maxLength: 12 });

/** Everything may go wrong, but nobody else acts. */
export const lonely: fc.Arbitrary<History> = fc.record({
  processes,
  luck: unlucky,
  foreign: fc.constant([]),
  propagation: fc.integer({ min: 0, max: 3 * MINUTE }),
  creation: fc.boolean(),
});

/** And somebody else acts too. */
export const crowded: fc.Arbitrary<History> = fc.record({
  processes,
  luck: unlucky,
  foreign: fc.array(
    fc.record({
      after: fc.integer({ min: 0, max: 80 }),
      what: fc.constantFrom<Foreign>("rolls back", "shifts", "deploys", "applies", "deletes stable"),
    }),
    { maxLength: 3 },
  ),
  propagation: fc.integer({ min: 0, max: 3 * MINUTE }),
  creation: fc.boolean(),
});

/** Settings with which a history has some hundred iterations. */
export const BRISK = {
  interval: MINUTE,
  lease: 5 * MINUTE,
  effective: 4 * MINUTE,
} satisfies Partial<Settings>;

/** A world in which a history happened, and what was seen there that must never happen. */
export class Happened {
  readonly world = new World();
  /** Sentences; empty where all is well. */
  readonly wrong: string[] = [];
  /** Percent that the gates have allowed so far, by revision; above 100 it may be stable. */
  readonly #allowed = new Map<string, number>();
  readonly #good = new Set<string>();
  #broken: string | null = null;
  #holder = 0;

  constructor({ creation, propagation }: History) {
    const { world } = this;
    declareNext(world);
    for (const name of ORDER) this.#good.add(`${name}-00001`);
    if (creation) {
      world.absent("frontend", "2");
      this.#good.delete("frontend-00001");
      const { frontend: _, ...services } = world.ledger?.services ?? {};
      if (world.ledger !== null) world.ledger = { ...world.ledger, services };
    }
    world.propagation = propagation;
    world.wrote = (write, { kind }) => {
      if (kind === "written") this.#judge(write);
    };
    board(world, {
      images: Object.fromEntries(ORDER.map((name) => [name, "registry/app@sha256:2"])),
    });
  }

  async live({ processes, luck, foreign }: History): Promise<void> {
    const { world } = this;
    const bad = countdown(luck, ({ luck: one }) => one);
    const acts = countdown(foreign, ({ what }) => what);
    world.luck = (kind) => {
      const one = bad() ?? {};
      // Only the verdicts that the call can have.
      return one.verdict !== undefined && !["measure", "gate", "prove", "apply"].includes(kind) ? {} : one;
    };
    for (const { watchdog, looks, pause } of processes) {
      world.time += pause;
      await this.process(watchdog, looks, () => {
        const what = acts();
        if (what !== undefined) this.#act(what);
      });
    }
    world.luck = () => ({});
  }

  /** One process with client that are watched. */
  async process(watchdog: boolean, looks: number, between: () => void = () => {}): Promise<Process> {
    const { world } = this;
    this.#holder += 1;
    this.#broken = null;
    const own = world.client.bind(world);
    const images = Object.fromEntries(ORDER.map((name) => [name, "registry/app@sha256:2"]));
    const watched = {
      ...SETTINGS,
      ...BRISK,
      images,
      mode: watchdog ? ("watchdog" as const) : ("rollout" as const),
      holder: watchdog ? "watchdog" : `process ${this.#holder}`,
    };
    const client = world.client;
    world.client = () => {
      const { client, died } = own();
      return { client: this.#watched(client), died };
    };
    try {
      return await process(world, watched, looks, between);
    } finally {
      world.client = client;
    }
  }

  #watched(client: RolloutClient): RolloutClient {
    const other = (what: string): void => {
      if (this.#broken !== null) this.wrong.push(`${what} before the way back of ${this.#broken}`);
      this.#broken = null;
    };
    return {
      ...client,
      readLedger: () => {
        other("the ledger was read");
        return client.readLedger();
      },
      writeLedger: (ledger, generation) => {
        // Somebody else acted, or took the ground away: then there is no rollback to write.
        const progress = ledger.rollout?.services[this.#broken ?? ""];
        const nowhere =
          ledger.rollout?.stop?.reason === "external change" || progress?.phase === "rollback failed";
        if (this.#broken !== null && !nowhere) other("the ledger was written");
        this.#broken = null;
        return client.writeLedger(ledger, generation);
      },
      shift: (write) => {
        if (this.#broken === write.service && write.split.candidate === null) this.#broken = null;
        other("another split was written");
        return client.shift(write);
      },
      gate: async (action) => {
        const result = await client.gate(action);
        if (result.verdict === "passed") this.#allowed.set(action.candidate, STEPS[0]);
        return result;
      },
      measure: async (action) => {
        const result = await client.measure(action);
        const { service, candidate, percent } = action;
        const { effectiveAt, latestReady } = this.world.service(service);
        const inForce = this.world.asked(service)[candidate] === percent;
        const seen = this.world.time - effectiveAt >= SETTINGS.soak + SETTINGS.lag;
        const first =
          this.world.ledger?.rollout?.services[service]?.from === null && latestReady === candidate;
        const reached = first ? 100 : (this.#allowed.get(candidate) ?? 0);
        if (result.verdict === "pass" && inForce && seen && reached >= percent)
          this.#allowed.set(candidate, STEPS.find((step) => step > percent) ?? 101);
        if (result.verdict === "breach" && action.stable !== null) this.#broken = service;
        return result;
      },
    };
  }

  #judge({ service, split }: TrafficWrite): void {
    const { stable, candidate, percent } = split;
    if (candidate !== null && percent > (this.#allowed.get(candidate) ?? 0))
      this.wrong.push(
        `${service}: ${percent} % for ${candidate}, allowed ${this.#allowed.get(candidate) ?? 0} %`,
      );
    if (stable !== null && !this.#good.has(stable) && (this.#allowed.get(stable) ?? 0) <= 100)
      this.wrong.push(`${service}: ${stable} was made stable and never passed`);
  }

  #act(what: Foreign): void {
    const { world } = this;
    const service = ORDER.find((name) => {
      const phase = world.ledger?.rollout?.services[name]?.phase;
      return phase === "shifting" || phase === "soaking" || phase === "rolling back" || phase === "promoting";
    });
    if (service === undefined) return;
    const progress = world.ledger?.rollout?.services[service];
    const stable = progress?.from ?? null;
    if (what === "rolls back" && stable !== null)
      world.route(service, [{ revision: stable, percent: 100 }, ...[]]);
    if (what === "shifts" && stable !== null)
      world.route(service, entries({ stable, candidate: progress?.candidate ?? null, percent: 33 }, []));
    if (what === "deploys") world.foreignTemplate(service);
    if (what === "applies") world.deploy(service, world.ledger?.services[service]?.stable ?? null);
    if (what === "deletes stable" && stable !== null) delete world.service(service).revisions[stable];
    world.time += SECOND;
  }
}

/** Yields the next of the list after as many calls as it says. */
function countdown<Entry extends { readonly after: number }, Value>(
  list: readonly Entry[],
  value: (entry: Entry) => Value,
): () => Value | undefined {
  const left = [...list];
  let calls = 0;
  return () => {
    const [entry] = left;
    if (entry === undefined) return undefined;
    if (calls < entry.after) {
      calls += 1;
      return undefined;
    }
    calls = 0;
    left.shift();
    return value(entry);
  };
}
