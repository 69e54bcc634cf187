import { evaluate } from "../expression/evaluate.ts";
import { ephemeralIn, isNonEmptyList } from "../expression/functions-type.ts";
import { Failure, isMap, mapOf } from "../expression/values.ts";
import { type Json, listOf, objectOf, own } from "../json.ts";
import { providerSource } from "../provider-versions.ts";
import { Block, type Resource } from "../resource.ts";
import { isUnknown, Unknown, unevaluated, type Value } from "../value.ts";
import { evaluateWritten, withoutBraces } from "./body.ts";
import { Cell, type Evaluation, REFERS_TO_ITSELF, type Referable } from "./evaluation.ts";
import {
  countAndEach,
  countExpansion,
  type Expansion,
  eachExpansion,
  eachOfList,
  enabledExpansion,
  maxAllInstances,
  one,
  type Repetition,
  unknownExpansion,
} from "./expansion.ts";
import { ModuleScope, type NamedValues } from "./module-scope.ts";
import type { DeclaredResource, ModuleSource } from "./module-source.ts";
import { ResourceNode } from "./resource-node.ts";
import { conversionTo } from "./type-constraint.ts";

/** Module instances of one configuration; only modules that call each other many times reach it. */
const maxModules = 5_000;

/** The instances of one resource or module call. */
interface Instances<T> {
  readonly expansion: Expansion;
  readonly referred: ReadonlySet<string>;
  readonly nodes: readonly T[];
}

/** How a module instance is called: by whom, under which address, with what. */
export interface CallSite {
  readonly parent: ModuleInstance | undefined;
  /** "" for the root, `module.net.` or `module.net["a"].` for others. */
  readonly prefix: string;
  /** The inputs; for the root, what its variable files say. */
  readonly inputs: ReadonlyMap<string, () => Value>;
  /** From the child's provider names to the parent's. */
  readonly providers: ReadonlyMap<string, string>;
  readonly dependsOn: ReadonlySet<string>;
}

/** A module as it is called once: its variables have values, and its resources instances. */
export class ModuleInstance implements Referable, NamedValues {
  readonly source: ModuleSource;
  readonly callSite: CallSite;
  readonly #evaluation: Evaluation;
  readonly #scope: ModuleScope;
  readonly #cells = new Map<string, Cell<Value>>();
  readonly #resources = new Map<string, Cell<Instances<ResourceNode>>>();
  readonly #calls = new Map<string, Cell<Instances<ModuleInstance | undefined>>>();
  readonly #providers = new Map<string, Cell<Block>>();

