import { capitalized } from "../../values/words.ts"; /**
 * What the fields of Istio's objects are: "string", "integer", "number", "boolean", "any", the allowed words with | between
 * them, a list of one shape, or an object; "*" matches keys that the user chooses.
 */
export type Shape = string | readonly [Shape] | { readonly [field: string]: Shape };

/** The version of Istio whose custom resource definitions these are; v1alpha3, v1beta1 and v1 have the same fields. */
export const ISTIO_VERSION = "1.32";

const S = "string";
const I = "integer";
const B = "boolean";
const N = "number";
const STRINGS: Shape = [S];
const MAP: Shape = { "*": S };
const MATCH: Shape = { exact: S, prefix: S, regex: S };
const MATCHES: Shape = { "*": MATCH };
const SHARE: Shape = { value: N };
const CHANGES: Shape = { add: MAP, remove: STRINGS, set: MAP };
const HEADERS: Shape = { request: CHANGES, response: CHANGES };
const DESTINATION: Shape = { host: S, port: { number: I }, subset: S };
const ROUTE: Shape = [{ destination: DESTINATION, weight: I }];
const VERSION = "TLS_AUTO|TLSV1_0|TLSV1_1|TLSV1_2|TLSV1_3";

const GATEWAY: Shape = {
  selector: MAP,
  servers: [
    {
      bind: S,
      defaultEndpoint: S,
      hosts: STRINGS,
      name: S,
      port: { name: S, number: I, protocol: S, targetPort: I },
      tls: {
        caCertCredentialName: S,
        caCertificates: S,
        caCrl: S,
        cipherSuites: STRINGS,
        credentialName: S,
        credentialNames: STRINGS,
        ecdhCurves: STRINGS,
        httpsRedirect: B,
        insecureSkipVerify: B,
        maxProtocolVersion: VERSION,
        minProtocolVersion: VERSION,
        mode: "PASSTHROUGH|SIMPLE|MUTUAL|AUTO_PASSTHROUGH|ISTIO_MUTUAL|OPTIONAL_MUTUAL",
        privateKey: S,
        serverCertificate: S,
        subjectAltNames: STRINGS,
        tlsCertificates: [{ caCertificates: S, privateKey: S, serverCertificate: S }],
        verifyCertificateHash: STRINGS,
        verifyCertificateSpki: STRINGS,
      },
    },
  ],
};

const HTTP_MATCH: Shape = {
  authority: MATCH,
  gateways: STRINGS,
  headers: MATCHES,
  ignoreUriCase: B,
  method: MATCH,
  name: S,
  port: I,
  queryParams: MATCHES,
  scheme: MATCH,
  sourceLabels: MAP,
  sourceNamespace: S,
  statPrefix: S,
  uri: MATCH,
  withoutHeaders: MATCHES,
};

const HTTP_ROUTE: Shape = {
  corsPolicy: {
    allowCredentials: B,
    allowHeaders: STRINGS,
    allowMethods: STRINGS,
    allowOrigin: STRINGS,
    allowOrigins: [MATCH],
    exposeHeaders: STRINGS,
    maxAge: S,
    unmatchedPreflights: "UNSPECIFIED|FORWARD|IGNORE",
  },
  delegate: { name: S, namespace: S },
  directResponse: { body: { bytes: S, string: S }, status: I },
  fault: {
    abort: { grpcStatus: S, http2Error: S, httpStatus: I, percentage: SHARE },
    delay: { exponentialDelay: S, fixedDelay: S, percent: I, percentage: SHARE },
  },
  headers: HEADERS,
  match: [HTTP_MATCH],
  mirror: DESTINATION,
  mirrorPercent: I,
  mirrorPercentage: SHARE,
  mirror_percent: I,
  mirrors: [{ destination: DESTINATION, percentage: SHARE }],
  name: S,
  redirect: {
    authority: S,
    derivePort: "FROM_PROTOCOL_DEFAULT|FROM_REQUEST_PORT",
    port: I,
    prefixRewrite: S,
    redirectCode: I,
    scheme: S,
    uri: S,
  },
  retries: {
    attempts: I,
    backoff: S,
    perTryTimeout: S,
    retryIgnorePreviousHosts: B,
    retryOn: S,
    retryRemoteLocalities: B,
  },
  rewrite: { authority: S, uri: S, uriRegexRewrite: { match: S, rewrite: S } },
  route: [{ destination: DESTINATION, headers: HEADERS, weight: I }],
  timeout: S,
};

const VIRTUAL_SERVICE: Shape = {
  exportTo: STRINGS,
  gateways: STRINGS,
  hosts: STRINGS,
  http: [HTTP_ROUTE],
  tcp: [
    {
      match: [
        {
          destinationSubnets: STRINGS,
          gateways: STRINGS,
          port: I,
          sourceLabels: MAP,
          sourceNamespace: S,
          sourceSubnet: S,
        },
      ],
      route: ROUTE,
    },
  ],
  tls: [
    {
      match: [
        {
          destinationSubnets: STRINGS,
          gateways: STRINGS,
          port: I,
          sniHosts: STRINGS,
          sourceLabels: MAP,
          sourceNamespace: S,
        },
      ],
      route: ROUTE,
    },
  ],
};

