/** Processes side by side, each measured from start to exit. */
import { spawnSync } from "node:child_process";
import path from "node:path";

const root = path.dirname(import.meta.dirname);

export interface Variant {
  readonly name: string;
  readonly command: readonly string[];
  readonly cwd?: string;
  /** @default as many as all */
  readonly rounds?: number;
}

export interface Measured {
  /** Milliseconds, the best of all rounds. */
  readonly time: number;
  /** Milliseconds of a processor, the best of all rounds: the other programs of a busy machine hardly change it. */
  readonly cpu: number;
  /** MiB at the peak; 0 where it could not be asked. */
  readonly memory: number;
}

/** Arguments of Node with which a process says how much memory it had. */
export const NODE = ["--disable-warning=DEP0044", "--require", path.join(root, "bench/peak-memory.cjs")];

/** Every variant once in each round, so that a slow moment of the machine falls on all of them. */
export function measure(rounds: number, variants: readonly Variant[]): Measured[] {
  const best: Measured[] = variants.map(() => ({
    time: Number.POSITIVE_INFINITY,
    cpu: Number.POSITIVE_INFINITY,
    memory: 0,
  }));
  for (let round = 0; round < rounds; round++) {
    for (const [index, variant] of variants.entries()) {
      if (round >= (variant.rounds ?? rounds)) continue;
      const { time, cpu, memory } = run(variant);
      const before = best[index];
      if (before === undefined) continue;
      const isBest = time < before.time;
      best[index] = {
        time: Math.min(time, before.time),
        cpu: Math.min(cpu, before.cpu),
        memory: isBest ? memory : before.memory,
      };
    }
  }
  return best;
}

export function run({ name, command: [program = "", ...args], cwd = root }: Variant): Measured {
  const start = performance.now();
  const child = spawnSync(program, args, {
    cwd,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
    encoding: "utf8",
  });
  const time = performance.now() - start;
  if (child.status !== 0) throw new Error(`${name} failed: ${child.stderr}`);
  const [memory = 0, cpu = 0] = (child.output[3] ?? "").split(" ").map(Number);
  return { time, cpu: cpu / 1000, memory: Math.round(memory / 1024) };
}

export function ratio(value: Measured, to: Measured): string {
  return `${(value.time / to.time).toFixed(2)} x`;
}

export function row(name: string, measured: Measured, compared: string): string[] {
  return [
    name,
    `${Math.round(measured.time)} ms`,
    measured.memory === 0 ? "-" : `${measured.memory} MiB`,
    compared,
  ];
}
