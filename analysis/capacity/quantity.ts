import type { Value } from "../../graph/index.ts";

const UNITS: { readonly [suffix: string]: number } = {
  "": 1,
  k: 1e3,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
};

/** CPUs of a Kubernetes quantity: "1", 2, "500m", "0.5"; undefined where it is none or not known. */
export function cpuCount(value: Value | undefined): number | undefined {
  const match = /^(\d+(?:\.\d+)?|\.\d+)(m?)$/.exec(String(typeof value === "number" ? value : textOf(value)));
  return match === null ? undefined : Number(match[1]) / (match[2] === "m" ? 1000 : 1);
}

/** MiB of a Kubernetes quantity: "512Mi", "1Gi", "1G"; undefined where it is none or not known. */
export function mebibytes(value: Value | undefined): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([kKMGT]i?)?$/.exec(
    String(typeof value === "number" ? value : textOf(value)),
  );
  const unit = UNITS[match?.[2] ?? ""];
  return match === null || unit === undefined ? undefined : (Number(match[1]) * unit) / 1024 ** 2;
}

/** False for a text that no Kubernetes quantity is, such as "512MB"; true for anything that is not known. */
export function isQuantity(value: Value | undefined): boolean {
  return typeof value !== "string" || /^[+]?(\d+(\.\d*)?|\.\d+)([eE]\d+|m|[kMGTPE]|[KMGTPE]i)?$/.test(value);
}

function textOf(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}
