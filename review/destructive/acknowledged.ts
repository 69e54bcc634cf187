import { nearest } from "../../values/nearest.ts";
import type { Acknowledgement, DestructiveChange, UnusedAcknowledgement } from "../review.ts";

interface Covering {
  readonly acknowledgement: Acknowledgement | undefined;
  readonly notCoveredBecause: string | undefined;
}

/** The acknowledgement that covers the change; otherwise why the one that looks like it does not. */
export function covering(
  change: DestructiveChange,
  all: readonly DestructiveChange[],
  acknowledgements: readonly Acknowledgement[],
  today: string,
): Covering {
  const { address, action } = change;
  const here = acknowledgements.filter((each) => names(each, change));
  const right = here.filter((each) => each.action === action);
  const valid = right.filter(({ expires }) => expires >= today);
  const certain = valid.find((each) => each.address !== address || !isAmbiguous(change, all));
  if (certain !== undefined) return { acknowledgement: certain, notCoveredBecause: undefined };
  const not = (why: string): Covering => ({ acknowledgement: undefined, notCoveredBecause: why });
  const [ambiguous] = valid;
  if (ambiguous !== undefined)
    return not(
      `several stacks change this address destructively: write "${change.stack}: ${address}" in the acknowledgement.`,
    );
  const [expired] = right;
  if (expired !== undefined)
    return not(`its acknowledgement expired on ${expired.expires} (its reason was: ${expired.reason}).`);
  const [other] = here;
  if (other !== undefined) return not(`its acknowledgement says "${other.action}", and this is "${action}".`);
  const close = nearest(
    address,
    acknowledgements.map((each) => each.address).filter((each) => !all.some((one) => matches(each, one))),
  );
  return close === undefined || !isClose(close, address)
    ? { acknowledgement: undefined, notCoveredBecause: undefined }
    : not(`the acknowledgement of ${close} names a similar address: correct it.`);
}

/** Acknowledgements that cover nothing, each with the reason. */
export function unusedAcknowledgements(
  destructive: readonly DestructiveChange[],
  acknowledgements: readonly Acknowledgement[],
  today: string,
): UnusedAcknowledgement[] {
  return acknowledgements.flatMap((acknowledgement) => {
    const here = destructive.filter((change) => names(acknowledgement, change));
    const covers = here.some(({ action }) => action === acknowledgement.action);
    if (covers) return [];
    const isOver = acknowledgement.expires < today ? ` (it expired on ${acknowledgement.expires})` : "";
    const [other] = here;
    if (other !== undefined)
      return [
        {
          acknowledgement,
          why: `it says "${acknowledgement.action}", and the plans "${other.action}"${isOver}.`,
        },
      ];
    const addresses = destructive.map(({ address }) => address);
    const close = nearest(acknowledgement.address, addresses);
    const why =
      close !== undefined && isClose(close, acknowledgement.address)
        ? `no destructive change at that address; did you mean ${close}?`
        : `no destructive change at that address in these plans: remove it${isOver}.`;
    return [{ acknowledgement, why }];
  });
}

function names(acknowledgement: Acknowledgement, change: DestructiveChange): boolean {
  return matches(acknowledgement.address.trim(), change);
}

/** With its stack in front an address means that stack alone. */
function matches(written: string, { stack, address }: DestructiveChange): boolean {
  return written === address || written === `${stack}: ${address}`;
}

function isAmbiguous(
  { address, stack, action }: DestructiveChange,
  all: readonly DestructiveChange[],
): boolean {
  return all.some((other) => other.address === address && other.action === action && other.stack !== stack);
}

/** Addresses of different types are never similar. */
function isClose(a: string, b: string): boolean {
  const valueText = (address: string): string[] => address.replace(/^[^ ]+: /, "").split(".");
  const [first, second] = [valueText(a), valueText(b)];
  if (first.length !== second.length || first.at(-2) !== second.at(-2)) return false;
  const different = first.filter((word, index) => word !== second[index]).length;
  return different <= 1;
}
