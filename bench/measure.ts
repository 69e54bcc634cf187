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

/** The best of all rounds of each variant. */
export function measure(rounds: number, variants: readonly Variant[]): Measured[] {
  return sideBySide(rounds, () => variants).map((runs) =>
    runs.reduce((best, { time, cpu, memory }) => ({
      time: Math.min(time, best.time),
      cpu: Math.min(cpu, best.cpu),
      memory: time < best.time ? memory : best.memory,
    })),
  );
}

/**
 * Every run of each variant. Each variant runs once in each round, so that a slow moment of the
 * machine falls on all of them.
 *
 * @param variantsOf the variants of a round: as many in each, in one order
 */
export function sideBySide(
  rounds: number,
  variantsOf: (round: number) => readonly Variant[],
): readonly (readonly Measured[])[] {
  const runs = variantsOf(0).map((): Measured[] => []);
  for (let round = 0; round < rounds; round++)
    for (const [index, variant] of variantsOf(round).entries())
      if (round < (variant.rounds ?? rounds)) runs[index]?.push(run(variant));
  return runs;
}

/** The value below which a share of the numbers is: 0.5 for the median. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
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
