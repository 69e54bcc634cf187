import type { ServiceRecord } from "./ledger.ts";
import type { Target } from "./observed.ts";

/** What a plan of a service says for `stable`. */
export type Stable =
  | { readonly kind: "ledger"; readonly revision: string }
  /** Nobody wrote it down: what serves alone is kept serving. */
  | { readonly kind: "serving"; readonly revision: string }
  /** It does not exist yet. */
  | { readonly kind: "none" }
  /** Nobody can say: nothing may be planned. */
  | { readonly kind: "unclear"; readonly why: string };

/**
 * The revision that a plan keeps serving. Never the newest one because nothing else is known: on a fresh checkout that
 * would be a promotion.
 *
 * @param serving what is in force, asked for only where the ledger does not know; null where there is no service
 */
export async function lastKnownGood(
  record: ServiceRecord | undefined,
  serving: () => Promise<readonly Target[] | null>,
): Promise<Stable> {
  if (record !== undefined && record.stable !== null) return { kind: "ledger", revision: record.stable };
  const found = await serving();
  if (found === null) return { kind: "none" };
  const [only, ...others] = found.filter(({ percent }) => percent > 0);
  if (only !== undefined && others.length === 0) return { kind: "serving", revision: only.revision };
  // A first revision that never became ready serves nothing: there is nothing to keep.
  if (only === undefined) return { kind: "none" };
  const split = [only, ...others].map(({ revision, percent }) => `${revision} ${percent} %`).join(", ");
  return { kind: "unclear", why: `its traffic is divided (${split}), and no ledger says which is good` };
}