  constructor(evaluation: Evaluation, source: ModuleSource, callSite: CallSite) {
    this.#evaluation = evaluation;
    this.source = source;
    this.callSite = callSite;
    this.#scope = new ModuleScope(this, evaluation);
    for (const declared of source.resources) {
      const address = this.#address(declared.mode, declared.type, declared.name);
      this.#resources.set(
        address,
        this.#instances(declared.body, address, (repetition, kind) =>
          this.#node(declared, address, repetition, kind),
        ),
      );
    }
    for (const name of source.calls.keys()) {
      const address = `${callSite.prefix}module.${name}`;
      const body = source.calls.get(name) ?? {};
      this.#calls.set(
        name,
        this.#instances(body, address, (repetition, kind) => this.#called(name, address, repetition, kind)),
      );
    }
  }

  /** An output, for who refers to the module. */
  attribute(name: string): Value {
    const output = this.source.outputs.get(name);
    const address = this.callSite.prefix.slice(0, -1);
    if (output === undefined) return new Failure(`${address} has no output ${name}`);
    return this.#cell(`output.${name}`, () => {
      this.#evaluation.refer(this.#stated(own(output, "depends_on")));
      return evaluateWritten(own(output, "value"), this.#scope);
    }).get();
  }

  variable(name: string): Value {
    const declared = this.source.variables.get(name);
    const address = `${this.callSite.prefix}var.${name}`;
    if (declared === undefined)
      return this.#evaluation.undeclaredReference(address, `variable ${name} is not declared`);
    return this.#cell(`var.${name}`, () => {
      const value = this.#valueOf(name, declared, address);
      if (own(declared, "sensitive") === true) this.#scope.markSensitive(value);
      return value;
    }).get();
  }

  #valueOf(name: string, declared: Json, address: string): Value {
    const convert = conversionTo(
      own(declared, "type"),
      (expression) => evaluate(expression, this.#scope),
      (dropped) => this.#evaluation.drop(address, dropped),
    );
    const given = this.callSite.inputs.get(name)?.();
    const useDefault = given === undefined || (given === null && own(declared, "nullable") === false);
    if (!useDefault) return convert(given);
    if (!Object.hasOwn(declared, "default")) {
      if (this.callSite.parent !== undefined)
        return new Failure(`${this.callSite.prefix.slice(0, -1)} is called without its argument ${name}`);
      this.#evaluation.unset.add(name);
      const { unsetCause } = this.#evaluation;
      return new Unknown([{ address, attribute: "" }], `variable ${name} has no value`, [], unsetCause);
    }
    // Another value may be given.
    if (this.callSite.parent === undefined) this.#evaluation.refer([address]);
    if (declared.default === "" && this.#isForCallers()) {
      const why = `variable ${name} is empty, and who calls the module may give another value`;
      return new Unknown([{ address, attribute: "" }], why, [], this.#evaluation.unsetCause);
    }
    return convert(evaluateWritten(declared.default, this.#scope));
  }

  /**
   * True of a folder that others call as a module: it asks for values that it was not given, and configures no provider. What is
   * empty in it is given there.
   */
  #isForCallers(): boolean {
    if (this.callSite.parent !== undefined || this.source.providers.size > 0) return false;
    return [...this.source.variables].some(
      ([name, declared]) => !Object.hasOwn(declared, "default") && !this.callSite.inputs.has(name),
    );
  }

  local(name: string): Value {
    if (!this.source.locals.has(name))
      return this.#evaluation.undeclaredReference(
        `${this.callSite.prefix}local.${name}`,
        `local ${name} is not defined here`,
      );
    return this.#cell(`local.${name}`, () =>
      evaluateWritten(this.source.locals.get(name), this.#scope),
    ).get();
  }

  path(which: string | undefined): Value {
    const { root } = this.#evaluation;
    if (which === "module" && this.source.folder !== undefined) return this.source.folder;
    return (which === "root" || which === "cwd") && root !== undefined
      ? root
      : unevaluated(`path.${which} is not known`);
  }

  /** A whole resource, as far as an expression may take it: one, a list by `count`, or a map by `for_each`. */
  resource(mode: "managed" | "data", type: string, name: string): Value {
    const address = this.#address(mode, type, name);
    const instances = this.#resources.get(address);
    if (instances === undefined)
      return this.#evaluation.undeclaredReference(address, `${address} is not defined here`);
    this.#evaluation.refer([address]);
    return this.#cell(`whole.${address}`, () => this.#whole(address, instances.get().expansion)).get();
  }

  ephemeral(type: string, name: string): Value {
    const address = `${this.callSite.prefix}ephemeral.${type}.${name}`;
    return this.source.ephemerals.has(`${type}.${name}`)
      ? this.#evaluation.reference(address)
      : this.#evaluation.undeclaredReference(address, `${address} is not defined here`);
  }

  call(name: string): Value {
    const address = `${this.callSite.prefix}module.${name}`;
    const instances = this.#calls.get(name);
    if (instances === undefined)
      return this.#evaluation.undeclaredReference(address, `module ${name} is not called here`);
    this.#evaluation.refer([address]);
    return this.#cell(`whole.module.${name}`, () => {
      const child = this.source.children.get(name);
      const why =
        typeof child === "string" ? `module.${name} ${child} and was not read` : "known after apply";
      return this.#whole(address, instances.get().expansion, why);
    }).get();
  }

  /** Evaluates every local value, used or not: Terraform rejects unused ones that refer to themselves too. */
  evaluateLocals(): void {
    for (const name of this.source.locals.keys()) this.local(name);
  }

  /** Outputs that would keep a value of an `ephemeral` block, as they are not ephemeral themselves. */
  *ephemeralOutputs(): Generator<{ readonly name: string; readonly address: string }> {
    if (this.source.ephemerals.size === 0) return;
    for (const [name, output] of this.source.outputs) {
      if (own(output, "ephemeral") === true) continue;
      const address = ephemeralIn(this.attribute(name));
      if (address !== undefined) yield { name, address };
    }
  }

  /** The resources of this module and, after them, of those that it calls. */
  *allResources(): Generator<Resource> {
    for (const cell of this.#resources.values()) {
      const { nodes, referred } = cell.get();
      for (const node of nodes)
        yield node.resource(this.#dependsOn(own(node.declared.body, "depends_on")), referred);
    }
    for (const cell of this.#calls.values()) {
      for (const module of cell.get().nodes) if (module !== undefined) yield* module.allResources();
    }
  }

  /** The settings of a provider ("google", "google-beta.eu") as this module sees it. */
  provider(key: string): Block {
    const known = this.#providers.get(key);
    if (known !== undefined) return known.get();
    const cell = new Cell(
      this.#evaluation,
      () => this.#providerSettings(key),
      () => new Block({}),
    );
    this.#providers.set(key, cell);
    return cell.get();
  }

  #providerSettings(key: string): Block {
    const [, name = "", alias, instance] = PROVIDER_KEY.exec(key) ?? [];
    const passed = this.callSite.providers.get(key);
    if (passed !== undefined && this.callSite.parent !== undefined)
      return this.callSite.parent.provider(passed);
    const written = (this.source.providers.get(name) ?? []).find((body) => own(body, "alias") === alias);
    if (written === undefined)
      return alias === undefined ? (this.callSite.parent?.provider(key) ?? new Block({})) : new Block({});
    const { alias: _, for_each: each, ...settings } = written;
    const scope = each === undefined ? this.#scope : this.#providerScope(each, instance);
    const value = evaluateWritten(settings, scope);
    return new Block(isMap(value) ? value : {});
  }

  /** In which each.key and each.value of one of several configurations (OpenTofu) have values. */
  #providerScope(each: unknown, instance: string | undefined): ModuleScope {
    const { instances } = eachExpansion(evaluateWritten(each, this.#scope));
    const repetition = instances.find(({ index }) => index === `[${instance}]`);
    const unknown = unevaluated("which configuration of the provider it is");
    return new ModuleScope(
      this,
      this.#evaluation,
      "each",
      repetition ?? { index: "", key: unknown, value: unknown },
    );
  }

  #address(mode: "managed" | "data", type: string, name: string): string {
    return `${this.callSite.prefix}${mode === "data" ? "data." : ""}${type}.${name}`;
  }

  #cell(key: string, compute: () => Value): Cell<Value> {
    let cell = this.#cells.get(key);
    if (cell === undefined) {
      cell = new Cell<Value>(
        this.#evaluation,
        () => this.#evaluation.bounded(compute()),
        (why) => {
          if (why === REFERS_TO_ITSELF && key.startsWith("local."))
            this.#evaluation.cycles.add(`${this.callSite.prefix}${key}`);
          return unevaluated(`${key.replace(/^whole\./, "")}: ${why}`);
        },
      );
      this.#cells.set(key, cell);
    }
    return cell;
  }

  #whole(address: string, expansion: Expansion, why?: string): Value {
    const whole = (index: string) => {
      const value = new Unknown(
        [{ address: address + index, attribute: "" }],
        why ?? "known after apply",
        [],
        why === undefined && !address.startsWith("data.") ? "apply" : "outside",
      );
      this.#evaluation.wholes.add(value);
      return value;
    };
    if (expansion.kind === "count") return expansion.instances.map(({ index }) => whole(index));
    if (expansion.kind === "each")
      return mapOf(expansion.instances.map(({ index, key }) => [String(key), whole(index)]));
    return expansion.instances.length === 0 ? null : whole("");
  }

  #instances<T>(
    body: { readonly [key: string]: unknown },
    address: string,
    make: (repetition: Repetition, kind: Expansion["kind"]) => T,
  ): Cell<Instances<T>> {
    const of = (expansion: Expansion, referred: ReadonlySet<string>) => ({
      expansion,
      referred,
      nodes: expansion.instances.map((repetition) => make(repetition, expansion.kind)),
    });
    return new Cell<Instances<T>>(
      this.#evaluation,
      () => {
        const { result, referred } = this.#evaluation.recordingReferences(() => this.#expansion(body));
        this.#evaluation.instances += result.instances.length;
        if (this.#evaluation.instances > maxAllInstances) {
          this.#evaluation.giveUp(`it has more than ${maxAllInstances} instances of resources`);
          return of(unknownExpansion("there are too many instances"), referred);
        }
        if (result.gaveUp !== undefined) this.#evaluation.giveUp(`${address} ${result.gaveUp}`);
        if (result.rejected !== undefined) this.#evaluation.rejections.push({ address, ...result.rejected });
        return of(result, referred);
      },
      (why) => of(unknownExpansion(`${address}: ${why}`), new Set()),
    );
  }

  #expansion(body: { readonly [key: string]: unknown }): Expansion {
    const [count, each] = [own(body, "count"), own(body, "for_each")];
    if ((count ?? null) !== null && (each ?? null) !== null) return countAndEach;
    if (count !== undefined && count !== null) return countExpansion(evaluateWritten(count, this.#scope));
    if (each !== undefined && each !== null) {
      const { result, referred } = this.#evaluation.recordingReferences(() =>
        evaluateWritten(each, this.#scope),
      );
      this.#evaluation.refer(referred);
      return this.#isCertainList(each, result, referred) ? eachOfList : eachExpansion(result);
    }
    const [lifecycle] = listOf(own(body, "lifecycle"));
    const enabled = own(objectOf(lifecycle), "enabled");
    return enabled === undefined ? one : enabledExpansion(evaluateWritten(enabled, this.#scope));
  }

  /** Of what a provider gives, and of a condition with a set in its other branch, the reader does not know whether it is one. */
  #isCertainList(written: unknown, value: Value, referred: ReadonlySet<string>): boolean {
    const isOwn = [...referred].every((address) => /(?:^|\.)(?:var|local)\.[^.]+$/.test(address));
    return isOwn && isNonEmptyList(value) && !JSON.stringify(written).includes("?");
  }

  #node(
    declared: DeclaredResource,
    base: string,
    repetition: Repetition,
    kind: Expansion["kind"],
  ): ResourceNode {
    const address = base + repetition.index;
    const scope = kind === "one" ? this.#scope : new ModuleScope(this, this.#evaluation, kind, repetition);
    const written = own(declared.body, "provider");
    const key =
      typeof written === "string" ? providerKey(written, scope) : (declared.type.split("_")[0] ?? "");
    const localName = key.split(".")[0] ?? "";
    const provider = {
      source: this.source.providerSources.get(localName) ?? providerSource(localName),
      settings: () => this.provider(key),
    };
    const unknown = isUnknown(repetition.key) ? repetition.key : undefined;
    const node = new ResourceNode(this.#evaluation, address, declared, scope, provider, unknown);
    this.#evaluation.referables.set(address, node);
    return node;
  }

  #called(
    name: string,
    base: string,
    repetition: Repetition,
    kind: Expansion["kind"],
  ): ModuleInstance | undefined {
    const child = this.source.children.get(name);
    const body = this.source.calls.get(name) ?? {};
    if (this.#evaluation.modules >= maxModules) {
      this.#evaluation.giveUp(`modules call each other more than ${maxModules} times`);
      return undefined;
    }
    if (child === undefined || typeof child === "string") {
      const why = typeof child === "string" ? child : "could not be resolved";
      this.#evaluation.unread.add(`${base} ${why} and was not read.`);
      return undefined;
    }
    this.#evaluation.modules++;
    const scope = kind === "one" ? this.#scope : new ModuleScope(this, this.#evaluation, kind, repetition);
    const inputs = new Map<string, () => Value>();
    for (const [key, written] of Object.entries(body)) {
      if (
        key === "//" ||
        key === "source" ||
        key === "version" ||
        key === "providers" ||
        key === "depends_on"
      )
        continue;
      const cell = new Cell<Value>(
        this.#evaluation,
        () => evaluateWritten(written, scope),
        (why) => new Failure(`${key} of ${base}: ${why}`),
      );
      inputs.set(key, () => cell.get());
    }
    const passed = listOf(own(body, "providers")).flatMap((item) => Object.entries(objectOf(item)));
    const address = base + repetition.index;
    const unexpected = [...inputs.keys()]
      .filter((key) => !MODULE_ARGUMENTS.has(key) && !child.variables.has(key))
      .map((key) => `${address}.var.${key}`);
    for (const key of unexpected) this.#evaluation.undeclared.add(key);
    const module = new ModuleInstance(this.#evaluation, child, {
      parent: this,
      prefix: `${address}.`,
      inputs,
      providers: new Map(passed.map(([key, value]) => [providerKey(key), providerKey(String(value), scope)])),
      dependsOn: new Set([...this.#dependsOn(own(body, "depends_on")), ...unexpected]),
    });
    this.#evaluation.referables.set(address, module);
    return module;
  }

  #dependsOn(written: unknown): ReadonlySet<string> {
    const stated = this.#stated(written);
    for (const item of stated)
      if (!this.#declares(item.slice(this.callSite.prefix.length))) this.#evaluation.undeclared.add(item);
    return new Set([...this.callSite.dependsOn, ...stated, ...this.#throughNames(stated)]);
  }

  /** What the variables and local values refer to that a `depends_on` states: `depends_on = [var.module_depends_on]`. */
  #throughNames(stated: readonly string[]): ReadonlySet<string> {
    const names = stated.flatMap((item) => {
      const [, kind, name = ""] =
        /^(var|local)\.([\w-]+)/.exec(item.slice(this.callSite.prefix.length)) ?? [];
      return kind === undefined ? [] : [{ isVariable: kind === "var", name }];
    });
    if (names.length === 0) return new Set();
    return this.#evaluation.recordingReferences(() =>
      names.map(({ isVariable, name }) => (isVariable ? this.variable(name) : this.local(name))),
    ).referred;
  }

  /** The addresses that a `depends_on` states. */
  #stated(written: unknown): string[] {
    return (
      listOf(written)
        .filter((item) => typeof item === "string")
        // "resource.google_project_service.run" is another way to write the address.
        .map((item) => this.callSite.prefix + withoutBraces(item).replace(/^resource\./, ""))
    );
  }

  /** False where an entry of `depends_on` names what is not there. */
  #declares(entry: string): boolean {
    const [, call, mode, type, name] =
      /^(?:module\.([\w-]+)|(data\.|ephemeral\.)?([a-z][\w-]*)\.([\w-]+))/.exec(entry) ?? [];
    if (call !== undefined) return this.#calls.has(call);
    if (type === undefined || name === undefined) return true;
    if (mode === undefined && type === "var") return this.source.variables.has(name);
    if (mode === undefined && type === "local") return this.source.locals.has(name);
    if (mode === "ephemeral.") return this.source.ephemerals.has(`${type}.${name}`);
    return this.#resources.has(this.#address(mode === undefined ? "managed" : "data", type, name));
  }
}

/** What a call of a module may say that is no variable of it. */
const MODULE_ARGUMENTS = new Set(["count", "for_each", "lifecycle"]);

/** "google", "google.far", or in OpenTofu one of several: `google.by_region["us"]`. */
const PROVIDER_KEY = /^([^.[]+)(?:\.([^.[]+))?(?:\[(.*)\])?$/s;

/** The key of what is written, in which an index is a value: `google.by_region[each.key]`. */
function providerKey(written: string, scope?: ModuleScope): string {
  const key = withoutBraces(written);
  const index = PROVIDER_KEY.exec(key)?.[3];
  if (index === undefined || scope === undefined) return key;
  const value = evaluateWritten(`\${${index}}`, scope);
  const known = typeof value === "string" ? JSON.stringify(value) : "?";
  return `${key.slice(0, key.indexOf("["))}[${known}]`;
}
