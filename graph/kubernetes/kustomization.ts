import path from "node:path";
import { isObject, listOf, own } from "../json.ts";

const NAMES = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

export function isKustomization(file: string): boolean {
  return NAMES.includes(path.basename(file));
}

const PATCHES = ["patches", "patchesStrategicMerge", "patchesJson6902"];

/** What only `kustomize build` makes of a kustomization. */
export interface Kustomization {
  /** The files that it takes as patches: parts of objects. */
  readonly patches: readonly string[];
  /** Its other fields that add objects to the files below it, or change them. */
  readonly fields: readonly string[];
}

export async function readKustomization(file: string, text: string): Promise<Kustomization> {
  const { parseDocument } = await import("yaml");
  const document = parseDocument(text);
  const value: unknown = document.errors.length === 0 ? document.toJS() : undefined;
  if (!isObject(value)) return { patches: [], fields: [] };
  const patches = PATCHES.flatMap((field) =>
    listOf(own(value, field)).map((entry) => (isObject(entry) ? own(entry, "path") : entry)),
  ).filter((entry) => typeof entry === "string");
  return {
    patches: patches.map((entry) => path.join(path.dirname(file), entry)),
    fields: Object.keys(value).filter((field) => changes(field, listOf(own(value, field)))),
  };
}

function changes(field: string, entries: readonly unknown[]): boolean {
  if (["apiVersion", "kind", "metadata"].includes(field)) return false;
  if (field === "resources") return entries.some((entry) => /:\/\/|^git@|^github\.com\//.test(String(entry)));
  if (PATCHES.includes(field)) return entries.some((entry) => isObject(entry) && "patch" in entry);
  return entries.length > 0;
}