const TRAFFIC: { readonly [field: string]: Shape } = {
  connectionPool: {
    http: {
      h2UpgradePolicy: "DEFAULT|DO_NOT_UPGRADE|UPGRADE",
      http1MaxPendingRequests: I,
      http2MaxRequests: I,
      idleTimeout: S,
      maxConcurrentStreams: I,
      maxRequestsPerConnection: I,
      maxRetries: I,
      useClientProtocol: B,
    },
    tcp: {
      connectTimeout: S,
      idleTimeout: S,
      maxConnectionDuration: S,
      maxConnections: I,
      tcpKeepalive: { interval: S, probes: I, time: S },
    },
  },
  loadBalancer: {
    consistentHash: "any",
    localityLbSetting: "any",
    simple: "UNSPECIFIED|LEAST_CONN|RANDOM|PASSTHROUGH|ROUND_ROBIN|LEAST_REQUEST",
    warmup: "any",
    warmupDurationSecs: S,
  },
  outlierDetection: {
    baseEjectionTime: S,
    consecutive5xxErrors: I,
    consecutiveErrors: I,
    consecutiveGatewayErrors: I,
    consecutiveLocalOriginFailures: I,
    interval: S,
    maxEjectionPercent: I,
    minHealthPercent: I,
    splitExternalLocalOriginErrors: B,
  },
  tls: {
    caCertificates: S,
    caCrl: S,
    clientCertificate: S,
    credentialName: S,
    insecureSkipVerify: B,
    mode: "DISABLE|SIMPLE|MUTUAL|ISTIO_MUTUAL",
    privateKey: S,
    sni: S,
    subjectAltNames: STRINGS,
  },
};

const TRAFFIC_POLICY: Shape = {
  ...TRAFFIC,
  portLevelSettings: [{ ...TRAFFIC, port: { number: I } }],
  proxyProtocol: "any",
  retryBudget: "any",
  tunnel: { protocol: S, targetHost: S, targetPort: I },
};

const DESTINATION_RULE: Shape = {
  exportTo: STRINGS,
  host: S,
  subsets: [{ labels: MAP, name: S, trafficPolicy: TRAFFIC_POLICY }],
  trafficPolicy: TRAFFIC_POLICY,
  workloadSelector: { matchLabels: MAP },
};

/** Fields of every object of Kubernetes. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/ */
export const METADATA: Shape = {
  annotations: MAP,
  creationTimestamp: "any",
  deletionGracePeriodSeconds: I,
  deletionTimestamp: "any",
  finalizers: STRINGS,
  generateName: S,
  generation: I,
  labels: MAP,
  managedFields: "any",
  name: S,
  namespace: S,
  ownerReferences: "any",
  resourceVersion: S,
  selfLink: S,
  uid: S,
};

const SOURCE_NAMES = [
  "principals",
  "requestPrincipals",
  "namespaces",
  "serviceAccounts",
  "ipBlocks",
  "remoteIpBlocks",
];
const OPERATION_NAMES = ["hosts", "ports", "methods", "paths"];

/** Each list with the list of what it excludes: "paths" and "notPaths". */
function lists(names: readonly string[]): Shape {
  const all = names.flatMap((name) => [name, `not${capitalized(name)}`]);
  return Object.fromEntries(all.map((name) => [name, STRINGS]));
}

const SELECTED: { readonly [field: string]: Shape } = {
  selector: { matchLabels: MAP },
  targetRef: "any",
  targetRefs: "any",
};

const AUTHORIZATION_POLICY: Shape = {
  ...SELECTED,
  action: "ALLOW|DENY|AUDIT|CUSTOM",
  provider: { name: S },
  rules: [
    {
      from: [{ source: lists(SOURCE_NAMES) }],
      to: [{ operation: lists(OPERATION_NAMES) }],
      when: [{ key: S, values: STRINGS, notValues: STRINGS }],
    },
  ],
};

const MTLS: Shape = { mode: "UNSET|DISABLE|PERMISSIVE|STRICT" };

const PEER_AUTHENTICATION: Shape = {
  mtls: MTLS,
  portLevelMtls: { "*": MTLS },
  selector: { matchLabels: MAP },
};

const SERVICE_ENTRY: Shape = {
  addresses: STRINGS,
  endpoints: "any",
  exportTo: STRINGS,
  hosts: STRINGS,
  location: "MESH_EXTERNAL|MESH_INTERNAL",
  ports: [{ name: S, number: I, protocol: S, targetPort: I }],
  resolution: "NONE|STATIC|DNS|DNS_ROUND_ROBIN|DYNAMIC_DNS",
  subjectAltNames: STRINGS,
  workloadSelector: { labels: MAP },
};

/** Fields of `spec` by group and kind. https://github.com/istio/istio/blob/master/manifests/charts/base/files/crd-all.gen.yaml */
export const FIELDS: { readonly [type: string]: Shape } = {
  "networking.istio.io/Gateway": GATEWAY,
  "networking.istio.io/VirtualService": VIRTUAL_SERVICE,
  "networking.istio.io/DestinationRule": DESTINATION_RULE,
  "networking.istio.io/ServiceEntry": SERVICE_ENTRY,
  "security.istio.io/AuthorizationPolicy": AUTHORIZATION_POLICY,
  "security.istio.io/PeerAuthentication": PEER_AUTHENTICATION,
};
