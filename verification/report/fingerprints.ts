import { createHash } from "node:crypto";
import type { LocatedFinding } from "../../rules/rule.ts";

/** By rule and address, so that an alert stays the same when its line or the number in its message changes. */
export class Fingerprints {
  readonly #seen = new Map<string, number>();

  of({ rule, address, path }: Pick<LocatedFinding, "rule" | "address" | "path">): string {
    const hash = createHash("sha256")
      .update(JSON.stringify([rule, address, path]))
      .digest("hex")
      .slice(0, 16);
    const count = (this.#seen.get(hash) ?? 0) + 1;
    this.#seen.set(hash, count);
    return `${hash}:${count}`;
  }
}
