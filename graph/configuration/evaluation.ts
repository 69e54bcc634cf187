import { getHeapStatistics } from "node:v8";
import type { Rejection } from "../rejection.ts";
import { type Cause, Unknown, unevaluated, type Value } from "../value.ts";
import { ConfigurationFiles } from "./configuration-files.ts";
import type { DroppedAttribute } from "./type-constraint.ts";

/** Evaluation steps of one configuration; real ones stay far below, expressions that multiply each other do not. */
const maxWork = 10_000_000;
/** Milliseconds; a step may be slow on a machine that does something else. */
const maxDuration = 120_000;
/** Of the memory that the process may use; what is left is for the rules. */
const maxHeapShare = 0.8;
/** Evaluation steps between two looks at clock and memory. */
const workPerCheck = 50_000;
/** Values that depend on each other in a longer chain than this occur in hostile input only. */
const maxChain = 400;
/** Parts of one value; a plan of thousands of resources has fewer in all. */
const maxValueSize = 2_000_000;
/** Smaller values are counted again, which takes less than to remember how large they are. */
const countedAgain = 100;
/** Reasons for giving up that are named. */
const maxReasons = 10;
/** Characters from which on what a function makes of a sensitive text is sensitive too. */
const MIN_SENSITIVE_LENGTH = 6;
/** Sensitive texts that are looked for in another one: the variables of a configuration come first. */
const MAX_SOUGHT = 1_000;

/** What an address refers to: a resource instance or a module instance. */
export interface Referable {
  attribute(name: string): Value;
}

/** What all modules of one root module share while they are evaluated. */
export class Evaluation {
  readonly referables = new Map<string, Referable>();
  /** What was not read, one sentence each. */
  readonly unread = new Set<string>();
  /** Values that are unknown although Terraform knows them, one sentence each. */
  readonly notes = new Set<string>();
  /** Why the evaluation was not brought to its end, one sentence each. */
  readonly gaveUp = new Set<string>();
  /** What Terraform rejects of it as a whole. */
  readonly rejections: Rejection[] = [];
  /** Texts of variables that are marked as sensitive, and of `sensitive()`. */
  readonly sensitive = new Set<string>();
  /** Variables of the root module that are used and have no value. */
  readonly unset = new Set<string>();
  /** Values that refer to themselves, directly or through others; rejected at plan. */
  readonly cycles = new Set<string>();
  /** Addresses of what expressions refer to although no module declares it. */
  readonly undeclared = new Set<string>();
  /** What the object types of variables leave out of their values, by the address of the variable. */
  readonly dropped = new Map<string, DroppedAttribute[]>();
  /** Values that are a whole resource or module, and not made of one. */
  readonly wholes = new WeakSet<Unknown>();
  /** The folder below which files may be read, and to which paths are relative. */
  readonly root: string | undefined;
  /** How many module instances there are. */
  modules = 0;
  depth = 0;
  #referred = new Set<string>();
  /** How many instances of resources there are. */
  instances = 0;
  #left = maxWork;
  #nextCheck = maxWork;
  readonly #end = performance.now() + maxDuration;
  readonly #sizes = new WeakMap<object, number>();

  /** Why a variable of the root module without a value is not known. */
  readonly unsetCause: Cause;
  /** What `file()` and its like may read. */
  readonly files: ConfigurationFiles;

  constructor(root: string | undefined, unsetCause: Cause = "variable") {
    this.root = root;
    this.unsetCause = unsetCause;
    this.files = new ConfigurationFiles(root, this);
  }

