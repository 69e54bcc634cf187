import { nameAttributeOf } from "../../resources/index.ts";
import { isLiteral, type Scope } from "../expression/evaluate.ts";
import { isList, isMap, mapOf, without } from "../expression/values.ts";
import { listOf, objectOf, own } from "../json.ts";
import { type Block, Resource } from "../resource.ts";
import { isUnknown, Unknown, unevaluated, type Value } from "../value.ts";
import { asWritten, dynamicBlocks, evaluateWritten, withGenerated } from "./body.ts";
import { computedAttribute, isProvided } from "./computed.ts";
import { Cell, type Evaluation, REFERS_TO_ITSELF, type Referable } from "./evaluation.ts";
import type { DeclaredResource } from "./module-source.ts";

const metaArguments = new Set([
  "//",
  "connection",
  "count",
  "depends_on",
  "dynamic",
  "for_each",
  "provider",
  "provisioner",
]);

/** An empty list means the same as none: a firewall rule with `ports = []` is for all ports. */
function isNothing(value: Value): boolean {
  return value === null || (isList(value) && value.length === 0);
}

function emptyPathsIn(written: readonly (readonly [label: string, value: Value])[]): Set<string> {
  const found = new Set<string>();
  for (const [label, value] of written) addEmptyPaths(value, label, found);
  return found;
}

function addEmptyPaths(value: Value, path: string, found: Set<string>): void {
  if (isNothing(value)) found.add(path);
  else if (isList(value)) for (const item of value) if (isMap(item)) addEmptyPaths(item, path, found);
  if (!isMap(value)) return;
  for (const [name, inner] of Object.entries(value)) addEmptyPaths(inner, `${path}.${name}`, found);
}

/** The provider that manages a resource. */
interface ManagingProvider {
  /** "hashicorp/google". */
  readonly source: string;
  readonly settings: () => Block;
}

/** One instance of a resource, whose attributes are evaluated on first use. */
export class ResourceNode implements Referable {
  readonly address: string;
  readonly declared: DeclaredResource;
  readonly #evaluation: Evaluation;
  readonly #scope: Scope;
  readonly #provider: ManagingProvider;
  readonly #unknownInstances: Unknown | undefined;
  readonly #cells = new Map<string, Cell<Value>>();
  readonly #dynamic: Cell<ReadonlyMap<string, readonly Value[]>>;

  constructor(
    evaluation: Evaluation,
    address: string,
    declared: DeclaredResource,
    scope: Scope,
    provider: ManagingProvider,
    unknownInstances: Unknown | undefined,
  ) {
    this.address = address;
    this.declared = declared;
    this.#evaluation = evaluation;
    this.#scope = scope;
    this.#provider = provider;
    this.#unknownInstances = unknownInstances;
    this.#dynamic = new Cell<ReadonlyMap<string, readonly Value[]>>(
      evaluation,
      () => dynamicBlocks(declared.body, scope),
      () => new Map(),
    );
  }

  attribute(name: string): Value {
    const written = this.#written(name);
    // Half a name, with a random suffix, leads nowhere; the reference to its resource does.
    if (isUnknown(written) && written.cause === "apply" && name === nameAttributeOf(this.declared.type))
      return new Unknown([{ address: this.address, attribute: name }], written.why);
    return written ?? this.#unwritten(name);
  }

  /** The evaluated resource; `dependsOn` is what its configuration states, as addresses. */
  resource(dependsOn: ReadonlySet<string>, expansionReferred: ReadonlySet<string>): Resource {
    const { body, mode, type, name, origin } = this.declared;
    const { result: written, referred } = this.#evaluation.recordingReferences(() => {
      const labels = [
        ...Object.keys(body).filter((key) => !metaArguments.has(key)),
        ...this.#dynamic.get().keys(),
      ];
      return [...new Set(labels)].map((label) => [label, this.#written(label) ?? null] as const);
    });
    const entries = written.flatMap(([label, value]): [string, Value][] =>
      isNothing(value) ? [] : [[label, without(value, isNothing)]],
    );
    const path = objectOf(objectOf(own(body, "//")).metadata).path;
    return new Resource({
      address: this.address,
      mode,
      type,
      name,
      path: typeof path === "string" ? path : null,
      origin,
      values: mapOf(entries),
      dependencies: new Set([...dependsOn, ...referred, ...expansionReferred]),
      dependsOn,
      unknownInstances: this.#unknownInstances,
      providerSource: this.#provider.source,
      provider: this.#provider.settings(),
      emptyPaths: () => emptyPathsIn(written),
    });
  }

  /** The value of an argument or block that the configuration has; undefined for others. */
  #written(name: string): Value | undefined {
    const { body } = this.declared;
    const cell = this.#cells.get(name);
    if (cell !== undefined) return cell.get();
    const generated = this.#hasDynamic(name);
    if (!generated && (metaArguments.has(name) || !Object.hasOwn(body, name))) return undefined;
    const text = body[name];
    // Most arguments need no evaluation, which would take note of what they refer to.
    if (!generated && typeof text === "string" && isLiteral(text)) return text;
    const made = new Cell<Value>(
      this.#evaluation,
      () => {
        if (name === "lifecycle") return asWritten(body[name]);
        const value = Object.hasOwn(body, name) ? evaluateWritten(body[name], this.#scope) : undefined;
        const blocks = generated ? this.#dynamic.get().get(name) : undefined;
        if (blocks !== undefined) return this.#evaluation.bounded(withGenerated(value, blocks));
        // What is its own value is as large as it is written.
        return value === undefined || value === body[name]
          ? (value ?? null)
          : this.#evaluation.bounded(value);
      },
      (why) => {
        if (why === REFERS_TO_ITSELF) this.#evaluation.cycles.add(`${this.address}.${name}`);
        return unevaluated(why, [{ address: this.address, attribute: name }]);
      },
    );
    this.#cells.set(name, made);
    return made.get();
  }

  #hasDynamic(name: string): boolean {
    const dynamic = own(this.declared.body, "dynamic");
    return dynamic !== undefined && listOf(dynamic).some((item) => Object.hasOwn(objectOf(item), name));
  }

  #unwritten(name: string): Value {
    const { type, mode } = this.declared;
    if (isProvided(type, name)) {
      const value = this.#provider.settings().get(name);
      if (value !== undefined) return value;
    }
    const certain = this.#evaluation.recordingReferences(() =>
      computedAttribute(type, name, (other) => this.#plain(other)),
    ).result;
    const why = mode === "data" ? `${this.address} is only read at the apply` : "known after apply";
    const cause = mode === "data" ? "outside" : "apply";
    return certain ?? new Unknown([{ address: this.address, attribute: name }], why, [], cause);
  }

  /** An attribute that is written or the provider's; nothing that is computed from others in turn. */
  #plain(name: string): Value {
    const provided = isProvided(this.declared.type, name) ? this.#provider.settings().get(name) : undefined;
    return this.#written(name) ?? provided ?? new Unknown([], "known after apply");
  }
}
