import { describe, expect, test } from "@jest/globals";
import { plan } from "../../support/plans.ts";
import { open, reviewOf, reviewOfReal } from "../support.ts";

const CONNECTOR = "google_vpc_access_connector.main";
const acknowledgement = {
  address: CONNECTOR,
  action: "replace",
  reason: "smaller connector, announced for Sunday",
  expires: "2026-11-21",
} as const;

const reviewed = (change: object = {}) =>
  reviewOfReal("04-connector-shrink", undefined, { acknowledgements: [{ ...acknowledgement, ...change }] });

describe("acknowledgements", () => {
  test("one that fits makes the review safe, on its last day too", () => {
    const review = reviewed();
    expect(review.verdict).toBe("safe");
    expect(review.reasons).toEqual([]);
    expect(review.destructive[0]?.acknowledgement).toEqual(acknowledgement);
    expect(review.unusedAcknowledgements).toEqual([]);
  });

  test("an expired one covers nothing, and says so", () => {
    const review = reviewed({ expires: "2026-11-20" });
    expect(review.verdict).toBe("needs acknowledgement");
    expect(review.reasons[0]).toContain(
      "its acknowledgement expired on 2026-11-20 (its reason was: smaller connector",
    );
  });

  test("one of another action covers nothing", () => {
    const review = reviewed({ action: "destroy" });
    expect(review.verdict).toBe("needs acknowledgement");
    expect(review.reasons[0]).toContain('its acknowledgement says "destroy", and this is "replace".');
    expect(review.unusedAcknowledgements[0]?.why).toBe('it says "destroy", and the plans "replace".');
  });

  test("a mistyped address is corrected on both sides", () => {
    const review = reviewed({ address: "google_vpc_access_connector.mian" });
    expect(review.reasons[0]).toContain(
      "google_vpc_access_connector.mian names a similar address: correct it.",
    );
    expect(review.unusedAcknowledgements[0]?.why).toContain(`did you mean ${CONNECTOR}?`);
  });

  test("one that covers nothing is to be removed, and changes no verdict", () => {
    const review = reviewOfReal("02-no-change", undefined, { acknowledgements: [acknowledgement] });
    expect(review.verdict).toBe("safe");
    expect(review.unusedAcknowledgements).toEqual([
      { acknowledgement, why: "no destructive change at that address in these plans: remove it." },
    ]);
  });

  test("an address in two stacks must name its stack", () => {
    const plans = { one: plan("04-connector-shrink"), two: plan("04-connector-shrink") };
    const plain = reviewOf(plans, { acknowledgements: [acknowledgement] });
    expect(open(plain)).toHaveLength(2);
    expect(plain.reasons.join("\n")).toContain(`write "one: ${CONNECTOR}"`);
    const named = reviewOf(plans, {
      acknowledgements: [{ ...acknowledgement, address: `one: ${CONNECTOR}` }],
    });
    expect(named.destructive.map((each) => each.acknowledgement !== undefined)).toEqual([true, false]);
  });

  test("they excuse no error of the rule book", () => {
    const review = reviewOfReal("10-redis-tls", undefined, {
      acknowledgements: [{ ...acknowledgement, address: "google_redis_instance.cache" }],
    });
    expect(open(review)).toEqual([]);
    expect(review.verdict).toBe("refused");
  });

  test("waivers excuse findings, until they expire", () => {
    const waiver = {
      rule: "address/overlap",
      address: "module.extra.google_compute_subnetwork.this",
      reason: "goes away on Monday",
      expires: "2026-11-30",
    };
    const review = (expires: string) =>
      reviewOfReal("17-module-overlapping-subnet", undefined, { waivers: [{ ...waiver, expires }] });
    expect(review("2026-11-30").verdict).toBe("safe");
    expect(review("2026-11-30").waived).toHaveLength(1);
    expect(review("2026-11-01").verdict).toBe("refused");
  });
});
