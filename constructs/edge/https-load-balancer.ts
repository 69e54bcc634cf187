import { ComputeGlobalAddress } from "@cdktf/provider-google/lib/compute-global-address/index.js";
import { ComputeGlobalForwardingRule } from "@cdktf/provider-google/lib/compute-global-forwarding-rule/index.js";
import { ComputeSslPolicy } from "@cdktf/provider-google/lib/compute-ssl-policy/index.js";
import { ComputeTargetHttpProxy } from "@cdktf/provider-google/lib/compute-target-http-proxy/index.js";
import { ComputeTargetHttpsProxy } from "@cdktf/provider-google/lib/compute-target-https-proxy/index.js";
import { ComputeUrlMap } from "@cdktf/provider-google/lib/compute-url-map/index.js";
import { Token } from "cdktf";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../../assertions/asserted-construct.ts";
import { hostFault, nameFault } from "../../resources/host-names.ts";
import { protectedFromDestroy } from "../protection.ts";

/** Characters of a path matcher's name: the API takes 63, some of which a position at its end may need. */
const LONGEST_NAME = 58;

/** Backends of a host: `paths` first, `fallback` for all other paths. */
export interface HostRoutes {
  /** "shop.example.com", "*.example.com". Once only. */
  readonly host: string;
  /** Self link or reference of the backend service for all other paths of the host. */
  readonly fallback: string;
  /**
   * Paths, "/auth/*" for example, and their backends. `rewrite` stands in place of the matched path when the backend gets it: "/"
   * makes /auth/login of "/auth/*" /login.
   */
  readonly paths: readonly {
    readonly paths: readonly string[];
    readonly backend: string;
    readonly rewrite?: string | undefined;
  }[];
}

export interface HttpsLoadBalancerProps {
  /** Prefix of the names of its resources. */
  readonly name: string;
  readonly routes: readonly HostRoutes[];
  /**
   * Hosts that are redirected (301) to another one, path and query as they are: { "example.com": "www.example.com" }; none of
   * `routes`. @default none
   */
  readonly redirects?: Readonly<Record<string, string>>;
  /** Self link of the backend service for requests to unknown hosts. */
  readonly defaultBackend: string;
  /** Id of the Certificate Manager map. */
  readonly certificateMap: string;
  /**
   * What clients may negotiate: "MODERN", "RESTRICTED" or, from hashicorp/google 7.17 on, "FIPS_202205"; "TLS_1_2" or, with
   * RESTRICTED and 7.17, "TLS_1_3". @default MODERN and TLS_1_2
   */
  readonly tls?: { readonly profile: string; readonly minVersion: string };
  /** Name of the external address. @default the load balancer's */
  readonly addressName?: string;
  /** Terraform refuses to delete the address that DNS records name, and with it the whole stack. @default false */
  readonly protection?: boolean;
}

/**
 * Global external Application Load Balancer with one static address.
 *
 *     address -> forwarding rule 443 -> HTTPS proxy (TLS policy, certificate map) -> URL map -> backend services
 *             -> forwarding rule 80  -> HTTP proxy -> URL map that redirects to HTTPS
 */
export class HttpsLoadBalancer extends AssertedConstruct {
  readonly address: ComputeGlobalAddress;

  constructor(scope: Construct, id: string, props: HttpsLoadBalancerProps) {
    super(scope, id);
    const routes = this.list("routes", props.routes);
    const redirects = Object.fromEntries(this.entries("redirects", props.redirects ?? {}));
    for (const host of [...routes.map(({ host }) => host), ...Object.keys(redirects)]) this.checkHost(host);
    this.address = new ComputeGlobalAddress(this, "Address", {
      name: props.addressName ?? props.name,
      ...protectedFromDestroy(props.protection),
    });
    this.serveHttps({ ...props, routes, redirects });
    this.redirectHttp(props);
  }

