import { getHeapStatistics } from "node:v8";
import { UserError } from "../platform/user-error.ts";

/** Reads of attributes between two looks at the clock and the memory. */
const READS_PER_CHECK = 20_000;
/** What rules may find: nobody reads more, and pairs of thousands are millions. */
const MAX_VIOLATIONS = 100_000;
/** Share of the memory that Node may use. */
const MAX_HEAP_SHARE = 0.9;

/** The time and memory that the rules may take for one input. */
export class WorkLimit {
  readonly #maxDuration: number;
  readonly #end: number;
  readonly #resources: number;
  #left = READS_PER_CHECK;
  #violations = 0;

  /** @param maxDuration milliseconds */
  constructor(maxDuration: number, resources: number) {
    this.#maxDuration = maxDuration;
    this.#resources = resources;
    this.#end = performance.now() + maxDuration;
  }

  /** To be called at every read of an attribute: a rule that runs away reads on and on. */
  read(): void {
    if (--this.#left <= 0) this.check();
  }

  /**
   * To be called at every violation, repeated ones included.
   *
   * @throws UserError where there are too many
   */
  found(): void {
    this.read();
    if (++this.#violations > MAX_VIOLATIONS)
      throw new UserError(
        `The rules find more than ${MAX_VIOLATIONS} faults in ${this.#resources} resources: mend what repeats, or verify fewer of them at a time.`,
      );
  }

  /** @throws UserError where the time or the memory is used up */
  check(): void {
    this.#left = READS_PER_CHECK;
    const { used_heap_size: used, heap_size_limit: most } = getHeapStatistics();
    const count = `for ${this.#resources} resources: verify fewer of them at a time`;
    if (performance.now() > this.#end)
      throw new UserError(`The rules took longer than ${this.#maxDuration / 1000} s ${count}.`);
    if (used > most * MAX_HEAP_SHARE)
      throw new UserError(
        `The rules took more than ${Math.round((most * MAX_HEAP_SHARE) / 2 ** 20)} MiB of memory ${count}, or give Node more memory with NODE_OPTIONS=--max-old-space-size=8192.`,
      );
  }
}
