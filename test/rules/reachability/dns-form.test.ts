import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { dnsForm } from "../../../rules/reachability/dns-form.ts";
import { check } from "../support.ts";

const ZONE = { name: "internal", dns_name: "acme.internal.", visibility: "private" };

function record(name: string, zone = ZONE) {
  return check(
    dnsForm,
    {
      google_dns_managed_zone: { internal: zone },
      google_dns_record_set: {
        redis: {
          name,
          managed_zone: "${google_dns_managed_zone.internal.name}",
          type: "A",
          rrdatas: ["10.0.0.3"],
        },
      },
    },
    { variable: { stage: { type: "string" } } },
  );
}

describe("reachability/dns-form", () => {
  test("accepts the apex, a name in the zone, and one of which the end is known", () => {
    expect(record("acme.internal.")).toEqual([]);
    expect(record("redis.acme.internal.")).toEqual([]);
    expect(record("redis.${var.stage}.internal.")).toEqual([]);
    expect(record("redis.${google_dns_managed_zone.internal.dns_name}")).toEqual([]);
    expect(record("${var.stage}")).toEqual([]);
  });

  test("refuses a name outside the zone", () => {
    const said = record("redis.other.internal.");
    expect(said).toMatchObject([{ severity: "error", address: "google_dns_record_set.redis" }]);
    expect(said[0]?.message).toBe(
      'its name "redis.other.internal." lies outside the zone google_dns_managed_zone.internal ("acme.internal."); rejected by the API: invalid name.',
    );
    expect(record("redisacme.internal.")).toHaveLength(1);
    expect(record("redis.${var.stage}.other.")).toHaveLength(1);
  });

  test("refuses names without the dot at the end", () => {
    expect(record("redis.acme.internal")[0]?.message).toContain("does not end with a dot");
    expect(record("redis.acme.internal.", { ...ZONE, dns_name: "acme.internal" })[0]?.address).toBe(
      "google_dns_managed_zone.internal",
    );
  });

  test("the zone's own name has no CNAME record, and a CNAME record has one value", () => {
    const cname = (name: string, rrdatas = ["shop.example.com."]) =>
      check(ruleById("reachability/dns-form"), {
        google_dns_managed_zone: { internal: ZONE },
        google_dns_record_set: {
          shop: { name, managed_zone: "${google_dns_managed_zone.internal.name}", type: "CNAME", rrdatas },
        },
      }).map(({ message }) => message);
    expect(cname("www.acme.internal.")).toEqual([]);
    expect(cname("acme.internal.")).toEqual([
      'it is a CNAME record of "acme.internal.", the name of the zone google_dns_managed_zone.internal itself; rejected by the API: a zone\'s own name has NS and SOA records, and a CNAME stands alone.',
    ]);
    expect(cname("www.acme.internal.", ["a.example.com.", "b.example.com."])).toEqual([
      "rrdatas has 2 entries; rejected by the API: a CNAME record has one value.",
    ]);
  });
});
