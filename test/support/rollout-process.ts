import { emptyLedger, type Ledger } from "../../rollout/ledger.ts";
import { type StartOptions, startRollout } from "../../rollout/lifecycle.ts";
import type { RolloutEvent } from "../../rollout/report/events.ts";
import { type RunResult, run } from "../../rollout/run.ts";
import type { Settings } from "../../rollout/settings.ts";
import { SETTINGS, type World } from "./rollout-world.ts";

export const ORDER = ["auth", "backend", "frontend"] as const;
export const STEPS = [5, 25, 50, 100] as const;

/** The ledger of a world in which every service's only revision is known to be good. */
export function goodLedger(world: World): Ledger {
  const services = Object.entries(world.services).map(([name, { latestCreated, image }]) => [
    name,
    { stable: latestCreated, image, blocked: [] },
  ]);
  return { ...emptyLedger("test"), services: Object.fromEntries(services) };
}

export function settingsOf(world: World, change: Partial<Settings> = {}): Settings {
  const images = Object.entries(world.services).map(([name, { image }]) => [name, image]);
  return { ...SETTINGS, images: Object.fromEntries(images), ...change };
}

/** A new rollout in the world's ledger. */
export function board(world: World, change: Partial<StartOptions> = {}): void {
  const { images, holder, lease } = settingsOf(world);
  world.ledger = startRollout(
    world.ledger ?? emptyLedger("test"),
    { id: "train-1", order: ORDER, steps: STEPS, again: false, images, holder, lease, ...change },
    world.time,
  );
}

/** Auth, backend and frontend serve "1", and the environment declares "2". */
export function declareNext(world: World): void {
  for (const name of ORDER) world.serve(name, "1");
  world.ledger = goodLedger(world);
  for (const name of ORDER) change(world, name, "2");
}

export function change(world: World, name: string, template: string): void {
  const service = world.service(name);
  service.template = template;
  service.image = `registry/app@sha256:${template}`;
}

export interface Process {
  readonly ended: RunResult | "died";
  readonly events: readonly RolloutEvent[];
}

/**
 * One process that reconciles until its end or death. Its clock is the world's.
 *
 * @param iterations after which it is interrupted
 * @param between what else happens in the world before each look
 */
export async function process(
  world: World,
  change: Partial<Settings> = {},
  ticks = 20_000,
  between: () => void = () => {},
): Promise<Process> {
  const events: RolloutEvent[] = [];
  const { client, died } = world.client();
  const stopping = new AbortController();
  let looks = 0;
  const observe: typeof client.observe = async (service) => {
    between();
    looks += 1;
    if (looks > ticks) stopping.abort();
    return client.observe(service);
  };
  const running = run({ ...client, observe }, settingsOf(world, change), {
    now: () => world.time,
    sleep: async (milliseconds) => {
      world.time += milliseconds;
    },
    emit: (event) => events.push(event),
    signal: stopping.signal,
  });
  return { ended: await Promise.race([running, died]), events };
}
