import { lowerBound, upperBound } from "./bounds.ts";

/** Responses, and how many of them may be bad. */
export interface Group {
  readonly by: "probes" | "requests" | "users";
  /** "own probes of the candidate" */
  readonly who: string;
  /** "errors" */
  readonly what: string;
  readonly of: number;
  /** Bounds of the number of bad ones. */
  readonly atLeast: number;
  readonly atMost: number;
  /** Share that may be bad. */
  readonly allowed: number;
}

/** Significantly worse than allowed. */
export function isBroken({ atLeast, of, allowed }: Group): boolean {
  return lowerBound(atLeast, of) > allowed;
}

/** Good enough, with enough samples. */
export function isKept({ atMost, of, allowed }: Group): boolean {
  return of > 0 && upperBound(atMost, of) <= allowed;
}

/** "own probes: 4 errors of 300, allowed is 1 %" */
export function groupText({ who, what, of, atMost, allowed }: Group): string {
  return `${who}: ${atMost} ${what} of ${of}, allowed is ${percent(allowed)}`;
}

export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}
