import type { Path } from "../issue.ts";
import type { Environment } from "../schema/environment.ts";

/** A domain of the load balancer: it has a certificate for itself and for the names one level below it. */
export interface Domain {
  readonly name: string;
  /** Cloud DNS zone that serves it; undefined where a person adds its records. */
  readonly dnsZone: string | undefined;
  /** Where it is written. */
  readonly path: Path;
}

/** The settings that name domains. */
export interface DomainSettings {
  readonly certificateDomain?: string | undefined;
  readonly dnsZone?: string | undefined;
  readonly furtherDomains?:
    | readonly { readonly name: string; readonly dnsZone?: string | undefined }[]
    | undefined;
}

/** All domains of an environment, the one of `certificateDomain` first; none where it has no load balancer. */
export function domainsOf(edge: DomainSettings | undefined): readonly Domain[] {
  if (edge?.certificateDomain === undefined) return [];
  return [
    { name: edge.certificateDomain, dnsZone: edge.dnsZone, path: ["edge", "certificateDomain"] },
    ...(edge.furtherDomains ?? []).map(
      ({ name, dnsZone }, index): Domain => ({
        name,
        dnsZone,
        path: ["edge", "furtherDomains", index, "name"],
      }),
    ),
  ];
}

/** The domain whose certificate covers a host: the host itself, else the domain one level above it. */
export function domainOf(edge: Environment["edge"], host: string): Domain | undefined {
  const domains = domainsOf(edge);
  const parent = host.slice(host.indexOf(".") + 1);
  return domains.find(({ name }) => name === host) ?? domains.find(({ name }) => name === parent);
}

/** The setting of a domain as texts name it: "edge.certificateDomain", "edge.furtherDomains". */
export function settingOf({ path }: Domain): string {
  return path.slice(0, 2).join(".");
}
