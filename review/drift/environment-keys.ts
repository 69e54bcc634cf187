import { resourceType } from "../../resources/index.ts";

/** Objects of Kubernetes have no entry in the catalogue: the mesh states all of them. */
const KUBERNETES_KEYS = { "object.spec": "mesh", "object.metadata.labels": "labels" };

/**
 * The path in the environment of the setting behind the attribute; undefined where the code computes or does not set it.
 *
 * @param stack a service's stack is named after it: "staging-service-backend"
 * @param address one of several instances is named in it: "google_sql_database_instance.database-orders_EBDE4557"
 */
export function statedBy(stack: string, type: string, attribute: string, address = ""): string | undefined {
  const owners: Readonly<Record<string, string>> =
    type === "kubernetes_manifest" ? KUBERNETES_KEYS : (resourceType(type)?.environmentKeys ?? {});
  const plain = attribute.replace(/\.\d+(?=[.[]|$)/g, "");
  const owner = Object.keys(owners)
    .filter((path) => plain === path || plain.startsWith(`${path}.`) || plain.startsWith(`${path}[`))
    .sort((a, b) => b.length - a.length)[0];
  if (owner === undefined) return undefined;
  const service = /-service-(.+)$/.exec(stack)?.[1];
  // The first container is the service's own.
  if (service !== undefined && /\bcontainers\.[1-9]/.test(attribute)) return `services.${service}.sidecars`;
  const path = owners[owner] ?? "";
  const [, section, instance] = /\.(database|cache)-([^.]+)_[0-9A-F]{8}$/.exec(address) ?? [];
  if (instance !== undefined && path.startsWith(`${section}.`))
    return path.replace(`${section}.`, `${section}s.${instance}.`);
  if (!path.includes("SERVICE")) return path;
  return service === undefined ? undefined : path.replace("SERVICE", service);
}
