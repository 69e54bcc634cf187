import { isUnknown, type Resource } from "../../graph/index.ts";
import { contains, parseRange } from "../../platform/ranges.ts";
import { list } from "../lists.ts";
import type { Rule, Verdict } from "../rule.ts";
import { INSTANCE } from "./database.ts";

const IP = "settings.ip_configuration";
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].flatMap((cidr) => parseRange(cidr) ?? []);
const SSL_MODES = [
  "ALLOW_UNENCRYPTED_AND_ENCRYPTED",
  "ENCRYPTED_ONLY",
  "TRUSTED_CLIENT_CERTIFICATE_REQUIRED",
];

/** S30, S37: an instance has an address, and its doors are what the API knows. */
export const sqlNetwork: Rule = {
  id: "data/sql-network",
  why: "An instance needs a public address, a private network or Private Service Connect, and its access list holds public ranges only.",
  limit:
    "ipv4_enabled, private_network or psc_config; authorized networks are public IPv4 CIDRs; ssl_mode is one of three words",
  fix: "Write private_network, or set ipv4_enabled = true.",
  source: "https://docs.cloud.google.com/sql/docs/postgres/configure-private-ip",
  example: `resource "google_sql_database_instance" "main" {
  settings {
    tier = "db-custom-2-7680"
    ip_configuration {
      ipv4_enabled = false
    }
  }
}`,
  *check(graph) {
    for (const resource of graph.all(INSTANCE)) {
      yield* address(resource);
      yield* accessList(resource);
      yield* encryption(resource);
    }
  },
};

function* address(resource: Resource): Iterable<Verdict> {
  if (resource.boolean(`${IP}.ipv4_enabled`) !== false) return;
  const network = resource.get(`${IP}.private_network`);
  const psc = resource.get(`${IP}.psc_config`);
  if (isUnknown(network) || isUnknown(psc) || isUnknown(resource.get("settings.ip_configuration"))) return;
  if ((network ?? "") !== "" || list(psc).length > 0) return;
  yield {
    resource,
    severity: "error",
    message:
      "ipv4_enabled is false, and there is neither private_network nor psc_config; refused at apply: at least one of public IP, private IP or PSC connectivity must be enabled.",
  };
}

function* accessList(resource: Resource): Iterable<Verdict> {
  for (const entry of resource.blocks(`${IP}.authorized_networks`)) {
    const value = entry.string("value");
    if (value === undefined) continue;
    const range = parseRange(value.includes("/") ? value : `${value}/32`);
    if (range === undefined && !value.includes(":"))
      yield {
        resource,
        severity: "error",
        message: `the authorized network "${value}" is not an IPv4 CIDR; refused at apply.`,
        fix: "Write a public IPv4 range.",
      };
    if (range === undefined || !PRIVATE.some((home) => contains(home, range))) continue;
    // The provider's own documents list single private addresses.
    const single = range.prefix === 32;
    yield {
      resource,
      severity: single ? "warning" : "error",
      message: `the authorized network ${value} is private${single ? ", and lets nobody in" : ""}; refused at apply: non-routable or private authorized network.`,
      fix: "Remove it: clients inside the VPC network need private_network, not an authorized network.",
    };
  }
}

function* encryption(resource: Resource): Iterable<Verdict> {
  const mode = resource.string(`${IP}.ssl_mode`);
  if (mode !== undefined && mode !== "" && !SSL_MODES.includes(mode))
    yield {
      resource,
      severity: "error",
      message: `ssl_mode is "${mode}"; refused at plan: it is one of ${SSL_MODES.join(", ")}.`,
      fix: `Write one of ${SSL_MODES.join(", ")}.`,
    };
  if (resource.get(`${IP}.require_ssl`) !== undefined)
    yield {
      resource,
      severity: "warning",
      message: "require_ssl exists no longer in version 6 of the provider, which refuses it at plan.",
      fix: 'Write ssl_mode = "ENCRYPTED_ONLY", or "TRUSTED_CLIENT_CERTIFICATE_REQUIRED" for client certificates.',
    };
}
