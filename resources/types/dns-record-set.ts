import { custom, form, size } from "../constraints/index.ts";
import { nameFault } from "../host-names.ts";
import { regionForm } from "../places.ts";
import type { FieldRule, ResourceType } from "../resource-type.ts";

const RECORDS_DOC = "https://docs.cloud.google.com/dns/docs/records";

const NAME = String.raw`\S+\.`;

/** What a record of each type holds. https://docs.cloud.google.com/dns/docs/records-overview */
const RECORD_FORMS: readonly (readonly [types: string[], pattern: RegExp, form: string, example: string])[] =
  [
    [["A"], /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/, "an IPv4 address", "203.0.113.10"],
    [["AAAA"], /^[0-9a-fA-F:]*:[0-9a-fA-F:.]*$/, "an IPv6 address", "2001:db8::10"],
    [["CNAME", "PTR", "NS"], new RegExp(`^${NAME}$`), "a name with a dot at the end", "www.example.com."],
    [
      ["MX"],
      new RegExp(`^\\d+\\s+(${NAME}|\\.)$`),
      "a preference and a name with a dot at the end",
      "10 mail.example.com.",
    ],
    [
      ["SRV"],
      new RegExp(`^\\d+\\s+\\d+\\s+\\d+\\s+(${NAME}|\\.)$`),
      "priority, weight, port and a name with a dot at the end",
      "10 60 5060 sip.example.com.",
    ],
    [["CAA"], /^\d+\s+[A-Za-z0-9]+\s+\S/, "a flag, a tag and a value", '0 issue "pki.goog"'],
  ];

/** An absolute name in an attribute of a zone or a record. */
export function absoluteName(attribute: string): FieldRule {
  return {
    id: "reachability/dns-form",
    source: RECORDS_DOC,
    constraints: [
      custom(`${attribute}: labels of 1 to 63 characters, in ASCII`, function* (resource) {
        const name = resource.string(attribute)?.replace(/\.$/, "");
        const fault = name === undefined || name === "" ? undefined : nameFault(name);
        if (fault !== undefined) yield { found: `${attribute} is "${name}."`, ...fault };
      }),
    ],
  };
}

/** Record of a DNS zone. */
export const dnsRecordSet: ResourceType = {
  type: "google_dns_record_set",
  label: "DNS record",
  requiredRole: "roles/dns.admin",
  references: { managed_zone: ["google_dns_managed_zone"] },
  deleteImpact: {
    destroyed: ({ before }) => `${before.string("name") ?? "its name"} no longer resolves`,
    replaced: ({ before }) =>
      `${before.string("name") ?? "its name"} does not resolve for a moment, and resolvers cache the missing name`,
  },
  fieldRules: [
    absoluteName("name"),
    {
      id: "reachability/dns-form",
      source: RECORDS_DOC,
      constraints: [
        size("rrdatas", "entries", {
          high: 1,
          when: { type: ["CNAME"] },
          because: "a CNAME record has one value",
          fix: "Keep one name.",
        }),
        custom("rrdatas of TXT: texts with spaces in quotes", function* (record) {
          const written = record.string("type") === "TXT" ? record.get("rrdatas") : undefined;
          const bare = (Array.isArray(written) ? written : []).find(
            (text) => typeof text === "string" && /^[^"\\]*[^"\s\\]\s+[^"\s\\][^"\\]*$/.test(text),
          );
          if (bare !== undefined)
            yield {
              found: `rrdatas has ${bare} without quotes`,
              outcome: "fails at run time" as const,
              because: "each word is a text of its own, and who reads them together finds no space between",
              fix: `Write ${JSON.stringify(JSON.stringify(bare))}.`,
            };
        }),
        form("location", regionForm, {
          within: "routing_policy.geo[]",
          form: "a region",
          examples: ["europe-west1"],
          source: "https://docs.cloud.google.com/dns/docs/routing-policies-overview",
        }),
        ...RECORD_FORMS.map(([types, pattern, words, example]) =>
          form("rrdatas", pattern, { when: { type: types }, form: words, examples: [example] }),
        ),
      ],
    },
  ],
};
