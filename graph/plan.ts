import type { Input } from "./input.ts";
import { isObject, type Json, listOf, objectOf, own, stringsOf } from "./json.ts";
import { withMembers } from "./module-members.ts";
import { beyondResources } from "./plan/beyond-resources.ts";
import { allReferences, constantOf, PlannedModule, referencesOf } from "./plan/configuration.ts";
import { allValues, plannedValues } from "./plan/planned-values.ts";
import { type ExpressionScope, PlanReferences } from "./plan/references.ts";
import { anyUnknown, valueOfJson } from "./plan/values.ts";
import { providerSource, statedVersions, type VersionConstraint } from "./provider-versions.ts";
import { Block, type Change, Resource } from "./resource.ts";
import { sensitiveTextsOfPlan } from "./sensitive.ts";
import { checkFormat, type StoredResource, storedResources } from "./state.ts";
import type { Reference, Value } from "./value.ts";

export function isPlan(json: unknown): json is Json {
  return isObject(json) && ("planned_values" in json || "resource_changes" in json);
}

/** Reads `terraform show -json PLANFILE`: what will be there after the apply. */
export function readPlan(path: string, json: Json, locked: ReadonlyMap<string, string> = new Map()): Input {
  checkFormat(path, json, "plan");
  const { isPartial, runsActions } = beyondResources(json);
  const unread = [
    ...(isPartial && json.errored !== true
      ? [`${path} is a plan of a part only, and may lack resources.`]
      : []),
    ...(runsActions
      ? [`${path} runs actions of a provider when it is applied, which were not checked.`]
      : []),
  ];
  const gaveUp =
    json.errored === true ? [`${path} is a plan that failed, and lacks what Terraform did not come to.`] : [];
  const reader = new PlanReader(path, json);
  return {
    name: path,
    isFromProvider: true,
    resources: withMembers(reader.resources()),
    removed: reader.removed(),
    unread,
    gaveUp,
    sensitive: sensitiveTextsOfPlan(json),
    ...statedVersions(path, versionConstraints(json), locked),
  };
}

function versionConstraints(json: Json): VersionConstraint[] {
  const configured = objectOf(own(objectOf(own(json, "configuration")), "provider_config"));
  return Object.values(configured).flatMap((entry) => {
    const { name, full_name, version_constraint } = objectOf(entry);
    const source = providerSource(String(full_name ?? name));
    return stringsOf(version_constraint).map((constraint) => ({ source, constraint }));
  });
}

class PlanReader {
  readonly #path: string;
  readonly #json: Json;
  readonly #root: PlannedModule;
  readonly #references = new PlanReferences();
  /** The `change` of each resource by address. */
  readonly #changes = new Map<string, Json>();
  /** The same by address without the last index, for references that state none. */
  readonly #repeated = new Map<string, Json[]>();
  readonly #providers = new Map<string, Block>();

