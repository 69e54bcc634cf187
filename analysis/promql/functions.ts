/** Types of expressions, in Prometheus's words but for the range vector. */
export type PromqlType = "scalar" | "vector" | "range" | "string";

export interface Parameters {
  readonly types: readonly PromqlType[];
  /** The fewest arguments. */
  readonly least: number;
  /** The most arguments: any number where the last parameter repeats. */
  readonly most: number;
}

/**
 * What functions take that take anything but one instant or one range vector; `?` may be left out, `*` may be left out or repeated.
 * Source: https://github.com/prometheus/prometheus/blob/v3.15.0/promql/parser/functions.go
 */
const SIGNATURES: Readonly<Record<string, string>> = {
  clamp: "vector scalar scalar",
  clamp_max: "vector scalar",
  clamp_min: "vector scalar",
  day_of_month: "vector?",
  day_of_week: "vector?",
  day_of_year: "vector?",
  days_in_month: "vector?",
  double_exp_smoothing: "range scalar scalar",
  double_exponential_smoothing: "range scalar scalar",
  end: "",
  histogram_fraction: "scalar scalar vector",
  histogram_quantile: "scalar vector",
  histogram_quantiles: "vector string scalar scalar*",
  holt_winters: "range scalar scalar",
  hour: "vector?",
  info: "vector vector?",
  label_join: "vector string string string*",
  label_replace: "vector string string string string",
  minute: "vector?",
  month: "vector?",
  pi: "",
  predict_linear: "range scalar",
  quantile_over_time: "scalar range",
  range: "",
  round: "vector scalar?",
  sort_by_label: "vector string*",
  sort_by_label_desc: "vector string*",
  start: "",
  step: "",
  time: "",
  vector: "scalar",
  year: "vector?",
};

const OF_RANGE = /^(?:changes|delta|deriv|idelta|increase|irate|rate|resets|\w+_over_time)$/;
const SCALARS: ReadonlySet<string> = new Set(["end", "pi", "range", "scalar", "start", "step", "time"]);

/** Aggregations with a parameter before the vector. */
const PARAMETERS: Readonly<Record<string, PromqlType>> = {
  bottomk: "scalar",
  count_values: "string",
  limit_ratio: "scalar",
  limitk: "scalar",
  quantile: "scalar",
  topk: "scalar",
};

/** @param name of a function of the grammar */
export function functionParameters(name: string): Parameters {
  const signature = Object.hasOwn(SIGNATURES, name) ? SIGNATURES[name] : undefined;
  const words = (signature ?? (OF_RANGE.test(name) ? "range" : "vector")).split(" ").filter(Boolean);
  const required = words.filter((word) => /\w$/.test(word));
  return {
    types: words.map((word) => word.replace(/[?*]$/, "") as PromqlType),
    least: required.length,
    most: words.at(-1)?.endsWith("*") === true ? Number.POSITIVE_INFINITY : words.length,
  };
}

export const functionResult = (name: string): PromqlType => (SCALARS.has(name) ? "scalar" : "vector");

/** @param name of an aggregation, in lower case */
export function aggregationParameters(name: string): Parameters {
  const parameter = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name] : undefined;
  const types: PromqlType[] = parameter === undefined ? ["vector"] : [parameter, "vector"];
  return { types, least: types.length, most: types.length };
}
