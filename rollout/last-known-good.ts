import type { ServiceRecord } from "./ledger.ts";
import type { Target } from "./observed.ts";

/** Value of `stable` in a plan of a service. */
export type Stable =
  | { readonly kind: "ledger"; readonly revision: string }
  /** Not in the ledger: the only serving revision keeps the traffic. */
  | { readonly kind: "serving"; readonly revision: string }
  /** It does not exist yet. */
  | { readonly kind: "none" }
  /** Unknown: nothing may be planned. */
  | { readonly kind: "unclear"; readonly why: string };

/**
 * The revision that keeps the traffic in a plan. The newest one is never a fallback: on a fresh checkout that would be a
 * promotion.
 *
 * @param serving the effective traffic, read only where the ledger has no entry; null where there is no service
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
  return {
    kind: "unclear",
    why: `its traffic is split (${split}), and the ledger has no last known good revision`,
  };
}