  /** What no certificate can be issued for; the rest is judged in the URL map. */
  private checkHost(host: string): void {
    if (Token.isUnresolved(host) || host === "*") return;
    const name = String(host).replace(/^\*\./, "");
    const fault = nameFault(name) === undefined ? hostFault(name) : undefined;
    if (fault !== undefined)
      this.refuse(
        `routes have the host "${host}"; fails at run time: ${fault.because}, and no certificate covers it. Fix: ${fault.fix}`,
      );
  }

  private serveHttps({ redirects = {}, ...props }: HttpsLoadBalancerProps): void {
    const hosts = [...props.routes.map(({ host }) => host), ...Object.keys(redirects)];
    const matchers = matcherNames(hosts);
    const urlMap = new ComputeUrlMap(this, "UrlMap", {
      name: props.name,
      defaultService: props.defaultBackend,
      hostRule: hosts.map((host, index) => ({
        hosts: [lowerCase(host)],
        pathMatcher: matchers[index] ?? "",
      })),
      pathMatcher: [
        ...props.routes.map(({ fallback, paths }, index) => ({
          name: matchers[index] ?? "",
          defaultService: fallback,
          pathRule: paths.map((rule) => ({
            paths: [...rule.paths],
            service: rule.backend,
            ...(rule.rewrite === undefined
              ? {}
              : { routeAction: { urlRewrite: { pathPrefixRewrite: rule.rewrite } } }),
          })),
        })),
        ...Object.values(redirects).map((hostRedirect, index) => ({
          name: matchers[props.routes.length + index] ?? "",
          defaultUrlRedirect: {
            hostRedirect,
            httpsRedirect: true,
            stripQuery: false,
            redirectResponseCode: "MOVED_PERMANENTLY_DEFAULT",
          },
        })),
      ],
    });
    const tls = new ComputeSslPolicy(this, "TlsPolicy", {
      name: props.name,
      profile: props.tls?.profile ?? "MODERN",
      minTlsVersion: props.tls?.minVersion ?? "TLS_1_2",
    });
    const proxy = new ComputeTargetHttpsProxy(this, "HttpsProxy", {
      name: `${props.name}-https`,
      urlMap: urlMap.id,
      certificateMap: `//certificatemanager.googleapis.com/${props.certificateMap}`,
      sslPolicy: tls.id,
    });
    this.forward("Https", `${props.name}-https`, "443", proxy.id);
  }

  private redirectHttp(props: HttpsLoadBalancerProps): void {
    const name = `${props.name}-http`;
    const urlMap = new ComputeUrlMap(this, "Redirect", {
      name,
      defaultUrlRedirect: {
        httpsRedirect: true,
        stripQuery: false,
        redirectResponseCode: "MOVED_PERMANENTLY_DEFAULT",
      },
    });
    const proxy = new ComputeTargetHttpProxy(this, "HttpProxy", { name, urlMap: urlMap.id });
    this.forward("Http", name, "80", proxy.id);
  }

  private forward(id: string, name: string, portRange: string, target: string): void {
    new ComputeGlobalForwardingRule(this, id, {
      name,
      target,
      portRange,
      ipAddress: this.address.id,
      loadBalancingScheme: "EXTERNAL_MANAGED",
      ipProtocol: "TCP",
    });
  }
}

/** Host names are the same in any case; the API matches lower-case ones. */
function lowerCase(host: string): string {
  return Token.isUnresolved(host) ? host : String(host).toLowerCase();
}

/**
 * Names of path matchers: lower-case letters, digits and hyphens. Hosts that come to the same name are told apart by
 * their position, and a host that is known only at apply has no other name.
 */
function matcherNames(hosts: readonly string[]): string[] {
  const taken = new Set(["host"]);
  return hosts.map((host, index) => {
    const name = nameOf(host);
    const unique = taken.has(name) ? `${name}-${index + 1}` : name;
    taken.add(unique);
    return unique;
  });
}

function nameOf(host: string): string {
  if (Token.isUnresolved(host)) return "host";
  const words = lowerCase(host).replace("*", "wildcard");
  return `host-${words.replaceAll(/[^a-z0-9]/g, "-")}`.slice(0, LONGEST_NAME).replace(/-+$/, "");
}
