import type { Input } from "./input.ts";
import { InputError } from "./input-error.ts";
import { isObject, type Json, listOf, objectOf, own, stringsOf } from "./json.ts";
import { valueOfJson, withoutEmpty } from "./plan/values.ts";
import { providerSource, statedVersions } from "./provider-versions.ts";
import { Resource } from "./resource.ts";
import { sensitiveTextsOfState } from "./sensitive.ts";
import type { Value } from "./value.ts";

/** One resource of `planned_values`, `prior_state` or a state. */
export interface StoredResource {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  /** The address of its module with index, or "". */
  readonly module: string;
  readonly values: Json;
  readonly dependsOn: readonly string[];
  /** "hashicorp/google"; undefined where the document does not state it. */
  readonly providerSource: string | undefined;
}

export function isState(json: unknown): json is Json {
  return (
    isObject(json) &&
    "format_version" in json &&
    (isObject(json.values) || !("planned_values" in json)) &&
    !("resource_changes" in json)
  );
}

/** Terraform keeps minor versions of its JSON formats compatible. */
export function checkFormat(path: string, json: Json, kind: string): void {
  const version = String(own(json, "format_version") ?? "");
  const major = Number(/^(\d+)/.exec(version)?.[1] ?? 0);
  if (major > 1)
    throw new InputError(
      `${path} is a ${kind} of format ${version}, which is newer than the 1.x that can be read.`,
    );
}

/** Reads `terraform show -json` of a state. */
export function readState(path: string, json: Json, locked: ReadonlyMap<string, string> = new Map()): Input {
  checkFormat(path, json, "state");
  const resources = storedResources(path, objectOf(own(json, "values"))).map((stored) => {
    const dependencies = new Set(stored.dependsOn);
    return new Resource({
      ...stored,
      path: null,
      origin: stored.module === "" ? path : stored.module,
      values: withoutEmpty(valueOfJson(stored.values)) as { readonly [key: string]: Value },
      dependencies,
      dependsOn: dependencies,
    });
  });
  // A state names its providers without their versions.
  return {
    name: path,
    isFromProvider: true,
    resources,
    unread: [],
    sensitive: sensitiveTextsOfState(objectOf(own(json, "values"))),
    ...statedVersions(path, [], locked),
  };
}

/**
 * The resources of a module and of those in it, in order.
 *
 * @throws InputError where one has no address, type or name: leaving it out would hide it
 */
export function storedResources(path: string, values: Json): StoredResource[] {
  const found: StoredResource[] = [];
  const modules: Json[] = [objectOf(own(values, "root_module"))];
  for (const module of modules) {
    const moduleAddress = typeof module.address === "string" ? module.address : "";
    for (const item of listOf(own(module, "resources"))) {
      const stored = storedResource(objectOf(item), moduleAddress);
      if (stored === undefined)
        throw new InputError(
          `${path} is damaged: a resource in it has no address, type or name. Write it again with \`terraform show -json\`.`,
        );
      found.push(stored);
    }
    modules.push(...listOf(own(module, "child_modules")).map(objectOf));
  }
  return found;
}

function storedResource(item: Json, module: string): StoredResource | undefined {
  const { address, mode, type, name, provider_name } = item;
  if (typeof address !== "string" || typeof type !== "string" || typeof name !== "string") return undefined;
  return {
    address,
    mode: mode === "data" ? "data" : "managed",
    type,
    name,
    module,
    values: objectOf(own(item, "values")),
    dependsOn: stringsOf(own(item, "depends_on")),
    providerSource: typeof provider_name === "string" ? providerSource(provider_name) : undefined,
  };
}
