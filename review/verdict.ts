import { protectionOf } from "../resources/protection.ts";
import { plural } from "../values/words.ts";
import type { PlannedChange } from "./plan/planned-change.ts";
import type { Review } from "./review.ts";

/** The verdict with its reasons, errors first. */
export function verdictOf(
  { stacks, destructive, findings }: Omit<Review, "verdict" | "reasons">,
  changes: readonly PlannedChange[],
): Pick<Review, "verdict" | "reasons"> {
  const refused = [
    ...stacks.flatMap(({ name, failure }) => (failure === undefined ? [] : [`${name}: ${failure}`])),
    ...changes.flatMap((change) => protectedRemoval(change) ?? []),
    ...broken(findings),
  ];
  const open = destructive.filter(({ acknowledgement }) => acknowledgement === undefined);
  const needed = open.map(
    ({ address, action, notCoveredBecause }) =>
      `${address} needs an acknowledgement of "${action}"${notCoveredBecause === undefined ? "." : `: ${notCoveredBecause}`}`,
  );
  if (refused.length > 0) return { verdict: "refused", reasons: [...refused, ...needed] };
  return needed.length > 0
    ? { verdict: "needs acknowledgement", reasons: needed }
    : { verdict: "safe", reasons: [] };
}

function broken(findings: Review["findings"]): string[] {
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return [];
  const fresh = errors.filter(({ since }) => since === "new").length;
  const age =
    fresh === errors.length ? "" : fresh === 0 ? ", all of them existing" : `, ${fresh} of them new`;
  return [
    `The rule book finds ${plural(errors.length, "error")}${age}: ${[...new Set(errors.map(({ rule }) => rule))].join(", ")}.`,
  ];
}

/** The provider or the API rejects its deletion while the state says so, acknowledged or not. */
function protectedRemoval(change: PlannedChange): string | undefined {
  if (change.action !== "destroy" && change.action !== "replace") return undefined;
  const protection = protectionOf(change.before);
  return protection === undefined
    ? undefined
    : `${change.address} is protected (${protection} in the state): rejected at apply; remove the protection first.`;
}
