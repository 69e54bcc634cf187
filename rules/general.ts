import type { Finding } from "./rule.ts";

/** A finding with the attributes on which it gives way to others; undefined where it gives way to none. */
export interface General<F> {
  readonly finding: F;
  readonly givesWayOn: readonly string[] | undefined;
}

/**
 * The findings without those of general rules that another rule states already: about the same resource, naming the same
 * attributes, and not less severe.
 */
export function withoutRepeated<F extends Finding & { readonly origin: string }>(
  findings: readonly General<F>[],
): F[] {
  const special = new Map<string, F[]>();
  for (const { finding, givesWayOn } of findings) {
    if (givesWayOn !== undefined) continue;
    const key = keyOf(finding);
    special.set(key, [...(special.get(key) ?? []), finding]);
  }
  return findings
    .filter(({ finding, givesWayOn }) => {
      const others = givesWayOn === undefined ? [] : (special.get(keyOf(finding)) ?? []);
      return !others.some(
        (other) => isAsSevere(other, finding) && givesWayOn?.every((path) => names(other, path)) === true,
      );
    })
    .map(({ finding }) => finding);
}

function keyOf({ address, origin }: { readonly address: string; readonly origin: string }): string {
  return `${address} ${origin}`;
}

function isAsSevere(other: Finding, finding: Finding): boolean {
  return other.severity === "error" || other.severity === finding.severity;
}

function names({ message, fix }: Finding, path: string): boolean {
  const name = path.slice(path.lastIndexOf(".") + 1);
  return `${message} ${fix}`.split(/\W+/).includes(name);
}
