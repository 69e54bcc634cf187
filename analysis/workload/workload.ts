import type { Block, Resource, Value } from "../../graph/index.ts";

/** A Cloud Run service, job or worker pool, or a function, in whichever generation of its API it is written. */
export interface Workload {
  readonly resource: Resource;
  readonly kind: "service" | "job" | "worker pool" | "function";
  /** 1 for Knative services and functions of the first generation. */
  readonly generation: 1 | 2;
  /** "Cloud Run worker pool", for messages. */
  readonly label: string;
  /** The block that holds containers, volumes and the timeout. */
  readonly template: Block;
  /** All containers, sidecars included; a function has one. */
  readonly containers: readonly Container[];
  /** False where some of the containers cannot be known. */
  readonly containersKnown: boolean;
  readonly scaling: Scaling;
  /** Undefined for a worker pool, which runs until it is replaced. */
  readonly timeout: Timeout | undefined;
  /** Requests that one instance takes at a time; undefined where the kind takes none, or the setting does not exist. */
  readonly concurrency: Setting | undefined;
  /** Undefined where nothing is written and Cloud Run chooses. */
  readonly executionEnvironment: "first" | "second" | undefined;
  /** True where CPU is allocated outside of requests too, by what is written for the whole workload. */
  readonly cpuAlwaysAllocated: boolean;
  readonly sessionAffinity: boolean;
  /** Undefined where it is not known, and where the kind has no ingress. */
  readonly ingress: "all" | "internal" | "load-balancer" | undefined;
  /** Empty where none is set or it is known after apply only. */
  readonly traffic: readonly TrafficTarget[];
  readonly vpcAccess: VpcAccess;
  readonly volumes: readonly Block[];
  readonly volumesKnown: boolean;
  readonly sqlVolumes: readonly SqlVolume[];
  readonly secrets: readonly SecretUse[];
  readonly serviceAccount: Value | undefined;
  /** Whether a GPU is attached to any container; undefined where that cannot be known. */
  readonly gpu: boolean | undefined;
}

export interface Container {
  /** As it is written, for what only one rule reads; empty for a function. */
  readonly block: Block;
  readonly env: readonly Variable[];
  /** False where a part of the environment cannot be known, so that nothing counts as absent. */
  readonly envKnown: boolean;
  /** Limits as written: "500m", 2, "1Gi"; undefined where they are not. */
  readonly cpu: Value | undefined;
  readonly memory: Value | undefined;
  /** False where the limits as a whole cannot be known. */
  readonly limitsKnown: boolean;
  readonly gpu: boolean;
  readonly probes: readonly Probe[];
  readonly mounts: readonly Block[];
  /** Names of the containers that start before this one. */
  readonly dependsOn: readonly Value[];
  /** True for the container that takes the requests of a service or function: of several only one does. */
  readonly takesRequests: boolean;
}

/** One environment variable of a container; a value from a secret has `secret` instead of `value`. */
export interface Variable {
  readonly name: string;
  readonly value: Value | undefined;
  readonly secret: SecretUse | undefined;
}

/** A secret that a container reads, as an environment variable or as a file. */
export interface SecretUse {
  /** Where it is used, for messages: "environment variable TOKEN", "volume keys". */
  readonly place: string;
  readonly secret: Value | undefined;
  readonly version: Value | undefined;
  /** Project that a function names in addition to the short id. */
  readonly project: Value | undefined;
}

/** A probe with Cloud Run's defaults filled in; a field is undefined where it is not known. */
export interface Probe {
  readonly kind: "startup" | "liveness" | "readiness";
  readonly block: Block;
  readonly delay: number | undefined;
  readonly period: number | undefined;
  readonly timeout: number | undefined;
  readonly threshold: number | undefined;
  /** Seconds that the container may fail it: the failures allowed, one period each. */
  readonly window: number | undefined;
}

/** How far a workload scales, as far as it is known. */
export interface Scaling {
  readonly min: number | undefined;
  /** Undefined where it is not set or not known. */
  readonly max: number | undefined;
  /** True where no maximum is written, so that the platform's own is in force. */
  readonly byDefault: boolean;
  /** Instances of all revisions together at most, where a service says so. */
  readonly ofAllRevisions?: number | undefined;
  /** The attribute that holds the maximum, for messages. */
  readonly attribute: string;
}

/** An attribute and its value as written. */
export interface Setting {
  readonly attribute: string;
  readonly value: Value | undefined;
}

/** What ends a request, or a task without a caller. */
export interface Timeout extends Setting {
  readonly ends: "request" | "task";
  /** The one in force, which may be the default; undefined where it is not known or cannot be read. */
  readonly seconds: number | undefined;
  readonly byDefault: boolean;
}

export interface TrafficTarget {
  /** Undefined where the entry names no revision. */
  readonly revision: Value | undefined;
  /** Which revision the entry says it goes to; undefined where it does not say. */
  readonly goesTo: "latest" | "revision" | undefined;
  /** Undefined where it is not known. */
  readonly percent: number | undefined;
  readonly tag: string | undefined;
}

/** How a workload sends packets into a VPC network. */
export interface VpcAccess {
  readonly connector: Value | undefined;
  /** Interfaces of Direct VPC egress. */
  readonly interfaces: readonly Interface[];
  /** True where a connector or an interface is written. */
  readonly attached: boolean;
  /** False where the access itself cannot be known. */
  readonly isKnown: boolean;
  /** "ALL_TRAFFIC", "PRIVATE_RANGES_ONLY" (which an unset one means), or undefined where it cannot be known. */
  readonly egress: string | undefined;
}

export interface Interface {
  readonly network: Value | undefined;
  readonly subnetwork: Value | undefined;
  readonly tags: readonly string[];
}

export interface SqlVolume {
  readonly name: string | undefined;
  readonly instances: readonly Value[];
}
