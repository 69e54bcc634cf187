import { Block, type Graph, isUnknown, type Resource, type Value } from "../../graph/index.ts";

/** A Kubernetes object of YAML or of a kubernetes_manifest of Terraform. */
export interface MeshObject {
  /** What a finding names. */
  readonly resource: Resource;
  readonly name: string;
  /** Empty where the manifest leaves it to `kubectl -n`: it may be any then. */
  readonly namespace: string;
  readonly metadata: Block;
  /** The whole object. */
  readonly manifest: Block;
  readonly spec: Block;
}

const ISTIO = "networking.istio.io";

/** Objects of kinds like "networking.istio.io/Gateway" or "core/Service", in input order. */
export function objects(graph: Graph, ...types: readonly string[]): readonly MeshObject[] {
  const key = types.join(" ");
  const known = read.get(graph) ?? new Map<string, readonly MeshObject[]>();
  const all = known.get(key) ?? readObjects(graph, types);
  read.set(graph, known.set(key, all));
  return all;
}

/** Every route looks up the Services of its namespace: in large folders they are read once. */
const read = new WeakMap<Graph, Map<string, readonly MeshObject[]>>();

function readObjects(graph: Graph, types: readonly string[]): MeshObject[] {
  return [
    ...graph.all(...types).map((resource) => objectOf(resource, resource)),
    ...graph.all("kubernetes_manifest").flatMap((resource) => {
      const [manifest] = resource.blocks("manifest");
      return manifest !== undefined && types.includes(typeOf(manifest)) ? [objectOf(resource, manifest)] : [];
    }),
  ];
}

export const gateways = (graph: Graph): readonly MeshObject[] => objects(graph, `${ISTIO}/Gateway`);
export const virtualServices = (graph: Graph): readonly MeshObject[] =>
  objects(graph, `${ISTIO}/VirtualService`);
export const destinationRules = (graph: Graph): readonly MeshObject[] =>
  objects(graph, `${ISTIO}/DestinationRule`);
export const serviceEntries = (graph: Graph): readonly MeshObject[] =>
  objects(graph, `${ISTIO}/ServiceEntry`);
export const services = (graph: Graph): readonly MeshObject[] => objects(graph, "core/Service");

function typeOf(manifest: Block): string {
  const [group, version] = (manifest.string("apiVersion") ?? "").split("/");
  return `${version === undefined ? "core" : group}/${manifest.string("kind")}`;
}

function objectOf(resource: Resource, manifest: Block): MeshObject {
  const metadata = manifest.blocks("metadata")[0] ?? new Block({});
  return {
    resource,
    name: metadata.string("name") ?? "",
    namespace: metadata.string("namespace") ?? "",
    metadata,
    manifest,
    spec: manifest.blocks("spec")[0] ?? new Block({}),
  };
}

/** True where both may be in one namespace: a manifest without one may be applied in any. */
export function mayShare(a: string, b: string): boolean {
  return a === b || a === "" || b === "";
}

/** Two manifests of one identity are alternatives of one object (overlays, steps of a tutorial), not two objects. */
export function isSameObject(a: MeshObject, b: MeshObject): boolean {
  return a.name === b.name && a.namespace === b.namespace;
}

/** True where one command applies both: they are in one folder, file or stack. Those of other folders may belong to another team. */
export function areTogether(a: MeshObject, b: MeshObject): boolean {
  return folderOf(a) === folderOf(b);
}

function folderOf({ resource }: MeshObject): string {
  return resource.origin.replace(/:\d+$/, "").replace(/[^/\\]*$/, "");
}

/** "meta-studio/web", or "web" where no namespace is written. */
export function named({ name, namespace }: MeshObject): string {
  const shown = name === "" ? "(no name)" : name;
  return namespace === "" ? shown : `${namespace}/${shown}`;
}

/** The known strings of a list; undefined where the list, or something in it, is not known. */
export function texts(block: Block, path: string): readonly string[] | undefined {
  const value: Value | undefined = block.get(path);
  if (value === undefined) return [];
  if (isUnknown(value) || !Array.isArray(value)) return undefined;
  const list = value as readonly Value[];
  return list.every((item) => typeof item === "string") ? (list as readonly string[]) : undefined;
}

/** String values of a map of labels. */
export function labels(block: Block, path: string): ReadonlyMap<string, string> {
  const [map] = block.blocks(path);
  return new Map(
    Object.keys(map?.values ?? {}).flatMap((key) => {
      const value = map?.values[key];
      return typeof value === "string" ? [[key, value] as const] : [];
    }),
  );
}

/** True where the labels include all of the selector's; an empty selector selects everything. */
export function selects(selector: ReadonlyMap<string, string>, of: ReadonlyMap<string, string>): boolean {
  return [...selector].every(([key, value]) => of.get(key) === value);
}

/** The namespaces that an object is exported to; without any it is all of them. */
export function exportsOf(object: MeshObject): readonly string[] {
  return texts(object.spec, "exportTo") ?? [];
}

/** Whether an object of namespace `own` can be seen from namespace `to`. */
export function isExported(exported: readonly string[], own: string, to: string): boolean {
  if (exported.length === 0 || exported.includes("*")) return true;
  // A manifest without a namespace may be applied into any.
  if (own === "" || to === "") return true;
  return exported.some((entry) => entry === to || (entry === "." && own === to));
}
