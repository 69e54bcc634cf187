import { describe, expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import type { Rule } from "../../../rules/rule.ts";
import { check, type Resources } from "../support.ts";
import { type EdgeFixture, edge, ref } from "./edge-fixture.ts";

const dnsRecord = ruleById("edge/dns-record");
const errors = (rule: Rule, changes: EdgeFixture, others: Resources = {}) =>
  check(rule, edge(changes, others))
    .filter(({ severity }) => severity === "error")
    .map(({ address, message }) => `${address}: ${message}`);

describe("edge/dns-record", () => {
  const reported = (name: string, address: string) =>
    check(
      dnsRecord,
      edge(
        {},
        {
          google_compute_global_address: { old: { name: "old" } },
          google_dns_record_set: { api: { name, type: "A", managed_zone: "main", rrdatas: [ref(address)] } },
        },
      ),
    );

  test("a record of the address in use passes, and any of another name", () => {
    expect(reported("api.example.com.", "google_compute_global_address.edge.address")).toEqual([]);
    expect(reported("old.example.com.", "google_compute_global_address.old.address")).toEqual([]);
  });

  test("one of an address that nothing uses fails", () => {
    expect(reported("api.example.com.", "google_compute_global_address.old.address")).toMatchObject([
      {
        severity: "error",
        address: "google_dns_record_set.api",
        message:
          'rrdatas of "api.example.com" contains google_compute_global_address.old and its certificate is at google_compute_global_address.edge of google_compute_global_forwarding_rule.https; fails at run time: connections to that address time out.',
      },
    ]);
  });

  test("a record passes what its type says", () => {
    const record = (type: string) => ({
      google_dns_record_set: {
        api: {
          name: "other.example.org.",
          type,
          managed_zone: "zone",
          rrdatas: [ref("google_compute_global_address.edge.address")],
        },
      },
    });
    expect(errors(dnsRecord, {}, record("A"))).toEqual([]);
    expect(errors(dnsRecord, {}, record("CNAME"))).toEqual([
      "google_dns_record_set.api: rrdatas contains google_compute_global_address.edge, an IPv4 address, and type is CNAME; rejected by the API: the data are of another type.",
    ]);
  });
});
