import { z } from "zod";
import { UserError } from "../../platform/user-error.ts";
import type { Step } from "./steps.ts";

/** A state in a bucket. */
export interface StateObject {
  /** gs://BUCKET/STACK/default.tfstate */
  readonly url: string;
  /** A 64-bit number, as a text. */
  readonly generation: string;
  /** Content of the object, read with the generation. */
  readonly text: string;
}

/** A state that moves to another bucket. */
export interface Move {
  readonly stack: string;
  /** Undefined where there is none. */
  readonly from: StateObject | undefined;
  /** Where the state goes, and what is there already. */
  readonly to: { readonly url: string; readonly found: StateObject | undefined };
  /** Whether Terraform holds the lock next to the old state. */
  readonly isLocked: boolean;
}

const terraformState = z.object({ lineage: z.string(), serial: z.int().min(0) });

/**
 * What is left to do: copy the state where the new bucket has none, then remove the old one. Each step names the generation that
 * was read, so that it is refused where somebody writes meanwhile, and both can be repeated after a kill in between.
 *
 * @throws UserError where the state is locked, or both buckets have one and the old one is not the older
 */
export function moveSteps({ stack, from, to, isLocked }: Move): Step[] {
  if (from === undefined) return [];
  const at = `--if-generation-match=${from.generation}`;
  const remove: Step = {
    why: `remove the old state of ${stack}, which is in ${to.url} now; its versions stay`,
    args: ["storage", "rm", from.url, at],
  };
  const copied = to.found;
  if (isLocked)
    throw new UserError(
      `${from.url} is locked: somebody applies ${stack}, from code that keeps its state there. Wait until that has ended, then run this again; only where it certainly runs no more: gcloud storage rm ${from.url.replace(/state$/, "lock")}`,
    );
  if (copied === undefined)
    return [
      {
        why: `copy the state of ${stack} to the bucket of the owner's states`,
        args: ["storage", "cp", `${from.url}#${from.generation}`, to.url, "--if-generation-match=0"],
      },
      remove,
    ];
  if (copied.text === from.text) return [remove];
  const [before, after] = [stateOf(from), stateOf(copied)];
  if (before.lineage === after.lineage && after.serial > before.serial) return [remove];
  const reason =
    before.lineage === after.lineage
      ? `the old one has serial ${before.serial}, the new one ${after.serial}: ${stack} was applied with an older version of the code after its state was copied`
      : `they have nothing in common: ${stack} was applied with the new bucket before its state was moved`;
  throw new UserError(
    [
      `There are two states of ${stack}, ${from.url} and ${to.url}, and ${reason}. Nothing was changed. Compare them (gcloud storage cat). To go on with the old one, whose resources the new one may lack:`,
      `  gcloud storage cp '${from.url}#${from.generation}' ${to.url} --if-generation-match=${copied.generation}`,
      "The bucket keeps the version that this replaces. Then run this again.",
    ].join("\n"),
  );
}

function stateOf({ url, text }: StateObject): z.output<typeof terraformState> {
  const { data } = terraformState.safeParse(parsed(text));
  if (data !== undefined) return data;
  throw new UserError(
    `${url} is no Terraform state, and the other bucket has one as well: restore an earlier version of it, or remove it, then run this again.`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