  constructor(path: string, json: Json) {
    this.#path = path;
    this.#json = json;
    this.#root = new PlannedModule(objectOf(own(objectOf(own(json, "configuration")), "root_module")));
    for (const item of listOf(own(json, "resource_changes"))) {
      const { address, deposed, change } = objectOf(item);
      if (typeof address !== "string" || deposed !== undefined) continue;
      this.#changes.set(address, objectOf(change));
      const base = address.replace(/\[[^\]]*\]$/, "");
      if (base !== address) this.#repeated.set(base, [...(this.#repeated.get(base) ?? []), objectOf(change)]);
    }
  }

  resources(): Resource[] {
    const prior = storedResources(
      this.#path,
      objectOf(own(objectOf(own(this.#json, "prior_state")), "values")),
    );
    // A refresh-only plan changes nothing: what is there is what it found.
    const isRefresh = !("resource_changes" in this.#json);
    const planned = storedResources(this.#path, objectOf(own(this.#json, "planned_values")));
    const stored =
      isRefresh && planned.length === 0
        ? prior
        : [...planned, ...prior.filter(({ mode }) => mode === "data")];
    const seen = new Set<string>();
    const unique = stored.filter(({ address }) => !seen.has(address) && seen.add(address));
    return unique.map((resource) => this.#resource(resource));
  }

  removed(): Resource[] {
    return listOf(own(this.#json, "resource_changes")).flatMap((item) => {
      const { address, type, name, mode, change, deposed, provider_name } = objectOf(item);
      const isDeleted = stringsOf(own(objectOf(change), "actions")).join() === "delete";
      const before = own(objectOf(change), "before");
      if (!isDeleted || mode !== "managed" || deposed !== undefined || !isObject(before)) return [];
      return new Resource({
        address: String(address),
        mode: "managed",
        type: String(type),
        name: String(name),
        path: null,
        origin: this.#path,
        values: allValues(before, undefined),
        dependencies: new Set(),
        dependsOn: new Set(),
        providerSource: typeof provider_name === "string" ? providerSource(provider_name) : undefined,
        provider: this.#provider(String(provider_name).split("/").at(-1) ?? ""),
        change: changeOf(objectOf(change), {}, undefined),
      });
    });
  }

  #resource(stored: StoredResource): Resource {
    const { address, mode, type, name, module } = stored;
    const prefix = module === "" ? "" : `${module}.`;
    const planned = this.#root.at(module);
    const written = planned?.resource(`${mode === "data" ? "data." : ""}${type}.${name}`);
    const scope: ExpressionScope = { module: planned ?? this.#root, prefix, repeated: written };
    const change = this.#changes.get(address);
    const after = change === undefined ? stored.values : (own(change, "after") ?? stored.values);
    const marks = change === undefined ? undefined : own(change, "after_unknown");
    const expressions = written === undefined ? undefined : own(written, "expressions");
    // All values that a data source has read are kept.
    const filter = mode === "data" && change === undefined ? undefined : expressions;
    const referred = [
      ...allReferences(expressions),
      ...referencesOf(written?.for_each_expression),
      ...referencesOf(written?.count_expression),
    ];
    const dependsOn = new Set(stringsOf(written?.depends_on).map((stated) => prefix + stated));
    return new Resource({
      address,
      mode,
      type,
      name,
      path: null,
      origin: module === "" ? this.#path : module,
      values: plannedValues(after, marks, filter, (texts) =>
        this.#stillUnknown(this.#references.resolve(texts, scope)),
      ),
      dependencies: new Set([
        ...dependsOn,
        ...this.#references.ofCalls(scope),
        ...this.#references.modules(referred, scope),
        ...this.#references
          .resolve(referred, scope)
          .flatMap(({ address }) => (isName(address) ? [] : [address])),
      ]),
      dependsOn,
      providerSource: stored.providerSource,
      provider: this.#provider(String(written?.provider_config_key ?? type.split("_")[0])),
      change: change === undefined ? undefined : changeOf(change, after, marks),
    });
  }

  /** Of all that an unknown value refers to, only what is itself unknown can be the reason. */
  #stillUnknown(references: readonly Reference[]): readonly Reference[] {
    const unknown = references.filter(({ address, attribute }) => {
      if (/^var\./.test(address)) return false;
      const one = this.#changes.get(address);
      const changes = one === undefined ? (this.#repeated.get(address) ?? []) : [one];
      const [first = ""] = attribute.split(".");
      if (changes.length === 0 || first === "") return true;
      return changes.some((change) => anyUnknown(own(objectOf(own(change, "after_unknown")), first)));
    });
    return unknown.length > 0 ? unknown : references;
  }

  #provider(key: string): Block {
    const known = this.#providers.get(key);
    if (known !== undefined) return known;
    const all = objectOf(own(objectOf(own(this.#json, "configuration")), "provider_config"));
    const written = objectOf(own(all, key) ?? own(all, key.slice(key.lastIndexOf(":") + 1)));
    const settings = Object.entries(objectOf(own(written, "expressions"))).map(
      ([name, expression]) => [name, this.#setting(expression)] as const,
    );
    const block = new Block(Object.fromEntries(settings));
    this.#providers.set(key, block);
    return block;
  }

  /** A setting of a provider is a constant or, nearly always, one variable of the root module. */
  #setting(expression: unknown): Value {
    const constant = constantOf(expression);
    if (constant !== undefined) return valueOfJson(constant);
    const [only, ...more] = referencesOf(expression);
    if (only === undefined || more.length > 0 || !/^var\.[\w-]+$/.test(only)) return null;
    const variable = objectOf(own(objectOf(own(this.#json, "variables")), only.slice("var.".length)));
    return valueOfJson(own(variable, "value"));
  }
}

/** Variables and locals are names within a configuration, not something that a resource could wait for. */
function isName(address: string): boolean {
  return /(?:^|\.)(?:var|local)\.[\w-]+$/.test(address);
}

/** Both sides are built on first use: few rules read them, and a plan has thousands. */
function changeOf(change: Json, after: unknown, marks: unknown): Change {
  const before = own(change, "before");
  return {
    actions: stringsOf(own(change, "actions")),
    get before() {
      return isObject(before) ? new Block(allValues(before, undefined)) : undefined;
    },
    get after() {
      return new Block(allValues(after, marks));
    },
    replacePaths: listOf(own(change, "replace_paths")).map((path) => listOf(path).join(".")),
  };
}
