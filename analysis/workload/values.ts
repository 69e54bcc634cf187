import { type Block, isUnknown, type Value } from "../../graph/index.ts";
import { durationSeconds as secondsOf } from "../../resources/index.ts";
import { list } from "../lists.ts";
import type { Container, Interface, Scaling, SecretUse, Timeout, Variable, VpcAccess } from "./workload.ts";

/** What a kind of workload without the feature has. */
export const absent = {
  containersKnown: true,
  timeout: undefined,
  concurrency: undefined,
  executionEnvironment: undefined,
  cpuAlwaysAllocated: false,
  sessionAffinity: false,
  ingress: undefined,
  traffic: [],
  volumes: [],
  volumesKnown: true,
  sqlVolumes: [],
  gpu: false,
} as const;

/** A plan writes an absent string as "", or as known after apply where the provider fills it in. */
export function written(value: Value | undefined): Value | undefined {
  return value === "" || value === null || isFilledIn(value) ? undefined : value;
}

function isFilledIn(value: Value | undefined): boolean {
  return (
    isUnknown(value) &&
    value.why === "known after apply" &&
    value.references.length === 0 &&
    value.parts.length === 0
  );
}

/** True where the value and each element of it is known. */
export function isKnown(value: Value | undefined): boolean {
  return !isUnknown(value) && !list(value).some(isUnknown);
}

/** The entry of a map whose keys may hold dots, as those of annotations and limits do. */
export function entry(map: Value | undefined, key: string): Exclude<Value, null> | undefined {
  if (isUnknown(map)) return map;
  if (map === undefined || map === null || typeof map !== "object" || Array.isArray(map)) return undefined;
  return (map as { readonly [key: string]: Value })[key] ?? undefined;
}

/** "300s" in seconds; undefined where it is unknown, absent or not of that form. */
export function durationSeconds(value: Value | undefined): number | undefined {
  return typeof value === "string" ? secondsOf(value) : undefined;
}

/** Zero and "" are what the API takes for "not set". */
export function timeoutOf(
  block: Block,
  attribute: string,
  ends: Timeout["ends"],
  byDefault: number,
  seconds = durationSeconds(block.get(attribute)),
): Timeout {
  const value = block.get(attribute);
  const isUnset = value === undefined || value === "" || value === 0;
  return { attribute, value, ends, seconds: isUnset ? byDefault : seconds, byDefault: isUnset };
}

export function scalingOf(min: Value | undefined, max: Value | undefined, attribute: string): Scaling {
  const most = count(max);
  return {
    min: count(min),
    // A plan reads an absent maximum as 0.
    max: most === 0 ? undefined : most,
    byDefault: max === undefined || most === 0,
    attribute,
  };
}

export function count(value: Value | undefined): number | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && /^-?\d+$/.test(text) ? Number(text) : undefined;
}

export function vpcAccessOf(
  connector: Value | undefined,
  interfaces: readonly Interface[],
  egress: Value | undefined,
  isKnown: boolean,
): VpcAccess {
  const attached = connector !== undefined || interfaces.length > 0;
  return { connector, interfaces, attached, isKnown, egress: egressOf(egress) };
}

function egressOf(value: Value | undefined): string | undefined {
  if (value === undefined || value === "") return "PRIVATE_RANGES_ONLY";
  if (typeof value !== "string") return undefined;
  const canonical = value.toUpperCase().replaceAll("-", "_");
  return canonical === "ALL" ? "ALL_TRAFFIC" : canonical;
}

export function networkInterface(block: Block): Interface {
  return {
    network: written(block.get("network")),
    subnetwork: written(block.get("subnetwork")),
    tags: list(block.get("tags")).filter((tag) => typeof tag === "string"),
  };
}

export function secretVariable(
  name: string | undefined,
  secret: Value | undefined,
  version: Value | undefined,
  project?: Value,
): Variable[] {
  if (name === undefined) return [];
  const use = { place: `environment variable ${name}`, secret, version, project };
  return [{ name, value: undefined, secret: use }];
}

export function secretsOf(containers: readonly Container[]): SecretUse[] {
  return containers.flatMap(({ env }) => env.flatMap(({ secret }) => (secret === undefined ? [] : [secret])));
}
