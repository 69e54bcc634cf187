import { describe, expect, test } from "@jest/globals";
import { parseAllDocuments, stringify } from "yaml";
import { graphFromManifests } from "../../../graph/index.ts";
import { runRules } from "../../../rules/run.ts";
import type { Draft } from "../../support/environments.ts";

/** A whole ingress written by somebody else: no rule reports it. */
const WHOLE = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: istio-ingressgateway, namespace: istio-system }
spec:
  template:
    metadata: { labels: { app: istio-ingressgateway, istio: ingressgateway } }
---
apiVersion: v1
kind: Service
metadata: { name: istio-ingressgateway, namespace: istio-system }
spec:
  type: LoadBalancer
  selector: { istio: ingressgateway }
  ports:
    - { name: http2, port: 80, targetPort: 8080 }
    - { name: https, port: 443, targetPort: 8443 }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: shop, namespace: istio-system }
spec:
  secretName: shop-tls
  dnsNames: ["shop.acme.dev", "api.acme.dev"]
  issuerRef: { kind: ClusterIssuer, name: letsencrypt }
---
apiVersion: networking.istio.io/v1beta1
kind: Gateway
metadata: { name: shop-gateway, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers:
    - port: { number: 80, name: http, protocol: HTTP }
      hosts: ["shop.acme.dev", "api.acme.dev"]
      tls: { httpsRedirect: true }
    - port: { number: 443, name: https, protocol: HTTPS }
      hosts: ["shop.acme.dev", "api.acme.dev"]
      tls: { mode: SIMPLE, credentialName: shop-tls }
---
apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: { name: shop, namespace: shop }
spec:
  hosts: ["shop.acme.dev"]
  gateways: ["shop-gateway"]
  http:
    - name: cart
      match: [{ uri: { prefix: "/cart" } }]
      route:
        - destination: { host: cart, subset: v1, port: { number: 80 } }
          weight: 90
        - destination: { host: cart, subset: v2, port: { number: 80 } }
          weight: 10
      timeout: 9s
      retries: { attempts: 2, perTryTimeout: 3s }
    - name: rest
      route: [{ destination: { host: web.shop.svc.cluster.local, port: { number: 80 } } }]
---
apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: { name: api, namespace: shop }
spec:
  hosts: ["api.acme.dev"]
  gateways: ["shop/shop-gateway"]
  http:
    - route: [{ destination: { host: cart, port: { number: 80 } } }]
---
apiVersion: networking.istio.io/v1beta1
kind: DestinationRule
metadata: { name: cart, namespace: shop }
spec:
  host: cart.shop.svc.cluster.local
  subsets:
    - { name: v1, labels: { version: v1 } }
    - { name: v2, labels: { version: v2 } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80, targetPort: 9000 }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: cart, namespace: shop }
spec:
  podSelector: { matchLabels: { app: cart } }
  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: istio-system } }
          podSelector: { matchLabels: { istio: ingressgateway } }
      ports: [{ protocol: TCP, port: 9000 }]
