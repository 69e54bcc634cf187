import { readdir } from "node:fs/promises";
import path from "node:path";
import { kindOf, readText } from "../files.ts";
import type { Input } from "../input.ts";
import { type Json, objectOf, own } from "../json.ts";
import { valueOfJson } from "../plan/values.ts";
import { Resource } from "../resource.ts";
import type { Value } from "../value.ts";
import { type KubernetesDocument, type KubernetesFile, parseManifests } from "./documents.ts";
import { isKustomization, readKustomization } from "./kustomization.ts";

export function isManifest(file: string): boolean {
  return /\.ya?ml$/.test(file);
}

/** Files in a folder and below it, as `kubectl apply --recursive` takes them; hidden folders left out. */
export async function filesBelow(folder: string, isWanted: (name: string) => boolean): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && isWanted(entry.name))
    .map((entry) => ({ file: path.join(entry.parentPath, entry.name), isLink: entry.isSymbolicLink() }));
  const found: string[] = [];
  for (const { file, isLink } of files) if (!isLink || (await kindOf(file)) === "file") found.push(file);
  return found
    .filter((file) => !/(^|[\\/])(\.[^.\\/]|node_modules[\\/])/.test(path.relative(folder, file)))
    .sort();
}

/** Reads files of Kubernetes objects as one input. */
export async function readManifests(files: readonly string[], root: string): Promise<Input> {
  const inputs: Input[] = [];
  const others: string[] = [];
  const { patches, changed } = await kustomized(files);
  for (const file of files) {
    if (patches.has(file)) continue;
    const name = path.relative(root, file) || path.basename(file);
    const read = await parseManifests(file, readText(file));
    inputs.push({ ...inputOf(read, name), notes: [] });
    if (!isConfiguration(file)) others.push(...othersIn(read, name));
  }
  const unread = [
    ...[...patches].map(
      ([file, by]) => `${file} is a patch of ${by}: verify what \`kustomize build\` makes of it.`,
    ),
    ...changed,
  ];
  return merged(root, [...inputs, { name: root, resources: [], unread, notes: othersNote(others) }]);
}

/** What kustomize and Helm read, and no cluster. */
function isConfiguration(file: string): boolean {
  return isKustomization(file) || path.basename(file) === "Chart.yaml";
}

function othersIn({ others }: KubernetesFile, file: string): string[] {
  return others.map((place) => `${file}:${place}`);
}

const MAX_OTHERS = 5;

function othersNote(others: readonly string[]): string[] {
  const more = others.length - MAX_OTHERS;
  return others.length === 0
    ? []
    : [
        `Not a Kubernetes object, and not checked: ${others.slice(0, MAX_OTHERS).join(", ")}${more > 0 ? `, and ${more} more` : ""}.`,
      ];
}

/** Several files as one input: what one of them defines, another may name. */
export function merged(name: string, inputs: readonly Input[]): Input {
  return {
    name,
    resources: inputs.flatMap(({ resources }) => resources),
    unread: inputs.flatMap(({ unread }) => unread),
    notes: inputs.flatMap(({ notes = [] }) => notes),
  };
}

/** Files that a kustomization among them takes as patches, with the name of it; and what else it adds or changes. */
async function kustomized(
  files: readonly string[],
): Promise<{ patches: ReadonlyMap<string, string>; changed: readonly string[] }> {
  const patches = new Map<string, string>();
  const changed: string[] = [];
  for (const file of files.filter(isKustomization)) {
    const { patches: named, fields } = await readKustomization(file, readText(file));
    for (const patch of named)
      if (files.includes(patch)) patches.set(patch, path.relative(path.dirname(patch), file));
    if (fields.length > 0)
      changed.push(
        `${file} has ${fields.join(", ")}, of which nothing was read: verify what \`kustomize build\` makes of it.`,
      );
  }
  return { patches, changed };
}

/** The objects of one file as resources. */
export function inputOf(read: KubernetesFile, file: string): Input {
  return {
    resources: read.documents.map((document) => resourceOf(document, file)),
    name: file,
    unread: read.unread,
    notes: othersNote(othersIn(read, file)),
  };
}

/** "networking.istio.io/Gateway", whatever its version; "core/Service". */
export function kubernetesType(object: Json): string {
  const [group, version] = String(own(object, "apiVersion")).split("/");
  return `${version === undefined ? "core" : group}/${own(object, "kind")}`;
}

/** "Gateway/meta-studio/web": kind, namespace where one is written, and name. */
export function kubernetesAddress(object: Json): string {
  const metadata = objectOf(own(object, "metadata"));
  return [
    own(object, "kind"),
    own(metadata, "namespace"),
    own(metadata, "name") ?? own(metadata, "generateName"),
  ]
    .filter((part) => typeof part === "string" && part !== "")
    .join("/");
}

function resourceOf({ line, object }: KubernetesDocument, file: string): Resource {
  return new Resource({
    address: kubernetesAddress(object),
    mode: "managed",
    type: kubernetesType(object),
    name: String(own(objectOf(own(object, "metadata")), "name") ?? ""),
    path: null,
    origin: `${file}:${line}`,
    providerSource: "",
    values: valueOfJson(object) as { readonly [key: string]: Value },
    dependencies: new Set(),
    dependsOn: new Set(),
  });
}
