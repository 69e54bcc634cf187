import { domainSettings } from "./domain.ts";
import { choice, count, text } from "./leaf.ts";
import { hostName, name } from "./names.ts";
import { section } from "./section.ts";

export const edge = section({
  /** Domain of the wildcard certificate: "example.com" covers example.com and *.example.com. */
  certificateDomain: hostName("example.com"),
  /** Name of the Cloud DNS zone (in this project) that serves the domain; without it a person adds the records. */
  dnsZone: name("example-com").optional(),
  ...domainSettings,
  /** What clients may negotiate. @default "TLS_1_2" and "MODERN" (https://docs.cloud.google.com/load-balancing/docs/ssl-policies-concepts). */
  tls: section({
    /** "TLS_1_3" goes with the profile "RESTRICTED", and needs provider 7.17. @default "TLS_1_2" */
    minVersion: choice(["TLS_1_2", "TLS_1_3"]).default("TLS_1_2"),
    /** "FIPS_202205" goes with "TLS_1_2", and needs provider 7.17. @default "MODERN" */
    profile: choice(["MODERN", "RESTRICTED", "FIPS_202205"]).default("MODERN"),
  }).optional(),
  armor: section({
    /**
     * Requests per minute from one address before it gets 429. Services that call each other come from the address of
     * Cloud NAT where their egress uses it: allow for all their instances together. @default 1200
     */
    requestsPerMinute: count({ from: 10, to: 100000, unit: "requests" }).default(1200),
    /**
     * "enforce" blocks what the WAF rules match. "preview" only logs it: a choice for the first days, until the log shows
     * no match of a request that is fine. @default "enforce"
     */
    firewall: choice(["enforce", "preview"]).default("enforce"),
  }).default({ requestsPerMinute: 1200, firewall: "enforce" }),
});

/** An external endpoint that services call over HTTPS. */
export const externalDependency = section({
  name: name("clickhouse"),
  /** Host name. */
  host: hostName("clickhouse.example.com"),
  /**
   * What it speaks. Callers get NAME_URL, which begins with it: of "https" the preflight asks for an answer; of "tls" and "tcp" (Kafka, SMTP,
   * MQTT) it opens the connection, with TLS or without. @default "https"
   */
  protocol: choice(["https", "tls", "tcp"]).optional(),
  /** Port. @default 443 */
  port: count({ from: 1, to: 65535, isName: true }).default(443),
  /**
   * Network path: "nat" routes all traffic of its callers through Cloud NAT, so that it can allow their static address;
   * with "internet" public traffic leaves through Cloud Run itself. @default "internet"
   */
  source: choice(["nat", "internet"]).default("internet"),
  /** Name of the network of others (network.addresses.peered) in which its address is. @default it has a public address */
  network: name("office").optional(),
});

export const notificationChannel = section({
  name: name("on-call"),
  severity: choice(["page", "ticket"]),
  email: text({
    pattern: /^[^@\s]+@[^@\s]+\.[^@\s]+$/,
    allowed: "an e-mail address",
    fix: 'write for example "on-call@example.com"',
  }),
});
