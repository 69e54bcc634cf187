import { createHash } from "node:crypto";
import { DestinationRule } from "@kubernetes-models/istio/networking.istio.io/v1/DestinationRule";
import { Gateway } from "@kubernetes-models/istio/networking.istio.io/v1/Gateway";
import { VirtualService } from "@kubernetes-models/istio/networking.istio.io/v1/VirtualService";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { routeTimes } from "../platform/mesh-plan.ts";
import type { MeshEnvironment, MeshHost } from "../platform/schema/mesh.ts";
import { certificates } from "./certificate.ts";
import type { Manifest } from "./manifest.ts";

/** What a model of a Kubernetes object can do. */
interface Model {
  validate(): void;
  toJSON(): unknown;
}

/**
 * Everything that the mesh needs to serve the hosts of an environment, each name and number from one place:
 *
 *     client -> Gateway (80 redirects, 443 ends TLS) -> VirtualService (routes in order) -> DestinationRule -> Service -> pods
 *                                                                             NetworkPolicy admits the gateway to the pods
 *
 * In an order that never changes: certificates, gateway, virtual services, destination rules, policies.
 *
 * @throws Error where a model is not what its schema demands: a defect of this function, not of the environment
 */
export function manifests(environment: MeshEnvironment): Manifest[] {
  const { hosts, services } = environment.mesh;
  const models: Model[] = [
    gateway(environment),
    ...hosts.map((host) => virtualService(environment, host)),
    ...services.map((service) => destinationRule(environment, service)),
    ...services.map((service) => networkPolicy(environment, service)),
  ];
  return [
    ...certificates(environment),
    ...models.map((model) => {
      model.validate();
      return model.toJSON() as Manifest;
    }),
  ];
}

type MeshService = MeshEnvironment["mesh"]["services"][number];

/** Custom resources may have names of 253 characters, as hosts may; a label of Services has 63. */
function label(host: string): string {
  return host.replaceAll(".", "-");
}

/** "ad-studio-app-us-central1-meta-studio-com"; with a suffix where a-b.c and a.b-c would get the same name. */
function virtualServiceName({ mesh }: MeshEnvironment, { host }: MeshHost): string {
  const isAlone = mesh.hosts.every((other) => other.host === host || label(other.host) !== label(host));
  if (isAlone) return label(host);
  return `${label(host).slice(0, 244)}-${createHash("sha256").update(host).digest("hex").slice(0, 8)}`;
}

function metadata({ mesh, labels }: MeshEnvironment, name: string) {
  return { name, namespace: mesh.namespace, labels: { ...labels } };
}

/** One server per host on 443, because each has its own certificate; plain HTTP on 80 redirects. */
function gateway(environment: MeshEnvironment): Model {
  const { mesh } = environment;
  const redirected = mesh.hosts.filter(({ redirect }) => redirect).map(({ host }) => host);
  const plain = mesh.hosts.filter(({ redirect }) => !redirect).map(({ host }) => host);
  const http = (name: string, hosts: string[], httpsRedirect: boolean) =>
    hosts.length === 0
      ? []
      : [
          {
            port: { number: 80, name, protocol: "HTTP" },
            hosts,
            ...(httpsRedirect ? { tls: { httpsRedirect } } : {}),
          },
        ];
  return new Gateway({
    metadata: metadata(environment, mesh.gateway.name),
    spec: {
      selector: { ...mesh.gateway.selector },
      servers: [
        ...http("http-redirect", redirected, true),
        ...http("http", plain, false),
        ...mesh.hosts.map(({ host, tls }, index) => ({
          port: { number: 443, name: index === 0 ? "https" : `https-${index + 1}`, protocol: "HTTPS" },
          hosts: [host],
          tls: {
            mode: "SIMPLE" as const,
            credentialName: tls.secret,
            minProtocolVersion: "TLSV1_2" as const,
          },
        })),
      ],
    },
  });
}

function virtualService(environment: MeshEnvironment, host: MeshHost): Model {
  const { mesh } = environment;
  return new VirtualService({
    metadata: metadata(environment, virtualServiceName(environment, host)),
    spec: {
      hosts: [host.host],
      gateways: [mesh.gateway.name],
      http: host.routes.map((route) => {
        const { tryTimeout, retries, timeout } = routeTimes(environment, route);
        const service = mesh.services.find(({ name }) => name === route.service);
        return {
          name: route.name,
          ...(route.prefix === "/" ? {} : { match: pathMatches(route.prefix) }),
          route: [
            {
              destination: {
                host: fullName(environment, route.service),
                port: { number: service?.port ?? 80 },
              },
            },
          ],
          timeout: `${timeout}s`,
          retries: {
            attempts: retries,
            ...(retries === 0 ? {} : { perTryTimeout: `${tryTimeout}s`, retryOn: RETRIED }),
          },
        };
      }),
    },
  });
}

/** Failures that never reached the application: a request that may have been processed is not retried. */
const RETRIED = "connect-failure,refused-stream,unavailable";

/** A prefix alone would take /apis for /api as well. */
function pathMatches(prefix: string) {
  return [{ uri: { exact: prefix } }, { uri: { prefix: `${prefix}/` } }];
}

/** The full name means the same in every namespace; a short one depends on the reader's namespace. */
function fullName({ mesh }: MeshEnvironment, service: string): string {
  return `${service}.${mesh.namespace}.svc.cluster.local`;
}

function destinationRule(environment: MeshEnvironment, service: MeshService): Model {
  return new DestinationRule({
    metadata: metadata(environment, service.name),
    spec: {
      host: fullName(environment, service.name),
      trafficPolicy: {
        connectionPool: { tcp: { connectTimeout: `${environment.deadlines.connect}s` } },
      },
    },
  });
}

/** Once a policy selects the pods, nothing else reaches them: the gateway, the same namespace, and named namespaces. */
function networkPolicy(environment: MeshEnvironment, service: MeshService): Model {
  const { mesh } = environment;
  const namespace = (name: string) => ({
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
  });
  return new NetworkPolicy({
    metadata: metadata(environment, `${service.name}-ingress`),
    spec: {
      podSelector: { matchLabels: { ...service.pods } },
      policyTypes: ["Ingress"],
      ingress: [
        {
          from: [
            {
              ...namespace(mesh.gateway.namespace),
              podSelector: { matchLabels: { ...mesh.gateway.selector } },
            },
            { podSelector: {} },
            ...service.callers.map(namespace),
          ],
          ports: [{ protocol: "TCP", port: service.containerPort }],
        },
      ],
    },
  });
}
