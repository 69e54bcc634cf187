import { contains, parseRange } from "../../../values/ranges.ts";
import { choice, conflict, custom, forbidden } from "../../constraints/index.ts";
import type { FieldRule } from "../../resource-type.ts";

const BLOCK = "settings.ip_configuration";
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].flatMap((cidr) => parseRange(cidr) ?? []);

/** How an instance is reached. */
export const network: FieldRule = {
  id: "data/sql-network",
  why: "An instance needs a public address, a private network or Private Service Connect, and its authorized networks are public ranges only.",
  source: "https://docs.cloud.google.com/sql/docs/postgres/configure-private-ip",
  constraints: [
    conflict(
      { ipv4_enabled: [false], private_network: [undefined], psc_config: [undefined] },
      {
        within: BLOCK,
        because: "an instance needs public IP, private IP or Private Service Connect",
        fix: "Set private_network to the id of a network, for example google_compute_network.main.id, or set ipv4_enabled = true.",
      },
    ),
    custom(
      `${BLOCK}.authorized_networks: public IPv4 ranges`,
      function* (entry) {
        const value = entry.string("value");
        if (value === undefined) return;
        const range = parseRange(value.includes("/") ? value : `${value}/32`);
        const found = `value is "${value}"`;
        if (range === undefined && !value.includes(":"))
          yield {
            found,
            because: "it is no IPv4 CIDR",
            fix: 'Write a public IPv4 range, for example "203.0.113.0/24".',
          };
        if (range !== undefined && PRIVATE.some((home) => contains(home, range)))
          yield {
            found,
            because: "a private range cannot be authorized",
            // The provider's own documents list single private addresses.
            severity: range.prefix === 32 ? "warning" : "error",
            fix: "Remove it: clients inside the VPC network need private_network, not an authorized network.",
          };
      },
      { within: `${BLOCK}.authorized_networks[]` },
    ),
    choice(
      `${BLOCK}.ssl_mode`,
      ["ALLOW_UNENCRYPTED_AND_ENCRYPTED", "ENCRYPTED_ONLY", "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"],
      { outcome: "rejected at plan" },
    ),
    forbidden([`${BLOCK}.require_ssl`], {
      since: "6.0.1",
      severity: "warning",
      outcome: "rejected at plan",
      because: "the attribute no longer exists",
      fix: 'Write ssl_mode = "ENCRYPTED_ONLY", or "TRUSTED_CLIENT_CERTIFICATE_REQUIRED" for client certificates.',
    }),
  ],
};
