import type { ChildProcess } from "node:child_process";
import process from "node:process";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Ctrl-C while Terraform works. Terraform stops in good order and writes its state at the first SIGINT, and loses what it has
 * made at the second: so each child gets exactly one, however often a person presses, and is waited for.
 */
export class Interrupt {
  #isInterrupted = false;
  readonly #children = new Set<ChildProcess>();
  readonly #emit: (children: number) => void;
  readonly #handler = (): void => this.#interrupt();

  /** @param emit called at each signal, with the number of Terraforms that are waited for */
  constructor(emit: (children: number) => void = () => {}) {
    this.#emit = emit;
    for (const signal of SIGNALS) process.on(signal, this.#handler);
  }

  /** True once a person wants to stop: nothing new is started. */
  get isInterrupted(): boolean {
    return this.#isInterrupted;
  }

  add(child: ChildProcess): void {
    this.#children.add(child);
    child.once("close", () => this.#children.delete(child));
  }

  /** Signals end this process again. */
  release(): void {
    for (const signal of SIGNALS) process.off(signal, this.#handler);
  }

  #interrupt(): void {
    this.#emit(this.#children.size);
    if (this.#isInterrupted) return;
    this.#isInterrupted = true;
    for (const child of this.#children) child.kill("SIGINT");
  }
}
