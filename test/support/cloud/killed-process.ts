import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { cachedBundle } from "../../../bundles/cached-bundle.ts";
import { startRollout } from "../../../rollout/lifecycle.ts";
import type { Settings } from "../../../rollout/settings.ts";
import { ROOT } from "../project.ts";
import type { Asked } from "./cloud.ts";
import { settingsOf, type World } from "./world.ts";

const NODE = path.join(ROOT, "node_modules/node/bin/node");
const CACHE = path.join(ROOT, "node_modules/.cache/rollout-child");

export interface Death {
  readonly steps: readonly number[];
  /** The request at which the process is killed. */
  readonly at: (asked: Asked) => boolean;
  /** "dropped": killed before it was done; "lost": done, and killed before it knew. */
  readonly fate: "dropped" | "lost";
  /** @default those of the environment */
  readonly settings?: Partial<Settings>;
}

/**
 * Rolls auth out in a real process, and ends it by SIGKILL.
 *
 * @returns undefined where it was killed; what it printed where it came to its end before
 */
export async function killedRollout(
  world: World,
  { steps, at, fate, settings }: Death,
): Promise<string | undefined> {
  const { environment, cloud, clock } = world;
  const { images, lease } = { ...settingsOf(environment), ...settings };
  const options = { id: "killed", order: ["auth"], steps, again: false, images, holder: "killed", lease };
  const query = new URLSearchParams({ name: `rollout/${environment.name}.json` });
  cloud.storage.put(query, JSON.stringify(startRollout(world.ledger(), options, clock.now)));
  const child = await started(cloud.endpoint, environment.state?.bucket ?? "", settings);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (part: Buffer) => {
      output += part.toString();
    });
  cloud.faults.push({
    when: at,
    trouble: () => {
      child.kill("SIGKILL");
      return fate;
    },
    times: 1,
  });
  const signal = await new Promise((resolve) => child.once("close", (_, by) => resolve(by)));
  return signal === "SIGKILL" ? undefined : output;
}

/** From a bundle: loading a few hundred modules takes longer than all that such a process does. */
async function started(
  endpoint: string,
  bucket: string,
  settings: Partial<Settings> = {},
): Promise<ChildProcess> {
  bundled ??= bundle();
  return spawn(NODE, [await bundled, endpoint, bucket, JSON.stringify(settings)], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_COMPILE_CACHE: path.join(CACHE, "compiled") },
  });
}

let bundled: Promise<string> | undefined;

/** @returns the program, whose name is that of its content: what Node has compiled of it is found by its name */
async function bundle(): Promise<string> {
  const outputs = await cachedBundle("rollout-child", import.meta.filename, {
    entryPoints: [path.join(ROOT, "test/support/cloud/rollout-child.ts")],
    platform: "node",
    format: "esm",
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  const text = outputs[".js"] ?? "";
  const program = path.join(CACHE, `${createHash("sha256").update(text).digest("hex").slice(0, 16)}.mjs`);
  mkdirSync(CACHE, { recursive: true });
  // Another suite may start it at this moment.
  const pending = `${program}.${process.pid}`;
  writeFileSync(pending, text);
  renameSync(pending, program);
  return program;
}