  spend(work: number): boolean {
    this.#left -= work;
    if (this.#left < this.#nextCheck) this.#check();
    if (this.#left > 0) return true;
    if (this.gaveUp.size === 0) this.giveUp("its expressions multiply each other");
    return false;
  }

  #check(): void {
    this.#nextCheck = this.#left - workPerCheck;
    const { used_heap_size, heap_size_limit } = getHeapStatistics();
    if (performance.now() > this.#end) this.giveUp(`it takes longer than ${maxDuration / 1000} s`);
    else if (used_heap_size < heap_size_limit * maxHeapShare) return;
    else this.giveUp("it needs more memory than there is");
    this.#left = 0;
  }

  /** The value, or unknown where it holds more than anybody writes: names that multiply each other share their parts. */
  bounded(value: Value): Value {
    if (typeof value !== "object" || this.#sizeOf(value) <= maxValueSize) return value;
    return this.giveUp("its expressions multiply each other");
  }

  #sizeOf(value: Value): number {
    if (typeof value !== "object" || value === null || value instanceof Unknown) return 1;
    const known = this.#sizes.get(value);
    if (known !== undefined) return known;
    let size = 1;
    for (const key of Object.keys(value))
      size += this.#sizeOf((value as { readonly [key: string]: Value })[key] ?? null);
    if (size > countedAgain) this.#sizes.set(value, size);
    return size;
  }

  /** @returns what stands in the place of the value */
  giveUp(reason: string): Unknown {
    if (this.gaveUp.size < maxReasons)
      this.gaveUp.add(
        `${this.root ?? "The configuration"} was not evaluated to its end: ${reason}. The values left are unknown.`,
      );
    return unevaluated(reason);
  }

  /** A reference to a whole resource or module; its attributes are found through `referables`. */
  reference(address: string, why = "known after apply", cause: Cause = "apply"): Unknown {
    this.#referred.add(address);
    return new Unknown([{ address, attribute: "" }], why, [], cause);
  }

  /** A reference to what its module does not declare. */
  undeclaredReference(address: string, why: string): Unknown {
    this.undeclared.add(address);
    return this.reference(address, why, "outside");
  }

  /** Notes what the type of a variable leaves out, once however many values have it. */
  drop(address: string, dropped: DroppedAttribute): void {
    const known = this.dropped.get(address) ?? [];
    this.dropped.set(address, known);
    if (!known.some(({ name, meant }) => name === dropped.name && meant === dropped.meant))
      known.push(dropped);
    this.refer([address]);
  }

  refer(addresses: Iterable<string>): void {
    for (const address of addresses) this.#referred.add(address);
  }

  /** Runs `compute` and returns the addresses that its expressions refer to as well. */
  recordingReferences<T>(compute: () => T): { result: T; referred: ReadonlySet<string> } {
    const before = this.#referred;
    const referred = new Set<string>();
    this.#referred = referred;
    try {
      return { result: compute(), referred };
    } finally {
      this.#referred = before;
    }
  }

  /**
   * True where a text of the value is marked as sensitive, or holds one that is: what a function makes of it, such as
   * `base64gzip("password=${var.password}")`, is not recognized otherwise. Short ones are words of the language too.
   */
  isSensitive(value: Value): boolean {
    if (this.sensitive.size === 0) return false;
    if (Array.isArray(value)) return value.some((item) => this.isSensitive(item));
    if (typeof value !== "string" || value.length < MIN_SENSITIVE_LENGTH) return false;
    return this.sensitive.has(value) || this.#holdsSensitive(value);
  }

  #holdsSensitive(text: string): boolean {
    let left = MAX_SOUGHT;
    for (const secret of this.sensitive) {
      if (left-- === 0) return false;
      if (secret.length >= MIN_SENSITIVE_LENGTH && secret.length < text.length && text.includes(secret))
        return true;
    }
    return false;
  }

  get tooDeep(): boolean {
    return this.depth > maxChain;
  }
}

/** The reason of a value that refers to itself. */
export const REFERS_TO_ITSELF = "it refers to itself";

/** A value that is computed once, when first read; read during its own computation, it is `otherwise`. */
export class Cell<T> {
  readonly #evaluation: Evaluation;
  readonly #compute: () => T;
  readonly #otherwise: (why: string) => T;
  #busy = false;
  #done: { readonly result: T; readonly referred: ReadonlySet<string> } | undefined;

  constructor(evaluation: Evaluation, compute: () => T, otherwise: (why: string) => T) {
    this.#evaluation = evaluation;
    this.#compute = compute;
    this.#otherwise = otherwise;
  }

  get(): T {
    if (this.#busy) return this.#otherwise(REFERS_TO_ITSELF);
    if (this.#done === undefined) {
      if (this.#evaluation.tooDeep) {
        this.#evaluation.giveUp("too many values depend on each other");
        return this.#otherwise("too many values depend on each other");
      }
      this.#done = this.#run();
    }
    this.#evaluation.refer(this.#done.referred);
    return this.#done.result;
  }

  #run(): { result: T; referred: ReadonlySet<string> } {
    this.#busy = true;
    this.#evaluation.depth++;
    try {
      return this.#evaluation.recordingReferences(this.#compute);
    } catch (error) {
      // The stack is shorter than `maxChain` allows where expressions are nested deeply too.
      if (!(error instanceof RangeError)) throw error;
      this.#evaluation.giveUp("an expression is nested too deeply");
      return { result: this.#otherwise("it is nested too deeply"), referred: new Set() };
    } finally {
      this.#evaluation.depth--;
      this.#busy = false;
    }
  }
}
