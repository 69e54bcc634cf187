import { z } from "zod";
import { hostName, name } from "./names.ts";
import { section } from "./section.ts";

/** A further domain of the load balancer, with a certificate of its own. */
const furtherDomain = section({
  /** "example.org" covers example.org and *.example.org. */
  name: hostName("example.org"),
  /** Name of the Cloud DNS zone (in this project) that serves it; without it a person adds the records. */
  dnsZone: name("example-org").optional(),
});

/** Requests to a host that are answered with another one. */
const redirect = section({
  /** Host without a service of its own, of a domain of this environment. */
  host: hostName("example.com"),
  /** Host of an exposure; path and query stay as they are. */
  to: hostName("www.example.com"),
});

/** Parts of the edge that say which names it answers to. */
export const domainSettings = {
  /** Domains in addition to `certificateDomain`, each with a certificate of its own. @default none */
  furtherDomains: z.array(furtherDomain).optional(),
  /** Hosts that are redirected (301) to a host of an exposure: "example.com" to "www.example.com". @default none */
  redirects: z.array(redirect).optional(),
};
