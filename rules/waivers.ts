import type { LocatedFinding, RuleText } from "./rule.ts";
import { sorted } from "./run.ts";

/** A finding that is accepted until a date. */
export interface Waiver {
  readonly rule: string;
  /** Terraform address, as the report prints it; undefined where a construct states the waiver. */
  readonly address?: string | undefined;
  /** Path of the construct that states it: it covers that construct and everything in it. */
  readonly within?: string | undefined;
  readonly reason: string;
  /** YYYY-MM-DD, the last day on which it holds. */
  readonly expires: string;
  /** The origin of the resource that it is written at, in place of an address. */
  readonly place?: string;
  /** File that states it. */
  readonly origin?: string | undefined;
}

export interface WaivedFinding extends LocatedFinding {
  readonly waiver: Waiver;
}

export interface WaiverOutcome {
  /** The remaining findings, including those on expired and unused waivers. */
  readonly findings: readonly LocatedFinding[];
  readonly waived: readonly WaivedFinding[];
}

export type { RuleText } from "./rule.ts";

export const expiredWaiver: RuleText = {
  id: "waiver/expired",
  why: "A waiver without an end would hide its finding for ever.",
  limit: "today is not after the waiver's expiry date",
  fix: "Fix the finding and remove the waiver, or renew it with a later date.",
  source: "docs/RULES.md",
};

export const unusedWaiver: RuleText = {
  id: "waiver/needless",
  why: "A waiver that covers nothing would silently cover the next mistake at that address.",
  limit: "every waiver matches a finding by rule and address",
  fix: "Remove it, or correct its rule or address.",
  source: "docs/RULES.md",
};

/** Findings on waivers themselves, in addition to the rule book. */
export const waiverTexts: readonly RuleText[] = [expiredWaiver, unusedWaiver];

/**
 * Sets aside what is waived. An expired waiver covers nothing and is an error; one that matches nothing is a warning.
 *
 * @param today YYYY-MM-DD
 */
export function applyWaivers(
  findings: readonly LocatedFinding[],
  waivers: readonly Waiver[],
  today: string,
): WaiverOutcome {
  const standing: LocatedFinding[] = [];
  const waived: WaivedFinding[] = [];
  const valid = waivers.filter(({ expires }) => expires >= today);
  for (const finding of findings) {
    const waiver = valid.find((candidate) => covers(candidate, finding));
    if (waiver === undefined) standing.push(finding);
    else waived.push({ ...finding, waiver });
  }
  const about = waivers.flatMap((waiver) => {
    if (waiver.expires < today) return [expired(waiver)];
    return findings.some((finding) => covers(waiver, finding)) ? [] : [needless(waiver)];
  });
  return { findings: sorted([...standing, ...about]), waived };
}

function covers(waiver: Waiver, finding: LocatedFinding): boolean {
  const { rule, address, within, place } = waiver;
  if (rule !== finding.rule) return false;
  if (place !== undefined) return place === finding.origin;
  return within === undefined ? address === finding.address : isWithin(finding.path, within);
}

/** @param construct a path; "" is the app itself */
function isWithin(path: string | null, construct: string): boolean {
  return path !== null && `${path}/`.startsWith(construct === "" ? "" : `${construct}/`);
}

function expired(waiver: Waiver): LocatedFinding {
  const message = `The waiver of ${waiver.rule} expired on ${waiver.expires} (its reason was: ${waiver.reason}).`;
  return waiverFinding(expiredWaiver, "error", waiver, message);
}

function needless(waiver: Waiver): LocatedFinding {
  const message = `The waiver of ${waiver.rule} until ${waiver.expires} covers nothing: there is no such finding ${waiver.within === undefined ? "at this address" : "in this construct"}.`;
  return waiverFinding(unusedWaiver, "warning", waiver, message);
}

function waiverFinding(
  { id, fix, source }: RuleText,
  severity: "error" | "warning",
  { address = "", within, origin = "" }: Waiver,
  message: string,
): LocatedFinding {
  return { rule: id, severity, address, path: within ?? null, message, fix, source, origin };
}