`;

type Objects = Readonly<Record<string, Draft>>;

/** The findings of the whole with one change; objects by kind and name. */
async function found(change: (objects: Objects) => void): Promise<string[]> {
  const documents: Draft[] = parseAllDocuments(WHOLE).map((document) => document.toJS());
  const objects = Object.fromEntries(documents.map((each) => [`${each.kind} ${each.metadata.name}`, each]));
  change(objects);
  const yaml = Object.values(objects)
    .filter(Boolean)
    .map((each) => `---\n${stringify(each)}`)
    .join("");
  const graph = await graphFromManifests({ "whole.yaml": yaml });
  return runRules(graph).map(({ severity, rule, address }) => `${severity} ${rule} ${address}`);
}

/** Common mistakes, each alone in an ingress that is correct otherwise. */
const variants: readonly [string, (objects: Objects) => void, readonly string[]][] = [
  [
    "the gateway is renamed (I-0)",
    (o) => {
      o["Gateway shop-gateway"].metadata.name = "shop";
    },
    [
      "error mesh/gateway-reference VirtualService/shop/api",
      "error mesh/gateway-reference VirtualService/shop/shop",
    ],
  ],
  [
    "a route names another gateway (I-0)",
    (o) => {
      o["VirtualService shop"].spec.gateways = ["shop-spa-gateway"];
    },
    ["error mesh/gateway-reference VirtualService/shop/shop"],
  ],
  [
    "the gateway moves to another namespace",
    (o) => {
      o["Gateway shop-gateway"].metadata.namespace = "istio-system";
    },
    [
      "error mesh/gateway-reference VirtualService/shop/api",
      "error mesh/gateway-reference VirtualService/shop/shop",
    ],
  ],
  [
    "the HTTPS server is gone (I-0)",
    (o) => {
      o["Gateway shop-gateway"].spec.servers.pop();
    },
    ["error mesh/gateway-https Gateway/shop/shop-gateway"],
  ],
  [
    "the redirect is gone",
    (o) => {
      o["Gateway shop-gateway"].spec.servers[0].tls = undefined;
    },
    ["warning mesh/gateway-https Gateway/shop/shop-gateway"],
  ],
  [
    "one host is left out on 443",
    (o) => {
      o["Gateway shop-gateway"].spec.servers[1].hosts.pop();
    },
    ["error mesh/gateway-https Gateway/shop/shop-gateway"],
  ],
  [
    "tls is gone (I-0)",
    (o) => {
      o["Gateway shop-gateway"].spec.servers[1].tls = undefined;
    },
    ["error mesh/gateway-server Gateway/shop/shop-gateway"],
  ],
  [
    "the credential's name is gone",
    (o) => {
      o["Gateway shop-gateway"].spec.servers[1].tls.credentialName = undefined;
    },
    ["error mesh/gateway-server Gateway/shop/shop-gateway"],
  ],
  [
    "the certificate is in the application's namespace",
    (o) => {
      o["Certificate shop"].metadata.namespace = "shop";
    },
    ["error mesh/credential Gateway/shop/shop-gateway"],
  ],
  [
    "the credential's name is mistyped",
    (o) => {
      o["Gateway shop-gateway"].spec.servers[1].tls.credentialName = "shop-tsl";
    },
    ["warning mesh/credential Gateway/shop/shop-gateway"],
  ],
  [
    "443 speaks HTTP",
    (o) => {
      o["Gateway shop-gateway"].spec.servers[1].port.protocol = "HTTP";
    },
    [
      "error mesh/gateway-https Gateway/shop/shop-gateway",
      "error mesh/gateway-https Gateway/shop/shop-gateway",
      "error mesh/gateway-server Gateway/shop/shop-gateway",
    ],
  ],
  [
    "443 passes TLS through",
    (o) => {
      o["Gateway shop-gateway"].spec.servers = [
        { ...o["Gateway shop-gateway"].spec.servers[1], tls: { mode: "PASSTHROUGH" } },
      ];
    },
    [
      "error mesh/route-protocol VirtualService/shop/api",
      "error mesh/route-protocol VirtualService/shop/shop",
    ],
  ],
  [
    "two ports share a name",
    (o) => {
      o["Gateway shop-gateway"].spec.servers[1].port.name = "http";
    },
    ["error mesh/gateway-server Gateway/shop/shop-gateway"],
  ],
  [
    "the gateway listens where its Service does not lead",
    (o) => {
      o["Gateway shop-gateway"].spec.servers[1].port.number = 8444;
    },
    ["error mesh/gateway-port Gateway/shop/shop-gateway"],
  ],
  [
    "the route's host is another one",
    (o) => {
      o["VirtualService shop"].spec.hosts = ["www.acme.dev"];
    },
    ["error mesh/gateway-hosts VirtualService/shop/shop"],
  ],
  [
    "the gateway admits another namespace only",
    (o) => {
      for (const server of o["Gateway shop-gateway"].spec.servers) server.hosts[0] = "other/shop.acme.dev";
    },
    ["error mesh/gateway-hosts VirtualService/shop/shop"],
  ],
  [
    "a second gateway claims the host",
    (o) => {
      (o as Record<string, Draft>)["Gateway two"] = {
        ...o["Gateway shop-gateway"],
        metadata: { name: "two", namespace: "shop" },
      };
    },
    ["error mesh/gateway-conflict Gateway/shop/two", "warning mesh/shared-certificate Gateway/shop/two"],
  ],
  [
    "the routes are in the wrong order",
    (o) => {
      o["VirtualService shop"].spec.http.reverse();
    },
    ["error mesh/route-order VirtualService/shop/shop"],
  ],
  [
    "a narrower path comes second",
    (o) => {
      o["VirtualService shop"].spec.http.splice(1, 0, {
        match: [{ uri: { exact: "/cart/items" } }],
        route: [{ destination: { host: "web" } }],
      });
    },
    ["error mesh/route-order VirtualService/shop/shop"],
  ],
  [
    "the service is mistyped",
    (o) => {
      o["VirtualService api"].spec.http[0].route[0].destination.host = "crat";
    },
    ["error mesh/destination VirtualService/shop/api"],
  ],
  [
    "the container's port instead of the Service's",
    (o) => {
      o["VirtualService api"].spec.http[0].route[0].destination.port.number = 9000;
    },
    ["error mesh/destination VirtualService/shop/api"],
  ],
  [
    "the service is gone",
    (o) => {
      (o as Record<string, Draft>)["Service web"] = undefined;
    },
    ["error mesh/destination VirtualService/shop/shop"],
  ],
  [
    "the service gets a second port",
    (o) => {
      o["Service cart"].spec.ports.push({ name: "grpc", port: 9090 });
      o["VirtualService api"].spec.http[0].route[0].destination.port = undefined;
    },
    ["error mesh/destination VirtualService/shop/api"],
  ],
  [
    "the subset is not defined",
    (o) => {
      o["DestinationRule cart"].spec.subsets.pop();
    },
    ["error mesh/subset VirtualService/shop/shop"],
  ],
  [
    "weights are left out",
    (o) => {
      for (const each of o["VirtualService shop"].spec.http[0].route) each.weight = undefined;
    },
    ["error mesh/virtual-service VirtualService/shop/shop"],
  ],
  [
    "a route leads nowhere",
    (o) => {
      o["VirtualService shop"].spec.http[0].route = undefined;
    },
    ["error mesh/virtual-service VirtualService/shop/shop"],
  ],
  [
    "the path has no slash",
    (o) => {
      o["VirtualService shop"].spec.http[0].match[0].uri.prefix = "cart";
    },
    ["error mesh/virtual-service VirtualService/shop/shop"],
  ],
  [
    "one try may take as long as all",
    (o) => {
      o["VirtualService shop"].spec.http[0].retries.perTryTimeout = "9s";
    },
    ["error mesh/route-timeout VirtualService/shop/shop"],
  ],
  [
    "the timeout is longer than all tries",
    (o) => {
      o["VirtualService shop"].spec.http[0].timeout = "30s";
    },
    ["warning mesh/route-timeout VirtualService/shop/shop"],
  ],
  [
    "the timeout has no unit",
    (o) => {
      o["VirtualService shop"].spec.http[0].timeout = "9";
    },
    ["error mesh/route-timeout VirtualService/shop/shop"],
  ],
  [
    "the policy admits its own namespace only",
    (o) => {
      o["NetworkPolicy cart"].spec.ingress[0].from = [{ podSelector: {} }];
    },
    ["error mesh/network-policy NetworkPolicy/shop/cart"],
  ],
  [
    "the policy opens the Service's port",
    (o) => {
      o["NetworkPolicy cart"].spec.ingress[0].ports[0].port = 80;
    },
    ["error mesh/network-policy NetworkPolicy/shop/cart"],
  ],
  [
    "the policy admits nobody",
    (o) => {
      o["NetworkPolicy cart"].spec.ingress = [];
    },
    ["error mesh/network-policy NetworkPolicy/shop/cart"],
  ],
  [
    "the routes are kept from the gateway's namespace",
    (o) => {
      o["Gateway shop-gateway"].metadata.namespace = "istio-system";
      o["VirtualService shop"].spec.gateways = ["istio-system/shop-gateway"];
      o["VirtualService api"].spec.gateways = ["istio-system/shop-gateway"];
      o["VirtualService shop"].spec.exportTo = ["."];
    },
    ["error mesh/export-to VirtualService/shop/shop"],
  ],
];

describe("broken variants of a whole ingress", () => {
  test("the whole is right", async () => {
    expect(await found(() => {})).toEqual([]);
  });

  test.each(variants)("%s", async (_, change, expected) => {
    expect(await found(change)).toEqual(expected);
  });
});
