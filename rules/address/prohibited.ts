import { claims } from "../../analysis/network/range-fields.ts";
import { prohibitedRanges } from "../../resources/limits.ts";
import { overlaps, parseRange } from "../../values/ranges.ts";
import type { Rule } from "../rule.ts";

const PROHIBITED = prohibitedRanges.value.flatMap(({ range, why }) => {
  const parsed = parseRange(range);
  return parsed === undefined ? [] : [{ parsed, why }];
});

/** Ranges that no network may hold, judged by overlap. */
export const prohibited: Rule = {
  id: "address/prohibited",
  why: "Some ranges have a meaning of their own everywhere; Google Cloud rejects them, and whatever contains them.",
  limit: `no overlap with ${PROHIBITED.map(({ parsed }) => parsed.cidr).join(", ")}`,
  fix: "Choose a private range (RFC 1918), for example within 10.0.0.0/8.",
  source: prohibitedRanges.source,
  *check(graph) {
    for (const { resource, what, range } of claims(graph)) {
      const hit = PROHIBITED.find(({ parsed }) => overlaps(parsed, range));
      if (hit === undefined) continue;
      yield {
        resource,
        message: `${what} ${range.cidr} overlaps ${hit.parsed.cidr}, which ${hit.why}; rejected by the API: the range is reserved.`,
      };
    }
  },
};
