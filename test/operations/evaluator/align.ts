import type { Descriptor } from "./descriptors.ts";
import { between, numberOf, type Point, percentile, samplesOf, sum, type TimeSeries } from "./series.ts";

/** An aligned value: a number, or for a distribution that is not reduced to a number yet, its samples. */
export type Aligned = number | readonly number[];

const FITS: Readonly<Record<string, (descriptor: Descriptor) => boolean>> = {
  ALIGN_MAX: ({ value }) => value === "INT64" || value === "DOUBLE",
  ALIGN_MEAN: ({ value }) => value === "INT64" || value === "DOUBLE",
  ALIGN_SUM: ({ value }) => value === "INT64" || value === "DOUBLE",
  ALIGN_DELTA: ({ kind }) => kind === "DELTA",
  ALIGN_RATE: ({ kind, value }) => kind === "DELTA" && value !== "DISTRIBUTION",
  ALIGN_COUNT_TRUE: ({ value }) => value === "BOOL",
  ALIGN_FRACTION_TRUE: ({ value }) => value === "BOOL",
  ALIGN_PERCENTILE_95: ({ value }) => value === "DISTRIBUTION",
  ALIGN_PERCENTILE_99: ({ value }) => value === "DISTRIBUTION",
};

/** @throws where the API refuses the aligner for such a metric */
export function assertFits(aligner: string, descriptor: Descriptor): void {
  if (FITS[aligner]?.(descriptor) !== true)
    throw new Error(`${aligner} does not align a ${descriptor.kind} ${descriptor.value}: refused`);
}

/** One value for the alignment period that ends at the time; undefined where no point lies in it. */
export function align(series: TimeSeries, aligner: string, period: number, at: number): Aligned | undefined {
  const points = between(series.points, at - period, at);
  if (points.length === 0) return undefined;
  const values = (): number[] => points.map(numberOf);
  const samples = (): number[] => points.flatMap(samplesOf);
  switch (aligner) {
    case "ALIGN_MAX":
      return Math.max(...values());
    case "ALIGN_MEAN":
    case "ALIGN_FRACTION_TRUE":
      return sum(values()) / points.length;
    case "ALIGN_SUM":
    case "ALIGN_COUNT_TRUE":
      return sum(values());
    case "ALIGN_DELTA":
      return isDistribution(points) ? samples() : sum(values());
    case "ALIGN_RATE":
      return sum(values()) / period;
    case "ALIGN_PERCENTILE_95":
      return percentile(samples(), 0.95);
    case "ALIGN_PERCENTILE_99":
      return percentile(samples(), 0.99);
    default:
      throw new Error(`cannot align with ${aligner}`);
  }
}

function isDistribution(points: readonly Point[]): boolean {
  return points.some(({ value }) => typeof value !== "number");
}

export function reduce(values: readonly Aligned[], reducer: string): number {
  const numbers = (): number[] =>
    values.map((value) => {
      if (typeof value !== "number")
        throw new Error(`${reducer} of distributions gives no number to compare: refused`);
      return value;
    });
  switch (reducer) {
    case "REDUCE_SUM":
      return sum(numbers());
    case "REDUCE_MAX":
      return Math.max(...numbers());
    case "REDUCE_MIN":
      return Math.min(...numbers());
    case "REDUCE_MEAN":
      return sum(numbers()) / values.length;
    case "REDUCE_PERCENTILE_95":
      return percentile(values.flat(), 0.95);
    default:
      throw new Error(`cannot reduce with ${reducer}`);
  }
}
