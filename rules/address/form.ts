import { type RangeField, rangeFields } from "../../analysis/network/range-fields.ts";
import { parseRange } from "../../values/ranges.ts";
import type { Rule, Violation } from "../rule.ts";
import { SUBNETS } from "./sources.ts";

/** A range is an IPv4 CIDR whose address is the first of it. */
export const form: Rule = {
  id: "address/form",
  why: "The provider checks little of a range; the API takes only an IPv4 CIDR whose host bits are zero.",
  limit: "a.b.c.d/n, each number 0 to 255, n 0 to 32, host bits zero",
  fix: "Write the first address of the range and its prefix length.",
  source: SUBNETS,
  exampleSeverity: "warning",
  *check(graph) {
    for (const field of rangeFields(graph)) {
      if (typeof field.value !== "string") continue;
      const verdict = judged(field, field.value);
      if (verdict !== undefined) yield verdict;
    }
  },
};

function judged({ resource, what, kind }: RangeField, text: string): Violation | undefined {
  const range = parseRange(text);
  if (range?.hostBits === true)
    return {
      resource,
      // The Compute API reads 10.0.0.1/16 as 10.0.0.0/16; the others take the network address only.
      severity: kind === "subnet" ? "warning" : "error",
      message: `${what} ${text} has host bits set: the range is ${range.network}${kind === "subnet" ? ", which is what Google Cloud makes of it" : "; rejected by the API: not a network address"}.`,
      fix: `Write ${range.network}.`,
    };
  if (range !== undefined) return undefined;
  // A name may be meant, which a rule about Redis judges.
  if (kind === "redis" && !/[/.:]/.test(text)) return undefined;
  const ipv6 = text.includes(":");
  // A secondary range may be an IPv6 prefix that the organization brings along.
  if (ipv6 && what.includes("secondary")) return undefined;
  return {
    resource,
    message: `${what} "${text}" is ${ipv6 ? "IPv6" : "not a CIDR"}; rejected ${ipv6 || kind !== "subnet" ? "by the API" : "at plan"}: an IPv4 CIDR is expected.`,
    ...(ipv6 ? { fix: "Write an IPv4 range; IPv6 comes with stack_type." } : {}),
  };
}
