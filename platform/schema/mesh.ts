import { z } from "zod";
import { regionNames } from "../../resources/limits.ts";
import { minutes, seconds } from "../units.ts";
import { common } from "./common.ts";
import type { Environment } from "./environment.ts";
import { choice, count, duration, flag, text, texts } from "./leaf.ts";
import { hostName, urlPath } from "./names.ts";
import { section } from "./section.ts";

/** A name of Kubernetes: an RFC 1123 label. */
const kubernetesName = (example: string) =>
  text({
    pattern: /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    allowed: "a Kubernetes name of 1 to 63 lower-case letters, digits and hyphens",
    fix: `write for example "${example}"`,
    placeholder: "placeholder",
  });

/** Labels of pods. https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/ */
const podLabels = (example: string) =>
  texts({
    what: "one to 16 labels of pods",
    key: /^([a-z0-9.-]{1,253}\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/,
    value: /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/,
    least: 1,
    most: 16,
    fix: `write for example ${example}`,
  });

const gateway = section({
  /** Name of the Gateway object; virtual services take it from here (I-0: they named another one). */
  name: kubernetesName("app-gateway"),
  /** Labels of the pods that listen. @default { istio: "ingressgateway" } */
  selector: podLabels('{ istio: "ingressgateway" }').default({ istio: "ingressgateway" }),
  /** Namespace of those pods; certificates must be there, and network policies admit it. @default "istio-system" */
  namespace: kubernetesName("istio-system").default("istio-system"),
});

/** A Service of the namespace that routes may lead to. It is deployed by its application, not here. */
const meshService = section({
  name: kubernetesName("api-server"),
  /** Port of the Service. @default 80 */
  port: count({ from: 1, to: 65535, isName: true }).default(80),
  /** Port of the container, which network policies see. @default 8080 */
  containerPort: count({ from: 1, to: 65535, isName: true }).default(8080),
  /** Labels of its pods. */
  pods: podLabels('{ app: "api-server" }'),
  /** Further namespaces whose pods may call it; the gateway and its own namespace always may. @default none */
  callers: z.array(kubernetesName("monitoring")).default([]),
});

const tls = section({
  /** Secret of type kubernetes.io/tls in the namespace of the gateway's pods. */
  secret: kubernetesName("app-tls"),
  /** Issuer of cert-manager that makes the Secret; without it a person or another team does. @default none */
  issuer: section({
    name: kubernetesName("letsencrypt"),
    /** @default "ClusterIssuer" */
    kind: choice(["ClusterIssuer", "Issuer"]).default("ClusterIssuer"),
  }).optional(),
});

const route = section({
  /** Name in the VirtualService, unique in its host. */
  name: kubernetesName("api"),
  /** Path prefix: "/api" matches /api and the paths below it. @default "/", which matches everything and comes last */
  prefix: urlPath("/api").default("/"),
  /** Name of a service of this section. */
  service: kubernetesName("api-server"),
  /** Timeout of one attempt. @default deadlines.tryTimeout */
  tryTimeout: duration({ from: 1, to: 3600 }).optional(),
  /** Retries, for refused connections and 503. @default deadlines.retries */
  retries: count({ from: 0, to: 10, unit: "retries" }).optional(),
});

const host = section({
  host: hostName("app.example.com"),
  tls,
  /** Redirect http:// to https://. @default true */
  redirect: flag().default(true),
  /** In order: the first match applies. */
  routes: z.array(route),
  /** Path of the latency test, which must return 200. @default "/" */
  latencyPath: urlPath("/").default("/"),
});

/** Latency test of the hosts after a rollout; its thresholds are the objectives. */
const latencyTest = section({
  /** Regions that run it, each with its own k6 script. @default the environment's */
  regions: z.array(choice(regionNames.value, "a region of Google Cloud")).default([]),
  /** Requests per second to each host. @default 10 */
  rate: count({ from: 1, to: 1000, unit: "requests/s" }).default(10),
  /** Duration: 600 requests at the default rate bound an error rate of 0.5 % with 95 % confidence. @default 1 minute */
  duration: duration({ from: 10, to: 3600 }).default(minutes(1)),
});

export const mesh = section({
  /** GKE cluster in the environment's region; the stack deploys to it and to no other. */
  cluster: kubernetesName("app"),
  /** Namespace of the gateway object, routes, policies and services. */
  namespace: kubernetesName("app"),
  gateway,
  services: z.array(meshService),
  hosts: z.array(host),
  latencyTest: latencyTest.default({ regions: [], rate: 10, duration: minutes(1) }),
});

/** All in seconds. The timeout of a route is (1 + retries) × tryTimeout. */
const deadlines = section({
  /** Timeout of one TCP connection to a pod. @default 5 s */
  connect: duration({ from: 1, to: 60 }).default(seconds(5)),
  /** Timeout of one attempt of a request. @default 15 s */
  tryTimeout: duration({ from: 1, to: 3600 }).default(seconds(15)),
  /** Retries. @default 2, as in Istio */
  retries: count({ from: 0, to: 10, unit: "retries" }).default(2),
});

/** An environment on GKE behind Istio, of which this project manages the ingress. */
export const meshEnvironmentSchema = section({
  ...common,
  mesh,
  deadlines: deadlines.default({
    connect: seconds(5),
    tryTimeout: seconds(15),
    retries: 2,
  }),
});

/** What a person writes in environments/<name>.ts for an environment behind Istio. */
export type MeshEnvironmentInput = z.input<typeof meshEnvironmentSchema>;

export type MeshEnvironment = z.output<typeof meshEnvironmentSchema> & {
  readonly name: string;
  readonly prefix: string;
};

/** An environment of either kind. */
export type AnyEnvironment = Environment | MeshEnvironment;

export function isMesh(environment: AnyEnvironment): environment is MeshEnvironment {
  return "mesh" in environment;
}

export type MeshHost = MeshEnvironment["mesh"]["hosts"][number];
export type MeshRoute = MeshHost["routes"][number];
