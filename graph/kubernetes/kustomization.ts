import path from "node:path";
import { isObject, listOf, own } from "../json.ts";

const NAMES = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

export function isKustomization(file: string): boolean {
  return NAMES.includes(path.basename(file));
}

/** The files that a kustomization takes as patches: parts of objects, which only `kustomize build` makes whole. */
export async function patchesOf(file: string, text: string): Promise<string[]> {
  const { parseDocument } = await import("yaml");
  const document = parseDocument(text);
  const value: unknown = document.errors.length === 0 ? document.toJS() : undefined;
  if (!isObject(value)) return [];
  const written = ["patches", "patchesStrategicMerge", "patchesJson6902"].flatMap((field) =>
    listOf(own(value, field)).map((entry) => (isObject(entry) ? own(entry, "path") : entry)),
  );
  return written
    .filter((entry) => typeof entry === "string")
    .map((entry) => path.join(path.dirname(file), entry));
}
